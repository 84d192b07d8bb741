/** What the request itself is made of: the HTTP client, the connection and the signature own these. */
const RESERVED = new Set([
  "host",
  "content-length",
  "content-type",
  "content-encoding",
  "transfer-encoding",
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authorization",
  "proxy-authenticate",
  "te",
  "trailer",
  "upgrade",
  "expect",
  "accept-encoding",
  "user-agent",
  "date",
]);
const RESERVED_PREFIXES = ["webhook-", "posthorn-", "sec-", "proxy-"];

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/;
const VALUE = /^[\t\x20-\x7e]*$/;
const MAX_HEADER_VALUE_LENGTH = 4_096;

/** What stands for a stored value that nobody is shown again; not ASCII, so no header can have it as its value. */
export const MASK = "••••••••";

/** Whether an endpoint may not set a header of this name. `authorization` and `cookie` are the endpoint's own to set. */
export function isReservedHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return RESERVED.has(lower) || RESERVED_PREFIXES.some((prefix) => lower.startsWith(prefix));
}

/** Why a header name cannot be used, in words, or null. */
export function headerNameProblem(name: string): string | null {
  if (!NAME.test(name)) return "A header name has only letters, digits and hyphens";
  return isReservedHeader(name) ? `${name} is set by Posthorn itself` : null;
}

/** Why a header value cannot be used, in words, or null. */
export function headerValueProblem(value: string): string | null {
  if (value === MASK) return null;
  if (!VALUE.test(value)) return "A header value has only visible ASCII characters, on one line";
  return value.length > MAX_HEADER_VALUE_LENGTH
    ? `A header value has at most ${MAX_HEADER_VALUE_LENGTH} characters`
    : null;
}
