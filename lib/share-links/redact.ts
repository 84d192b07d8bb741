import type { Outcome } from "../delivery/outcomes.ts";

/** What stands where something is kept back. */
export const REDACTED = "redacted";

type Headers = readonly (readonly [name: string, value: string])[];

const SECRET_NAME = /auth|cookie|token|secret|password|session|signature|credential|api-?key|csrf/i;
/** Long runs of letters and digits in a path are rather a key than a word. */
const KEY_LIKE = /^(?=.*\d)[\w~-]{16,}$/;

/** Headers as a stranger may see them: names stay, values that may open something do not. */
export function redactHeaders(headers: Headers | null): [string, string][] {
  return (headers ?? []).map(([name, value]) => [
    name,
    SECRET_NAME.test(name) || /^•+$/.test(value) ? REDACTED : redactAddresses(name, value),
  ]);
}

const ADDRESS_NAME = /^(content-)?location$|^referer$/i;

/** Links that sign somebody in, or open a file, stand in redirects and elsewhere. */
function redactAddresses(name: string, value: string): string {
  if (ADDRESS_NAME.test(name)) return redactUrl(value);
  return value.replace(/https?:\/\/[^\s<>"',;]+/gi, (url) => redactUrl(url));
}

/** What is nobody else's business: what went wrong on the sender's own side, and where a receiver leads. */
const OWN_OUTCOMES: readonly Outcome[] = ["cancelled", "blocked", "redirect"];

/** What an attempt's end says, as a stranger may read it. */
export function harmlessDetail({ outcome, detail }: { outcome: Outcome; detail: string | null }): string | null {
  return OWN_OUTCOMES.includes(outcome) ? null : detail;
}

/** A URL without its query, its user and whatever in its path looks like a key. */
export function redactUrl(url: string): string {
  const [, scheme = "", authority = "", path = ""] = /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)([^?#]*)/i.exec(url) ?? [];
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  const parts = path.split("/").map((part) => (KEY_LIKE.test(part) ? REDACTED : part));
  return `${scheme}${host}${parts.join("/")}${/[?]/.test(url) ? `?${REDACTED}` : ""}`;
}
