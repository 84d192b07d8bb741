import type { Format } from "../endpoints/states.ts";
import type { FormatBody } from "../formats/body.ts";
import { envelope } from "../formats/envelope.ts";
import { raw } from "../formats/raw.ts";
import { formatId } from "../ids.ts";
import { USER_AGENT } from "../version.ts";
import type { Headers } from "./call.ts";
import type { Configuration } from "./configuration.ts";
import type { EventRow } from "./load.ts";
import { sign } from "./sign.ts";

const FORMATS: Record<Format, FormatBody> = { envelope, raw };
const MASKED = "••••••";

export type SignedRequest = {
  headers: Headers;
  body: Buffer;
  /** The headers as history shows them: the endpoint's own values are masked. */
  shownHeaders: Headers;
};

/** The same id and body for every attempt of a delivery, with a fresh timestamp and signature. */
export function signedRequest(event: EventRow, payload: Buffer, to: Configuration, now: Date): SignedRequest {
  const { type, contentType, occurredAt } = event;
  const formatted = FORMATS[to.format]({ type, contentType, occurredAt, payload });
  const id = formatId("evt", event.id);
  const timestamp = Math.floor(now.getTime() / 1_000);
  const fixed: Headers = [
    ["content-type", formatted.contentType],
    ["user-agent", USER_AGENT],
    ["accept-encoding", "identity"],
    ["webhook-id", id],
    ["webhook-timestamp", String(timestamp)],
    ["webhook-signature", sign(id, timestamp, formatted.body, to.secrets, now)],
  ];
  return {
    headers: [...fixed, ...to.headers],
    body: formatted.body,
    shownHeaders: [...fixed, ...to.headers.map(([name]): [string, string] => [name, MASKED])],
  };
}
