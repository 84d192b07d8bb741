/** Headers that a client sets itself, or that belong to the connection and not to the request. */
const LEFT_OUT = new Set([
  "host",
  "content-length",
  "connection",
  "transfer-encoding",
  "accept-encoding",
  "keep-alive",
]);

/** A request to be written as a command or as code. */
export type CopiedRequest = {
  method: string;
  url: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: Buffer;
};

/** The headers that somebody who repeats the call has to set. */
export function ownHeaders(headers: CopiedRequest["headers"]): CopiedRequest["headers"] {
  return headers.filter(([name]) => !LEFT_OUT.has(name.toLowerCase()));
}

/** The body as text; null when it is not UTF-8 or has a NUL, which neither arguments nor most literals can carry. */
export function asText(body: Buffer): string | null {
  const text = body.toString("utf8");
  return text.includes("\0") || !Buffer.from(text, "utf8").equals(body) ? null : text;
}
