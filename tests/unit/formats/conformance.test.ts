import { describe, expect, test } from "vitest";
import { FORMATS } from "../../../lib/formats/names.ts";
import { formatOf } from "../../../lib/formats/registry.ts";
import { aFormattedEvent } from "../../support/formatted.ts";

// What every format owes its receivers, whatever a sender has put into an event.

const deep = `${'{"a":['.repeat(250)}1${"]}".repeat(250)}`;
const wide = JSON.stringify(
  Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`key ${at}`, "ä".repeat(200)])),
);
const PAYLOADS: Record<string, string> = {
  "an empty object": "{}",
  "an empty list": "[]",
  nothing: "null",
  "one number": "9007199254740993",
  "one text": '"<!channel> & <b>\\u0000\\ud800\\u001f"',
  "hostile keys": '{"__proto__":{"a":1},"constructor":1,"":2,"<x>":3,"a b":4,"xml":5,"field":6,"\\u0000":7,"1":8}',
  "the same key twice": '{"a":1,"a":[2]}',
  "mixed nesting": '{"order":{"lines":[{"sku":"A-1","n":1.50},[],null,true]},"note":"Grüße 🎺 \\"x\\""}',
  "500 levels": deep,
  "5,000 long fields": wide,
};

describe.each(FORMATS)("%s", (name) => {
  const format = formatOf(name);

  test.each(Object.entries(PAYLOADS))("writes %s", (_what, json) => {
    const event = aFormattedEvent({ payload: Buffer.from(json) });
    const { contentType, body } = format.one(event);
    expect(contentType).toMatch(/^[a-z]+\/[a-z+.-]+(; charset=utf-8)?$/);
    expect(Buffer.from(body.toString())).toEqual(body);
    if (contentType.includes("json")) JSON.parse(body.toString());
  });

  test("writes the same bytes for every attempt, and leaves the stored payload alone", () => {
    const event = aFormattedEvent({ payload: Buffer.from(PAYLOADS["mixed nesting"] ?? "") });
    expect(format.one(event)).toEqual(format.one(event));
    expect(event.payload.toString()).toBe(PAYLOADS["mixed nesting"]);
  });

  test("keeps the digits of numbers that JavaScript cannot hold", () => {
    const event = aFormattedEvent({ payload: Buffer.from('{"id":12345678901234567890,"price":1.50}') });
    const text = format.one(event).body.toString();
    expect(text).toContain("12345678901234567890");
    expect(text).toContain("1.50");
  });

  test("writes a payload that is text, and one that is not even that", () => {
    for (const payload of [Buffer.from("a <b> & ü"), Buffer.from([0xff, 0, 0xfe])]) {
      const { body, contentType } = format.one(aFormattedEvent({ payload, contentType: "text/plain" }));
      expect(body.length).toBeGreaterThan(0);
      if (contentType.includes("json")) JSON.parse(body.toString());
    }
  });

  test.skipIf(!format.many)("several events in one request are a JSON list of as many, in order", () => {
    const events = [1, 2, 3].map((n) => aFormattedEvent({ payload: Buffer.from(`{"n":${n}}`) }));
    const list = JSON.parse(format.many?.(events).body.toString() ?? "");
    expect(list.map((one: { data?: unknown }) => one.data ?? one)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(JSON.parse(format.many?.(events.slice(0, 1)).body.toString() ?? "")).toHaveLength(1);
  });

  test.skipIf(!format.judge)("an ordinary answer means what its status says", () => {
    for (const [statusCode, body] of [
      [200, ""],
      [204, ""],
      [500, "<html>Bad gateway</html>"],
      [502, ""],
    ] as const) {
      expect(format.judge?.({ statusCode, body })).toBeNull();
    }
  });
});
