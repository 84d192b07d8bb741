import { type CopiedRequest, ownHeaders } from "./copied-request";

/** Python that repeats a request byte for byte, with nothing but its standard library. */
export function pythonCall({ method, url, headers, body }: CopiedRequest): string {
  const pairs = ownHeaders(headers).map(
    ([name, value]) => `request.add_header(${textLiteral(name)}, ${textLiteral(value)})\n`,
  );
  return [
    "import urllib.error\nimport urllib.request\n\n",
    `request = urllib.request.Request(\n    ${textLiteral(url)},\n    method=${textLiteral(method)},\n`,
    body.length > 0 ? `    data=${bytesLiteral(body)},\n` : "",
    ")\n",
    ...pairs,
    "\ntry:\n    response = urllib.request.urlopen(request)\n",
    "except urllib.error.HTTPError as error:\n    response = error\n",
    "print(response.status, response.read().decode())\n",
  ].join("");
}

/** A `str` in plain ASCII. */
export function textLiteral(text: string): string {
  const escaped = Array.from(text, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    if (letter === '"' || letter === "\\") return `\\${letter}`;
    if (code >= 0x20 && code < 0x7f) return letter;
    return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
  });
  return `"${escaped.join("")}"`;
}

/** `bytes` in plain ASCII. */
export function bytesLiteral(bytes: Buffer): string {
  let escaped = "";
  for (const byte of bytes) {
    if (byte === 0x22 || byte === 0x5c) escaped += `\\${String.fromCharCode(byte)}`;
    else if (byte === 0x0a) escaped += "\\n";
    else escaped += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${hex(byte, 2)}`;
  }
  return `b"${escaped}"`;
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
