import { expect, test } from "vitest";
import { bodyKind, idempotencyKey, isPartial } from "../../../lib/doors/request-rules.ts";

test.each<[string, boolean, unknown]>([
  ["application/json", false, "json"],
  ["Application/JSON; charset=UTF-8", false, "json"],
  ['application/json; charset="utf-8"', true, "json"],
  ["application/x-ndjson", true, "lines"],
  ["application/x-ndjson", false, { code: "unsupported_media_type" }],
  ["application/json; charset=utf-16", false, { code: "unsupported_media_type" }],
  ["application/cloudevents+json; charset=UTF-8", false, "cloudevent"],
  ["application/cloudevents-batch+json", true, "cloudevents"],
  ["application/cloudevents-batch+json", false, "cloudevents"],
  ["application/cloudevents+json", true, { code: "unsupported_media_type" }],
  ["application/cloudevents+avro", false, { code: "unsupported_media_type" }],
])("a body of %s (batch: %s) is read as %j", (type, batch, expected) => {
  const kind = bodyKind({ "content-type": type }, batch);
  if (typeof expected === "string") expect(kind).toBe(expected);
  else expect(kind).toMatchObject(expected as object);
});

test.each([
  ["order-1", "order-1"],
  ['"order-1"', "order-1"],
  ['"say \\"hi\\""', 'say "hi"'],
  ["x".repeat(255), "x".repeat(255)],
])("the header %s names the key %s", (header, key) => {
  expect(idempotencyKey({ "idempotency-key": header })).toEqual({ ok: true, key });
});

test.each(["", '""', "x".repeat(256), "schlüssel", "a\tb"])("the key %j is refused", (header) => {
  expect(idempotencyKey({ "idempotency-key": header })).toMatchObject({ ok: false });
});

test.each<[string, unknown]>([
  ["/b", false],
  ["/b?partial=true", true],
  ["/b?partial=false", false],
  ["/b?partial=yes", { code: "invalid_parameter" }],
  ["/b?partial=true&partial=false", { code: "invalid_parameter" }],
])("%s asks for part of a batch: %j", (url, expected) => {
  if (typeof expected === "boolean") expect(isPartial(url)).toBe(expected);
  else expect(isPartial(url)).toMatchObject(expected as object);
});
