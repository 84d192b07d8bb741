import { expect, test } from "vitest";
import { parseBinary, parseStructured } from "../../../lib/ingest/cloud-events.ts";

const EVENT = { specversion: "1.0", id: "A234-1234-1234", source: "/mycontext", type: "com.example.someevent" };
const structured = (more: object = {}) => parseStructured(Buffer.from(JSON.stringify({ ...EVENT, ...more })));
const HEADERS = {
  "ce-specversion": "1.0",
  "ce-id": "1",
  "ce-source": "/a",
  "ce-type": "a",
  "content-type": "text/xml",
};

/** What was read, the data as text. */
function read(parsed: ReturnType<typeof parseStructured>) {
  if (!parsed.ok) throw new Error(parsed.refusal.detail);
  return { ...parsed.value, data: parsed.value.data.toString() };
}

test("the specification's own example keeps its text, type, time and extensions", () => {
  const event = read(
    structured({
      time: "2018-04-05T17:31:00Z",
      comexampleextension1: "value",
      comexampleothervalue: 5,
      unsetextension: null,
      datacontenttype: "text/xml",
      data: '<much wow="xml"/>',
    }),
  );
  expect(event).toMatchObject({
    type: "com.example.someevent",
    occurredAt: new Date("2018-04-05T17:31:00Z"),
    contentType: "text/xml",
    data: '<much wow="xml"/>',
    idempotencyKey: "/mycontext A234-1234-1234",
    tags: { source: "/mycontext", comexampleextension1: "value", comexampleothervalue: "5" },
  });
});

test("JSON data is kept byte for byte", () => {
  const data = '{ "z":1E2, "a":"\\u0000", "a":9007199254740993 }';
  const body = `{"specversion":"1.0","data":${data},"id":"1","source":"/a","type":"a"}`;
  expect(read(parseStructured(Buffer.from(body)))).toMatchObject({ data, contentType: "application/json" });
});

test.each<[string, object, string, string]>([
  ["no data", {}, "null", "application/json"],
  ["null", { data: null }, "null", "application/json"],
  ["a value without a type", { data: 7 }, "7", "application/json"],
  ["JSON of another name", { datacontenttype: "application/vnd.a+json", data: [] }, "[]", "application/vnd.a+json"],
  ["text", { datacontenttype: "text/plain", data: "" }, "", "text/plain"],
  ["base64", { datacontenttype: "image/png", data_base64: "aGk=" }, "hi", "image/png"],
  ["base64 of JSON", { data_base64: "eyJhIjoxfQ==" }, '{"a":1}', "application/json"],
])("%s becomes the payload", (_, more, data, contentType) => {
  expect(read(structured(more))).toMatchObject({ data, contentType });
});

test("customer, partitionkey and deliverat mean what our own fields mean; everything else is a tag", () => {
  const deliverat = new Date(Date.now() + 60_000).toISOString();
  const event = read(
    structured({ customer: "acme", partitionkey: "order-1", deliverat, subject: "s", constructor: "x", flag: false }),
  );
  expect(event).toMatchObject({ customer: "acme", orderingKey: "order-1", deliverAt: new Date(deliverat) });
  expect(event.tags).toEqual({ source: "/mycontext", subject: "s", constructor: "x", flag: "false" });
});

test("a source and an id too long for a key are remembered by their hash", () => {
  const source = `/${"s".repeat(200)}`;
  const keys = ["a", "b"].map((end) => read(structured({ source, id: "i".repeat(100) + end })).idempotencyKey);
  expect(keys[0]).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(keys[0]).not.toBe(keys[1]);
});

test.each<[string, object, string]>([
  ["another version", { specversion: "0.3" }, "specversion"],
  ["no version", { specversion: undefined }, "specversion"],
  ["no id", { id: undefined }, "id"],
  ["an empty id", { id: "" }, "id"],
  ["an id that is a number", { id: 7 }, "id"],
  ["no source", { source: null }, "source"],
  ["no type", { type: undefined }, "type"],
  ["a type no event type can have", { type: "a/b" }, "type"],
  ["a wrong time", { time: "yesterday" }, "time"],
  ["a source longer than a tag", { source: `/${"s".repeat(512)}` }, "source"],
  ["a name with a capital", { traceParent: "x" }, "traceParent"],
  ["a name with a dash", { "ce-id": "x" }, "ce-id"],
  ["a prototype", JSON.parse('{"__proto__":"x"}'), "__proto__"],
  ["a name longer than a tag's", { ["n".repeat(65)]: "x" }, "n".repeat(65)],
  ["an extension that is an object", { ext: {} }, "ext"],
  ["an extension that is a fraction", { ext: 1.5 }, "ext"],
  ["data twice", { data: 1, data_base64: "MQ==" }, "data_base64"],
  ["base64 that is none", { data_base64: "a b" }, "data_base64"],
  ["base64 without its end", { data_base64: "aGk" }, "data_base64"],
  ["base64 that is no JSON and has no type", { data_base64: "aGk=" }, "data_base64"],
  ["base64 that is no JSON", { datacontenttype: "application/json", data_base64: "aGk=" }, "data_base64"],
  ["text that is an object", { datacontenttype: "text/plain", data: {} }, "data"],
  ["a media type that is none", { datacontenttype: "json", data: 1 }, "datacontenttype"],
  ["a media type with a line feed", { datacontenttype: "a/b\nx: y", data: "" }, "datacontenttype"],
  ["a moment too far ahead", { deliverat: "2999-01-01T00:00:00Z" }, "deliverat"],
])("%s is refused, and the field is named", (_, more, path) => {
  const body = Buffer.from(JSON.stringify(Object.assign(Object.create(null), EVENT, more)));
  expect(parseStructured(body)).toMatchObject({ ok: false, refusal: { code: "invalid_field", errors: [{ path }] } });
});

test("50 tags are taken, and not one more", () => {
  const extensions = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`e${n}`, "x"]));
  // The source is the fiftieth.
  expect(structured(extensions(49)).ok).toBe(true);
  expect(structured(extensions(50))).toMatchObject({ ok: false, refusal: { code: "invalid_field" } });
});

test("an attribute that stands twice is refused", () => {
  const body = Buffer.from('{"specversion":"1.0","id":"1","id":"2","source":"/a","type":"a"}');
  expect(parseStructured(body)).toMatchObject({ ok: false, refusal: { code: "malformed", errors: [{ path: "id" }] } });
});

test("headers carry attributes percent-encoded, and the body is the data", () => {
  const headers = {
    ...HEADERS,
    "ce-subject": "Euro%20%E2%82%AC%20%F0%9F%98%80",
    "ce-quoted": '"say \\"hi\\""',
    "ce-time": "2018-04-05T17:31:00Z",
    accept: "*/*",
  };
  expect(read(parseBinary(headers, Buffer.from("<a/>")))).toMatchObject({
    type: "a",
    data: "<a/>",
    contentType: "text/xml",
    idempotencyKey: "/a 1",
    tags: { source: "/a", subject: "Euro € 😀", quoted: 'say "hi"' },
    occurredAt: new Date("2018-04-05T17:31:00Z"),
  });
});

test.each<[string, Record<string, string | undefined>, string, object]>([
  ["JSON that is none", { "content-type": "application/json" }, "{", { code: "invalid_json" }],
  ["no content type", { "content-type": undefined }, "x", { code: "unsupported_media_type" }],
  ["a content type that is none", { "content-type": "x" }, "x", { code: "unsupported_media_type" }],
  ["no id", { "ce-id": undefined }, "x", { code: "invalid_field", errors: [{ path: "ce-id" }] }],
  ["half an escape", { "ce-subject": "100%" }, "x", { code: "invalid_field", errors: [{ path: "ce-subject" }] }],
  ["raw UTF-8", { "ce-subject": "Ã¼" }, "x", { code: "invalid_field", errors: [{ path: "ce-subject" }] }],
  ["a NUL", { "ce-subject": "a%00" }, "x", { code: "invalid_field" }],
  ["the data's type twice", { "ce-datacontenttype": "text/xml" }, "x", { errors: [{ path: "ce-datacontenttype" }] }],
  ["a wrong type", { "ce-type": "a b" }, "x", { code: "invalid_field", errors: [{ path: "ce-type" }] }],
])("headers with %s are refused", (_, headers, body, why) => {
  const given = Object.fromEntries(
    Object.entries({ ...HEADERS, ...headers }).filter(([, value]) => value !== undefined),
  );
  expect(parseBinary(given, Buffer.from(body))).toMatchObject({ ok: false, refusal: why });
});

test("an event that only says that it happened needs no content type", () => {
  const { "content-type": _, ...headers } = HEADERS;
  expect(read(parseBinary(headers, Buffer.alloc(0)))).toMatchObject({ data: "null", contentType: "application/json" });
});
