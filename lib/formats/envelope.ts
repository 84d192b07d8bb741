import { jsonArray, jsonValue } from "./data.ts";
import type { FormattedEvent, OutgoingFormat } from "./outgoing.ts";

/** `{"type","timestamp","data"}` with the bytes of `data` exactly as they were posted. Several: an array, each with its `id`. */
export const envelope: OutgoingFormat = {
  one: (event) => ({ contentType: "application/json", body: enveloped(event, "{") }),
  many: (events) => ({
    contentType: "application/json",
    body: jsonArray(events.map((event) => enveloped(event, `{"id":"${event.id}",`))),
  }),
};

function enveloped({ type, occurredAt, payload, contentType }: FormattedEvent, start: string): Buffer {
  return Buffer.concat([
    Buffer.from(`${start}"type":${JSON.stringify(type)},"timestamp":"${occurredAt.toISOString()}","data":`),
    jsonValue(payload, contentType),
    CLOSE,
  ]);
}

const CLOSE = Buffer.from("}");
