import { isJson } from "./content-type.ts";
import { jsonArray } from "./data.ts";
import type { FormattedEvent, OutgoingFormat } from "./outgoing.ts";

/** CloudEvents 1.0 in structured JSON mode; several in its batch format. */
export const cloudevents: OutgoingFormat = {
  one: (event) => ({ contentType: "application/cloudevents+json; charset=utf-8", body: structured(event) }),
  many: (events) => ({
    contentType: "application/cloudevents-batch+json; charset=utf-8",
    body: jsonArray(events.map(structured)),
  }),
};

function structured(event: FormattedEvent): Buffer {
  const { id, source, type, occurredAt, contentType, customer } = event;
  const attributes = JSON.stringify({
    specversion: "1.0",
    id,
    source,
    type,
    time: occurredAt.toISOString(),
    datacontenttype: contentType,
    // An extension; the specification wants such names in lower case and their values not empty.
    ...(customer && { customer }),
  });
  return Buffer.concat([Buffer.from(`${attributes.slice(0, -1)},`), ...dataOf(event), CLOSE]);
}

function dataOf({ payload, contentType }: FormattedEvent): Buffer[] {
  if (isJson(contentType)) return [Buffer.from('"data":'), payload];
  const text = payload.toString();
  if (Buffer.from(text).equals(payload)) return [Buffer.from(`"data":${JSON.stringify(text)}`)];
  return [Buffer.from(`"data_base64":"${payload.toString("base64")}"`)];
}

const CLOSE = Buffer.from("}");
