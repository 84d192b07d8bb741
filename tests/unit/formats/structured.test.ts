import { expect, test } from "vitest";
import { cloudevents } from "../../../lib/formats/cloudevents.ts";
import { envelope } from "../../../lib/formats/envelope.ts";
import { form } from "../../../lib/formats/form.ts";
import { raw } from "../../../lib/formats/raw.ts";
import { xml } from "../../../lib/formats/xml.ts";
import { aFormattedEvent } from "../../support/formatted.ts";

const payload = Buffer.from('{ "b": 1E2, "a": 9007199254740993, "a": "\\u0000 \\ud800" }');
const event = aFormattedEvent({ payload });
const order = aFormattedEvent({
  payload: Buffer.from('{"id":7,"lines":[{"sku":"A & B"},{}],"paid":true,"note":null}'),
});

test("the envelope carries type, time and the payload's own bytes", () => {
  const { contentType, body } = envelope.one(event);
  expect(contentType).toBe("application/json");
  expect(body.toString()).toBe(`{"type":"order.created","timestamp":"2026-01-02T03:04:05.678Z","data":${payload}}`);
});

test("in a request of several, every envelope has the id of its event", () => {
  expect(envelope.many?.([event]).body.toString()).toBe(
    `[{"id":"${event.id}","type":"order.created","timestamp":"2026-01-02T03:04:05.678Z","data":${payload}}]`,
  );
});

test("raw is the payload, with its own content type", () => {
  expect(raw.one({ ...event, contentType: "text/plain" })).toEqual({ contentType: "text/plain", body: payload });
});

test("a CloudEvent has the required attributes, the customer, and the payload's own bytes as data", () => {
  const { contentType, body } = cloudevents.one({ ...event, customer: "acme" });
  expect(contentType).toBe("application/cloudevents+json; charset=utf-8");
  expect(body.toString()).toContain(`,"data":${payload}}`);
  expect(JSON.parse(body.toString())).toMatchObject({
    specversion: "1.0",
    id: event.id,
    source: "https://hooks.example.com/w/acme",
    type: "order.created",
    time: "2026-01-02T03:04:05.678Z",
    datacontenttype: "application/json",
    customer: "acme",
  });
});

test("a CloudEvent carries text as text and anything else as base64", () => {
  const of = (bytes: Buffer) =>
    JSON.parse(cloudevents.one({ ...event, payload: bytes, contentType: "text/plain" }).body.toString());
  expect(of(Buffer.from("ü"))).toMatchObject({ data: "ü", datacontenttype: "text/plain" });
  expect(of(Buffer.from([255]))).toMatchObject({ data_base64: "/w==" });
});

test("form fields put nested ones in brackets", () => {
  const { contentType, body } = form.one(order);
  expect(contentType).toBe("application/x-www-form-urlencoded");
  expect([...new URLSearchParams(body.toString())]).toEqual([
    ["id", order.id],
    ["type", "order.created"],
    ["timestamp", "2026-01-02T03:04:05.678Z"],
    ["data[id]", "7"],
    ["data[lines][0][sku]", "A & B"],
    ["data[lines][1]", ""],
    ["data[paid]", "true"],
    ["data[note]", ""],
  ]);
});

test("XML has an element per field and says what is no text", () => {
  expect(xml.one(order).body.toString()).toBe(
    `<?xml version="1.0" encoding="UTF-8"?>\n<event id="${order.id}" type="order.created" timestamp="2026-01-02T03:04:05.678Z">` +
      '<data><id type="number">7</id><lines type="array"><item><sku>A &amp; B</sku></item><item/></lines>' +
      '<paid type="boolean">true</paid><note type="null"/></data></event>\n',
  );
});

test("keys that are no XML names and characters that XML cannot write do not break it", () => {
  const hostile = Buffer.from('{"a b":1,"</data>":"<x>","xmlns":"y","0":"\\u0000\\u000b\\ud800\\uffff","field":"]]>"}');
  const text = xml.one(aFormattedEvent({ payload: hostile })).body.toString();
  expect(text).toContain('<field name="0">\ufffd\ufffd\ufffd\ufffd</field>');
  expect(text).toContain('<field name="a b" type="number">1</field>');
  expect(text).toContain('<field name="&lt;/data&gt;">&lt;x&gt;</field>');
  expect(text).toContain('<field name="xmlns">y</field><field name="field">]]&gt;</field>');
});

test("form fields that would fill the memory are refused: a long key is written before every value below it", () => {
  const bomb = JSON.stringify({ ["k".repeat(500_000)]: Array.from({ length: 100_000 }, () => 1) });
  expect(() => form.one(aFormattedEvent({ payload: Buffer.from(bomb) }))).toThrow("over 8 MiB");
  // What counts is what goes out: the sign takes nine characters there.
  const escaped = JSON.stringify({ ["€".repeat(100_000)]: Array.from({ length: 10 }, () => 1) });
  expect(() => form.one(aFormattedEvent({ payload: Buffer.from(escaped) }))).toThrow("over 8 MiB");
});
