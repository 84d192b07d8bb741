import { asText, type CopiedRequest, ownHeaders } from "./copied-request";

/** JavaScript that repeats a request byte for byte with `fetch`, in Node or a browser. */
export function fetchCall({ method, url, headers, body }: CopiedRequest): string {
  const pairs = ownHeaders(headers).map(([name, value]) => `    [${literal(name)}, ${literal(value)}],\n`);
  const text = asText(body);
  const bytes =
    text === null
      ? `Uint8Array.from(atob(${literal(body.toString("base64"))}), (letter) => letter.charCodeAt(0))`
      : literal(text);
  return [
    `const response = await fetch(${literal(url)}, {\n`,
    `  method: ${literal(method)},\n`,
    pairs.length > 0 ? `  headers: [\n${pairs.join("")}  ],\n` : "",
    body.length > 0 ? `  body: ${bytes},\n` : "",
    "});\n",
    "console.log(response.status, await response.text());\n",
  ].join("");
}

/** Every JSON text is a JavaScript literal; `</` is parted so that it can be pasted into a page too. */
function literal(text: string): string {
  return JSON.stringify(text).replaceAll("</", "<\\/");
}
