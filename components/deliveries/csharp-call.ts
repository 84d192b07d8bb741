import { asText, type CopiedRequest, ownHeaders } from "./copied-request";

/** Of these .NET says that they belong to the body, and refuses them anywhere else. */
const OF_CONTENT = /^(?:content-.*|allow|expires|last-modified)$/i;

/** C# that repeats a request byte for byte with `HttpClient`; a program of its own, as of .NET 6. */
export function csharpCall({ method, url, headers, body }: CopiedRequest): string {
  const own = ownHeaders(headers);
  const text = asText(body);
  const bytes =
    text === null
      ? `Convert.FromBase64String(${stringLiteral(body.toString("base64"))})`
      : `Encoding.UTF8.GetBytes(${stringLiteral(text)})`;
  const hasContent = body.length > 0 || own.some(([name]) => OF_CONTENT.test(name));
  const lines = own.map(([name, value]) => {
    const place = OF_CONTENT.test(name) ? "request.Content.Headers" : "request.Headers";
    return `${place}.TryAddWithoutValidation(${stringLiteral(name)}, ${stringLiteral(value)});\n`;
  });
  return [
    "using System.Text;\n\n",
    "using var client = new HttpClient();\n",
    `using var request = new HttpRequestMessage(new HttpMethod(${stringLiteral(method)}), ${stringLiteral(url)});\n`,
    hasContent ? `request.Content = new ByteArrayContent(${bytes});\n` : "",
    ...lines,
    "using var response = await client.SendAsync(request);\n",
    'Console.WriteLine($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");\n',
  ].join("");
}

/** A `string` in plain ASCII; what is beyond it goes by its UTF-16 units. */
export function stringLiteral(text: string): string {
  let escaped = "";
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    const code = text.charCodeAt(at);
    if (letter === '"' || letter === "\\") escaped += `\\${letter}`;
    else escaped += code >= 0x20 && code < 0x7f ? letter : `\\u${code.toString(16).padStart(4, "0")}`;
  }
  return `"${escaped}"`;
}
