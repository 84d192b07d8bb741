import type { Formatted } from "../formats/outgoing.ts";
import { USER_AGENT } from "../version.ts";
import type { Headers } from "./call.ts";
import type { Configuration } from "./configuration.ts";
import { sign } from "./sign.ts";

const MASKED = "••••••";

export type SignedRequest = {
  headers: Headers;
  body: Buffer;
  /** The headers as history shows them: the endpoint's own values are masked. */
  shownHeaders: Headers;
};

/** The same id and body for every attempt, with a fresh timestamp and signature. */
export function signedRequest(
  id: string,
  { contentType, body, forwarded = [] }: Formatted,
  to: Configuration,
  authorization: string | null,
  now: Date,
): SignedRequest {
  const timestamp = Math.floor(now.getTime() / 1_000);
  const fixed: Headers = [
    ["content-type", contentType],
    ["user-agent", USER_AGENT],
    ["accept-encoding", "identity"],
    ["webhook-id", id],
    ["webhook-timestamp", String(timestamp)],
    ["webhook-signature", sign(id, timestamp, body, to.secrets, now)],
  ];
  const own: Headers = authorization === null ? to.headers : [...to.headers, ["authorization", authorization]];
  if (forwarded.length > 0) {
    // What the endpoint sets itself comes before what a sender said.
    const set = new Set([...fixed, ...own].map(([name]) => name.toLowerCase()));
    fixed.push(...forwarded.filter(([name]) => !set.has(name)));
  }
  return {
    headers: [...fixed, ...own],
    body,
    shownHeaders: [...fixed, ...own.map(([name]): [string, string] => [name, MASKED])],
  };
}
