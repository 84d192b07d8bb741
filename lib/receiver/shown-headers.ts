const MASK = "••••••";
/** What the product and HTTP itself set; every other header is the endpoint's own, and may be a password. */
const SHOWN = new Set([
  "host",
  "connection",
  "content-type",
  "content-length",
  "transfer-encoding",
  "user-agent",
  "accept-encoding",
  "webhook-id",
  "webhook-timestamp",
  "webhook-signature",
]);

/** Node's flat list of raw headers as pairs, with the values masked that history does not show either. */
export function shownHeaders(raw: string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? "").toLowerCase();
    pairs.push([name, SHOWN.has(name) ? (raw[at + 1] ?? "") : MASK]);
  }
  return pairs;
}
