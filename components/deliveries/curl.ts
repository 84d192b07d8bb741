/** Headers that curl sets itself, or that belong to the connection and not to the request. */
const LEFT_OUT = new Set([
  "host",
  "content-length",
  "connection",
  "transfer-encoding",
  "accept-encoding",
  "keep-alive",
]);

export type CurlRequest = {
  method: string;
  url: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: Buffer;
};

/** A command that repeats a request byte for byte. Masked header values stay masked. */
export function curlCommand({ method, url, headers, body }: CurlRequest): string {
  const text = asText(body);
  const parts = [
    `curl --request ${quote(method)} ${quote(url)}`,
    ...headers
      .filter(([name]) => !LEFT_OUT.has(name.toLowerCase()))
      .map((header) => `--header ${quote(headerLine(header))}`),
    ...(body.length === 0 ? [] : [text === null ? "--data-binary @-" : `--data-raw ${quote(text)}`]),
  ];
  const command = parts.join(" \\\n  ");
  return text === null ? `printf %s ${quote(body.toString("base64"))} | base64 -d | ${command}` : command;
}

/** Nothing is special to a shell between single quotes but the single quote. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Curl reads `name:` as "leave it out" and `name;` as "send it empty". */
function headerLine([name, value]: readonly [string, string]): string {
  return value === "" ? `${name};` : `${name}: ${value}`;
}

/** The body as text, or null when an argument cannot carry it: not UTF-8, or with a NUL. */
function asText(body: Buffer): string | null {
  const text = body.toString("utf8");
  return text.includes("\0") || !Buffer.from(text, "utf8").equals(body) ? null : text;
}
