import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_FIELDS } from "../../../lib/bodies/form.ts";
import { readableText } from "../../../lib/bodies/readable.ts";

const FORM = "application/x-www-form-urlencoded";
const read = (body: string | Buffer, contentType: string) => {
  const text = readableText(Buffer.from(body), contentType);
  return text === null ? null : JSON.parse(text);
};

test("JSON is read as it was written", () => {
  expect(readableText(Buffer.from('{"a": 1.0}'), "application/vnd.api+json")).toBe('{"a": 1.0}');
});

test.each([
  ["MessageSid=SM1&Body=a+b%26c", { MessageSid: "SM1", Body: "a b&c" }],
  [
    "data[merges][FNAME]=Jo&data[id]=1&type=subscribe",
    { data: { merges: { FNAME: "Jo" }, id: "1" }, type: "subscribe" },
  ],
  ["a[]=1", { a: ["1"] }],
  ["a[]=1&a[]=2", { a: ["1", "2"] }],
  ["a=1&a=2&a=3", { a: ["1", "2", "3"] }],
  ["a=1&a[b]=2", { a: "1", "a[b]": "2" }],
  ["a[b]=2&a=1", { a: [{ b: "2" }, "1"] }],
  ["a[b=2&]c=3&d", { "a[b": "2", "]c": "3", d: "" }],
  ["", {}],
])("the form %j is read by its fields", (body, fields) => {
  expect(read(body, `${FORM}; charset=utf-8`)).toEqual(fields);
});

test("JSON in a form's payload field is read through, with the digits of its numbers", () => {
  const body = new URLSearchParams({
    payload: '{"id":12345678901234567890,"a":{"b":"c"}}',
    other: '{"x":1}',
  }).toString();
  expect(readableText(Buffer.from(body), FORM)).toBe(
    '{"payload":{"id":12345678901234567890,"a":{"b":"c"}},"other":"{\\"x\\":1}"}',
  );
  expect(read("payload=%7Bnot+json", FORM)).toEqual({ payload: "{not json" });
});

test("__proto__ is a name like any other, in forms and in XML", () => {
  const form = read("__proto__[isAdmin]=1&a[__proto__][x]=2&constructor=3", FORM);
  expect(Object.getOwnPropertyDescriptor(form, "__proto__")?.value).toEqual({ isAdmin: "1" });
  expect(Object.keys(form.a)).toEqual(["__proto__"]);
  expect(form.isAdmin).toBeUndefined();
  const xml = read("<__proto__><isAdmin>1</isAdmin></__proto__>", "text/xml");
  expect(Object.keys(xml)).toEqual(["__proto__"]);
  expect(xml.isAdmin).toBeUndefined();
});

test("a form of more fields than are read has none", () => {
  const fields = (count: number) => Array.from({ length: count }, (_, at) => `f${at}=1`).join("&");
  expect(Object.keys(read(fields(MAX_FIELDS), FORM))).toHaveLength(MAX_FIELDS);
  expect(read(fields(MAX_FIELDS + 1), FORM)).toBeNull();
});

test("brackets deeper than 32 stay part of the name", () => {
  const name = (depth: number) => `a${"[b]".repeat(depth)}`;
  expect(Object.keys(read(`${name(31)}=1`, FORM))).toEqual(["a"]);
  expect(Object.keys(read(`${name(32)}=1`, FORM))).toEqual([name(32)]);
});

const part = (head: string, body: string) => `--x\r\n${head}\r\n\r\n${body}\r\n`;

test("multipart's fields are read and its files left out", () => {
  const body =
    part('Content-Disposition: form-data; name="subject"', "Hello\r\nworld") +
    part('content-disposition: form-data; name="file"; filename="a.txt"\r\ncontent-type: text/plain', "secret") +
    part("Content-Disposition: form-data; name=plain", "1") +
    "--x--\r\n";
  expect(read(body, "multipart/form-data; boundary=x")).toEqual({ subject: "Hello\r\nworld", plain: "1" });
  expect(read(body, 'multipart/form-data; boundary="x"')).toEqual({ subject: "Hello\r\nworld", plain: "1" });
});

test.each(["", "--x", "--x\r\n", "no boundary at all", part("Content-Disposition: form-data; name=a", "cut off")])(
  "the multipart body %j that is not closed has no fields",
  (body) => expect(read(body, "multipart/form-data; boundary=x")).toBeNull(),
);

test("XML is read by its elements, attributes, lists and text", () => {
  const body = `<?xml version="1.0"?><!-- c --><order id="7"><sku>A-1</sku><sku>B &amp; C</sku><note lang="en">hi<![CDATA[ <b> ]]></note><empty/></order>`;
  expect(read(body, "application/xml; charset=utf-8")).toEqual({
    order: { "@id": "7", sku: ["A-1", "B & C"], note: { "@lang": "en", "#text": "hi <b>" }, empty: "" },
  });
});

test("XML is read in the character set that it names", () => {
  const body = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', "latin1");
  expect(read(body, "text/xml")).toEqual({ a: "é" });
  expect(read(body, "text/xml; charset=iso-8859-1")).toEqual({ a: "é" });
  expect(read("<a>x</a>", "text/xml; charset=nobody-knows")).toEqual({ a: "x" });
});

test.each([
  ["<a>", "not closed"],
  ["plain text", "no element"],
  ["", "empty"],
  ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "a document type"],
  ['<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "an outside document type"],
  ["<a>&undefined;</a>", "an unknown entity"],
  [`${"<a>".repeat(101)}${"</a>".repeat(101)}`, "deeper than 100"],
])("XML like %j has no fields: %s", (body) => expect(read(body, "text/xml")).toBeNull());

test.each(["text/plain", "application/octet-stream", "", "application/xmlish", "image/png"])(
  "a body of type %j has no fields",
  (type) => expect(read("a=1", type)).toBeNull(),
);

test("whatever the bytes, what is read is JSON or nothing", () => {
  const types = fc.constantFrom(FORM, "multipart/form-data; boundary=x", "text/xml", "text/xml; charset=utf-16le");
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), types, (bytes, type) => {
      const text = readableText(Buffer.from(bytes), type);
      if (text !== null) expect(() => JSON.parse(text)).not.toThrow();
    }),
  );
});

test("every form that is written is read back", () => {
  const name = fc
    .string({ minLength: 1 })
    .filter((one) => !/[[\]]/.test(one) && one !== "payload" && one.isWellFormed());
  const value = fc.string().filter((one) => one.isWellFormed());
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key }), (pairs) => {
      const fields = read(new URLSearchParams(pairs).toString(), FORM);
      expect(Object.keys(fields).toSorted()).toEqual(pairs.map(([key]) => key).toSorted());
      for (const [key, text] of pairs) expect(Object.getOwnPropertyDescriptor(fields, key)?.value).toBe(text);
    }),
  );
});

test("XML with more attributes than anybody writes has no fields, and costs no time", () => {
  const xml = (count: number) => `<a ${Array.from({ length: count }, (_, at) => `n${at}="1"`).join(" ")}/>`;
  expect(read(xml(10_000), "text/xml")).toMatchObject({ a: { "@n9999": "1" } });
  expect(read(xml(10_001), "text/xml")).toBeNull();
});
