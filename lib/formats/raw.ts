import { jsonArray, jsonValue } from "./data.ts";
import type { OutgoingFormat } from "./outgoing.ts";

/** The payload and nothing else, byte for byte. Several: an array of them. */
export const raw: OutgoingFormat = {
  one: ({ payload, contentType }) => ({ contentType, body: payload }),
  many: (events) => ({
    contentType: "application/json",
    body: jsonArray(events.map(({ payload, contentType }) => jsonValue(payload, contentType))),
  }),
};
