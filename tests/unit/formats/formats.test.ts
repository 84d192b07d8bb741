import { expect, test } from "vitest";
import { envelope } from "../../../lib/formats/envelope.ts";
import { raw } from "../../../lib/formats/raw.ts";

const payload = Buffer.from('{ "b": 1E2, "a": 9007199254740993, "a": "\\u0000 \\ud800" }');
const event = {
  type: "order.created",
  occurredAt: new Date("2026-01-02T03:04:05.678Z"),
  payload,
  contentType: "application/json",
};

test("the envelope carries type, time and the payload's own bytes", () => {
  const { contentType, body } = envelope(event);
  expect(contentType).toBe("application/json");
  expect(body.toString()).toBe(`{"type":"order.created","timestamp":"2026-01-02T03:04:05.678Z","data":${payload}}`);
});

test("the envelope is JSON whatever the payload is, as long as that is", () => {
  expect(JSON.parse(envelope({ ...event, payload: Buffer.from("null") }).body.toString())).toMatchObject({
    data: null,
  });
});

test("raw is the payload, with its own content type", () => {
  expect(raw({ ...event, contentType: "text/plain" })).toEqual({ contentType: "text/plain", body: payload });
});
