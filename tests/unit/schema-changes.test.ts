import { expect, test } from "vitest";
import { breakingChanges, changeSentence } from "../../lib/schemas/breaking.ts";
import { differencesOf } from "../../lib/schemas/differences.ts";

const object = (properties: Record<string, unknown>, required: string[] = []) => ({
  type: "object",
  properties,
  required,
});

function broken(before: unknown, after: unknown): string[] {
  return breakingChanges(JSON.stringify(before), after === null ? null : JSON.stringify(after)).map(changeSentence);
}

test.each([
  ["a field that is gone", object({ a: {}, b: {} }), object({ a: {} }), ["b is gone"]],
  ["one that may be missing", object({ a: {} }, ["a"]), object({ a: {} }), ["a may be missing now"]],
  [
    "another type",
    object({ a: { type: "number" } }),
    object({ a: { type: "string" } }),
    ["a was number, is string now"],
  ],
  [
    "a further type",
    object({ a: { type: "string" } }),
    object({ a: { type: ["string", "null"] } }),
    ["a may be null now"],
  ],
  ["any type", { type: "string" }, {}, ["the data was string, may be anything now"]],
  ["a further value", { enum: ["a"] }, { enum: ["a", "b"] }, ['the data may be "b" now']],
  ["any value", { const: 1 }, {}, ["the data may have any value now, was one of a list"]],
  ["no format", { type: "string", format: "uuid" }, { type: "string" }, ["the data was a uuid, may be any text now"]],
  [
    "what stands in a list",
    object({ lines: { items: object({ sku: { type: "string" } }) } }),
    object({ lines: { items: object({ sku: { type: "integer" } }) } }),
    ["lines[].sku was string, is integer now"],
  ],
  [
    "what is referred to",
    { ...object({ a: { $ref: "#/$defs/x" } }), $defs: { x: { type: "string" } } },
    { ...object({ a: { $ref: "#/$defs/x" } }), $defs: { x: { type: "number" } } },
    ["a was string, is number now"],
  ],
  ["the whole schema", { type: "object" }, null, ["the data no schema any more: the data may be anything"]],
])("%s breaks receivers", (_, before, after, words) => {
  expect(broken(before, after)).toEqual(words);
});

test.each([
  ["a further field", object({ a: {} }), object({ a: {}, b: {} })],
  ["one that is always there now", object({ a: {} }), object({ a: {} }, ["a"])],
  ["fewer types and values", { type: ["string", "null"], enum: ["a", "b"] }, { type: "string", enum: ["a"] }],
  ["an integer where any number came", { type: "number" }, { type: "integer" }],
  ["a name that every object has", object({ constructor: {} }), object({ constructor: {} })],
  ["a reference to itself", { $ref: "#" }, { $ref: "#" }],
  ["a format where there was none", { type: "string" }, { type: "string", format: "date" }],
])("%s breaks nobody", (_, before, after) => {
  expect(broken(before, after)).toEqual([]);
});

test("two versions differ place by place, whatever the order of their keys", () => {
  const before = JSON.stringify({ type: "object", required: ["a", "b"], properties: { a: { type: "number" } } });
  const after = JSON.stringify({ properties: { a: { type: "string" }, c: {} }, required: ["b"], type: "object" });
  expect(differencesOf(before, after)).toEqual({
    more: 0,
    list: [
      { kind: "removed", path: "required[0]", before: '"a"', after: null },
      { kind: "changed", path: "properties.a.type", before: '"number"', after: '"string"' },
      { kind: "added", path: "properties.c", before: null, after: "{}" },
    ],
  });
});

test("a first version is all new, equal ones do not differ, and a hundred differences are enough to show", () => {
  expect(differencesOf(null, '{"a":1}').list).toMatchObject([{ kind: "added", path: "", after: '{"a":1}' }]);
  expect(differencesOf('{"a":1,"b":2}', '{"b":2,"a":1}').list).toEqual([]);
  expect(differencesOf(null, null).list).toEqual([]);
  const many = (value: number) =>
    JSON.stringify(Object.fromEntries(Array.from({ length: 101 }, (_, at) => [at, value])));
  expect(differencesOf(many(1), many(2))).toMatchObject({ more: 1 });
});

test("lists of thousands are compared as a whole, in no time", () => {
  const list = (from: number) => JSON.stringify({ enum: Array.from({ length: 5_000 }, (_, at) => at + from) });
  expect(differencesOf(list(0), list(1)).list).toMatchObject([{ kind: "changed", path: "enum" }]);
});

const treeOf = (value: object) => ({
  $ref: "#/$defs/node",
  $defs: {
    node: object({ value, left: { $ref: "#/$defs/node" }, right: { $ref: "#/$defs/node" }, up: { $ref: "#" } }),
  },
});

test("schemas that refer to themselves are compared once around, in no time", () => {
  const begun = performance.now();
  expect(broken(treeOf({ type: "number" }), treeOf({ type: "number" }))).toEqual([]);
  expect(broken(treeOf({ type: "number" }), treeOf({ type: "string" }))).toEqual(["value was number, is string now"]);
  expect(performance.now() - begun).toBeLessThan(1_000);
});

test("a part that two fields share breaks both, and parts that double at each step stop nobody", () => {
  const shared = (type: string) => ({
    ...object({ billing: { $ref: "#/$defs/address" }, shipping: { $ref: "#/$defs/address" } }),
    $defs: { address: object({ zip: { type } }) },
  });
  expect(broken(shared("number"), shared("string"))).toHaveLength(2);
  const doubling = Object.fromEntries(
    Array.from({ length: 28 }, (_, n) => {
      const next = { $ref: `#/$defs/d${n + 1}` };
      return [`d${n}`, object({ a: next, b: next })];
    }),
  );
  const begun = performance.now();
  const schema = { $ref: "#/$defs/d0", $defs: { ...doubling, d28: {} } };
  expect(broken(schema, schema)).toEqual([]);
  expect(performance.now() - begun).toBeLessThan(1_000);
});

test("lists in lists are compared in no time", () => {
  const square = (k: number) =>
    JSON.stringify(Array.from({ length: 130 }, (_, i) => Array.from({ length: 130 }, (_, j) => k + ((i * j) % 7))));
  const begun = performance.now();
  expect(differencesOf(square(0), square(9)).list.length).toBeGreaterThan(0);
  expect(performance.now() - begun).toBeLessThan(250);
});
