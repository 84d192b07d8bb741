import { headerValueProblem } from "../endpoints/reserved-headers.ts";

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/;
/** The connection's own, and what says how a browser treats our origin, which the console lives on as well. */
const RESERVED = new Set([
  "alt-svc",
  "cache-control",
  "clear-site-data",
  "connection",
  "content-encoding",
  "content-length",
  "content-security-policy",
  "content-security-policy-report-only",
  "date",
  "keep-alive",
  "nel",
  "proxy-authenticate",
  "refresh",
  "report-to",
  "reporting-endpoints",
  "service-worker-allowed",
  "set-cookie",
  "set-cookie2",
  "strict-transport-security",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "www-authenticate",
  "x-content-type-options",
  "x-frame-options",
]);

/** Say something of the endpoint's own site, which the caller is not talking to. */
const OF_ITS_SITE = new Set(["content-range", "link", "location", "public-key-pins", "server"]);
const OF_ITS_SITE_PREFIXES = ["proxy-", "access-control-", "cross-origin-"];

/** Whether a source's answer may have no header of this name, wherever it comes from. */
export function isReservedAnswerHeader(name: string): boolean {
  return RESERVED.has(name.toLowerCase());
}

/** Why the answer cannot have a header of this name, in words, or null. */
export function answerHeaderProblem(name: string): string | null {
  if (!NAME.test(name)) return "A header name has only letters, digits and hyphens";
  return isReservedAnswerHeader(name) ? `${name} is set by Posthorn itself, or not at all` : null;
}

/** Whether a source may pass on a header of this name from its endpoint's answer. */
export function mayPass(name: string): boolean {
  const lower = name.toLowerCase();
  if (isReservedAnswerHeader(lower) || OF_ITS_SITE.has(lower)) return false;
  return !OF_ITS_SITE_PREFIXES.some((prefix) => lower.startsWith(prefix));
}

export const answerValueProblem = headerValueProblem;
