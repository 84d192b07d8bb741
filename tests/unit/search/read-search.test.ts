import fc from "fast-check";
import { expect, test } from "vitest";
import { formatId, newId } from "@/lib/ids.ts";
import { readAttempts } from "@/lib/search/attempt-counts.ts";
import { bodyPaths, readBody } from "@/lib/search/body-condition.ts";
import { readCode } from "@/lib/search/codes.ts";
import { DELIVERY_FIELDS } from "@/lib/search/delivery-fields.ts";
import { plainText, readSearch } from "@/lib/search/read-search.ts";

const read = (text: string) => readSearch(text, DELIVERY_FIELDS);

test("fields become parameters of the address, the rest stays text", () => {
  expect(read("acme status:failed,RETRYING code:5xx error:timeout attempts:>3 type:order.* last:7d eu")).toEqual({
    parameters: [
      ["status", "failed,retrying"],
      ["code", "5xx"],
      ["outcome", "timeout"],
      ["attempts", ">3"],
      ["type", "order.*"],
      ["range", "7d"],
    ],
    text: "acme eu",
    problems: [],
  });
});

test("of a field that is typed twice the last one counts, unless it takes several", () => {
  expect(read("code:500 code:503").parameters).toEqual([["code", "503"]]);
  expect(read("status:failed status:held").parameters).toHaveLength(2);
  expect(read("body.a:1 body.b.c:2").parameters).toEqual([
    ["body", "a:1"],
    ["body", "b.c:2"],
  ]);
});

test("a field that does not exist is named, and looked for as text", () => {
  const search = read("colour:red status:failed");
  expect(search).toMatchObject({ text: "colour:red", parameters: [["status", "failed"]] });
  expect(search.problems).toEqual([
    "There is no field “colour”. Fields are status, code, error, attempts, type, endpoint, customer, event, last, body.path.",
  ]);
});

test.each([
  ["status:broken", "status: takes queued, retrying, failed, delivered, held, discarded, not “broken”."],
  ["attempts:many", "attempts: takes a number such as 3, >3, <3 or 2-5, not “many”."],
  ["code:6xx", "code: takes a status code such as 503, or a class such as 5xx, not “6xx”."],
  ["event:ep_1", "event: takes an event's ID, which starts with evt_, not “ep_1”."],
  ["endpoint:ep_1", "endpoint: takes an ID that starts with ep_, or part of a URL, not “ep_1”."],
  ["customer:", "customer: takes a customer's own ID."],
  ["body.:1", "body.: takes a value, as in body.order.id:123, not “1”."],
])("%s says what the field takes, and shows nothing that was not asked for", (typed, problem) => {
  expect(read(typed)).toEqual({ parameters: [], text: typed, problems: [problem] });
});

test("names that every object has are no fields", () => {
  for (const name of ["constructor", "tostring", "__proto__", "hasownproperty"]) {
    expect(read(`${name}:1`).parameters).toEqual([]);
  }
});

test("whatever is typed is either a parameter or still there as text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (typed) => {
      const { parameters, text } = read(typed);
      expect(parameters.length > 0 || text !== "" || /^[\s"\\]*$/.test(typed)).toBe(true);
    }),
  );
});

test("what stays text is the same text when it is read again, so that an address settles", () => {
  expect(read('"status:failed" "a b"  c')).toMatchObject({ parameters: [], text: '"status:failed" "a b" c' });
  expect(plainText('"status:failed" "a b"')).toBe("status:failed a b");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (typed) => {
      const { text } = read(typed);
      expect(read(text)).toMatchObject({ parameters: [], text });
    }),
  );
});

test("an endpoint is named by its id or part of its URL", () => {
  const id = formatId("ep", newId());
  expect(read(`endpoint:${id} `).parameters).toEqual([["endpoint", id]]);
  expect(read("endpoint:https://api.acme.io").parameters).toEqual([["endpoint", "https://api.acme.io"]]);
});

test.each([
  ["503", { least: 503, most: 503 }],
  ["5XX", { least: 500, most: 599 }],
  ["1xx", { least: 100, most: 199 }],
  ["600", null],
  ["99", null],
  ["6xx", null],
  ["", null],
])("the code %j", (text, span) => expect(readCode(text)).toEqual(span));

test.each([
  ["3", { least: 3, most: 3 }],
  [">3", { least: 4, most: null }],
  [">=3", { least: 3, most: null }],
  ["<3", { least: 0, most: 2 }],
  ["<=3", { least: 0, most: 3 }],
  ["2-5", { least: 2, most: 5 }],
  ["99999", { least: 99_999, most: 99_999 }],
  ["<0", null],
  ["5-2", null],
  [">99999", null],
  ["100000", null],
  ["-1", null],
])("the number of attempts %j", (text, span) => expect(readAttempts(text)).toEqual(span));

test("a condition on the payload is a path and a value, which may have colons and dots", () => {
  expect(readBody("order.id:1.5:x")).toEqual({ path: ["order", "id"], value: "1.5:x" });
  expect(readBody(`${Array.from({ length: 12 }, () => "a").join(".")}:1`)).not.toBeNull();
  for (const bad of ["order.id", ":1", "a..b:1", "a:", `${"a.".repeat(12)}a:1`, `a:${"x".repeat(257)}`, "a:\0"]) {
    expect(readBody(bad)).toBeNull();
  }
});

test("a value is looked for as text, and as a number where it is one", () => {
  expect(bodyPaths({ path: ["order", "id"], value: "123" })).toEqual(['lax $."order"."id" ? (@ == "123" || @ == 123)']);
  expect(bodyPaths({ path: ["a"], value: 'x" || true' })).toEqual([String.raw`lax $."a" ? (@ == "x\" || true")`]);
  expect(bodyPaths({ path: ["items", "0"], value: "007" })).toEqual([
    'lax $."items"."0" ? (@ == "007")',
    'lax $."items"[0] ? (@ == "007")',
  ]);
});
