import { expect, test } from "vitest";
import { compileSchema, MAX_SCHEMA_BYTES } from "../../../lib/event-types/schema-check.ts";

function check(schema: unknown, data: unknown) {
  const compiled = compileSchema(JSON.stringify(schema));
  if (!compiled.ok) throw new Error(compiled.problem);
  return compiled.check(data);
}

test("what matches has no problems; what does not is named by its path", () => {
  const schema = {
    type: "object",
    required: ["id"],
    additionalProperties: false,
    properties: { id: { type: "string" }, total: { type: "integer", minimum: 0 }, state: { enum: ["open", "paid"] } },
  };
  expect(check(schema, { id: "o_1", total: 3, state: "paid" })).toEqual([]);
  expect(check(schema, { id: "o_1", total: -1 })).toEqual([{ path: "/total", message: "must be >= 0" }]);
  expect(check(schema, { total: 1 })).toEqual([{ path: "", message: "must have required property 'id'" }]);
  expect(check(schema, { id: "o_1", other: 1 })[0]?.message).toContain('"other"');
  expect(check(schema, { id: "o_1", state: "lost" })[0]?.message).toContain('["open","paid"]');
});

test("what every object inherits is no field of an event", () => {
  const schema = { properties: { valueOf: { type: "boolean" } }, required: ["constructor"] };
  expect(check(schema, { constructor: 1 })).toEqual([]);
  expect(check(schema, {})[0]?.message).toContain("constructor");
  expect(check(schema, { constructor: 1, valueOf: 1 })[0]?.path).toBe("/valueOf");
});

test.each([
  ["not JSON", "{", /not JSON/],
  ["a list", "[]", /JSON object/],
  ["a text", '"string"', /JSON object/],
  ["null", "null", /JSON object/],
  ["an unknown type", '{"type":"strnig"}', /not a valid JSON Schema/],
  ["a wrong keyword value", '{"minLength":"2"}', /not a valid JSON Schema/],
  ["a remote reference", '{"$ref":"https://example.com/schema.json"}', /not a valid JSON Schema/],
  ["a local reference to nothing", '{"$ref":"#/$defs/none"}', /not a valid JSON Schema/],
  ["an older dialect", '{"$schema":"http://json-schema.org/draft-07/schema#"}', /2020-12/],
  ["a broken pattern", '{"pattern":"("}', /not a valid JSON Schema/],
  ["look-around", '{"pattern":"^(?=a)"}', /look-around/],
  ["a back-reference", '{"pattern":"(a)\\\\1"}', /back-reference/],
  ["too large a pattern", '{"pattern":"(a{1000}){1000}"}', /invalid repeat count/],
  ["too deep a schema", `${'{"not":'.repeat(70)}{}${"}".repeat(70)}`, /more than 64 deep/],
  ["too large a schema", JSON.stringify({ description: "x".repeat(MAX_SCHEMA_BYTES) }), /64 KiB/],
])("%s is refused as a schema, in a sentence", (_name, text, problem) => {
  expect(compileSchema(text)).toEqual({ ok: false, problem: expect.stringMatching(problem) });
});

test("formats, booleans, 2020-12 keywords and references within the schema work", () => {
  expect(check({ format: "email" }, "a@example.com")).toEqual([]);
  expect(check({ format: "date-time" }, "yesterday")).toHaveLength(1);
  expect(check(false, 1)).toHaveLength(1);
  expect(check({ prefixItems: [{ type: "integer" }] }, ["one"])).toHaveLength(1);
  expect(check({ $defs: { id: { type: "string" } }, $ref: "#/$defs/id" }, 3)).toHaveLength(1);
  expect(check({ const: { $ref: "kept" } }, { $ref: "kept" })).toEqual([]);
  expect(check({ properties: { $ref: { type: "string" } } }, { $ref: 3 })).toHaveLength(1);
  expect(
    check({ uniqueItems: true }, [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ]),
  ).toHaveLength(1);
  expect(check({ uniqueItems: true }, [1, "1", [1]])).toEqual([]);
  expect(
    check({ patternProperties: { "^x-": { type: "integer" }, "^y-": { type: "string" } } }, { "x-a": 1, "y-a": "" }),
  ).toEqual([]);
});

test("a schema that lives in one workspace is not visible to another", () => {
  expect(compileSchema('{"$id":"https://a.example/s","type":"string"}').ok).toBe(true);
  expect(compileSchema('{"$ref":"https://a.example/s"}').ok).toBe(false);
});

test.each([
  ["a backtracking pattern", { pattern: "^(a+)+$" }, `${"a".repeat(5_000)}!`],
  ["an overlapping choice", { pattern: "^(a|a)*$" }, `${"a".repeat(5_000)}!`],
  ["a long chain of stars", { pattern: "a*a*a*a*a*a*a*a*b" }, "a".repeat(20_000)],
  ["a large pattern on a long text", { pattern: "(a?){500}a{500}b" }, "a".repeat(900_000)],
  ["a text longer than the budget", { pattern: "x$" }, "y".repeat(3_000_000)],
  ["references that double", doubling(30), {}],
  ["a reference to itself", { $defs: { a: { $ref: "#/$defs/a" } }, $ref: "#/$defs/a" }, {}],
  ["a schema that doubles with every level of the data", branching(), nested(60)],
  [
    "a long list of distinct items",
    { uniqueItems: true, minItems: 1_000_000 },
    Array.from({ length: 100_000 }, (_, n) => `${n}`),
  ],
])("%s ends soon, with a problem", (_name, schema, data) => {
  const start = performance.now();
  expect(check(schema, data)).toHaveLength(1);
  expect(performance.now() - start).toBeLessThan(5_000);
});

test.each([
  ["many properties", { properties: many(2_000, (n) => [`p${n}`, { type: "string" }]) }],
  [
    "a large part that is referred to often",
    {
      $defs: { part: { properties: many(800, (n) => [`p${n}`, { minLength: 1 }]) } },
      allOf: Array.from({ length: 1_000 }, () => ({ $ref: "#/$defs/part" })),
    },
  ],
  ["many large patterns", { allOf: Array.from({ length: 1_500 }, (_, n) => ({ pattern: `^a{${n % 900}}` })) }],
])("a schema of %s is compiled or refused soon", (_name, schema) => {
  const start = performance.now();
  compileSchema(JSON.stringify(schema));
  expect(performance.now() - start).toBeLessThan(15_000);
});

function many(count: number, entry: (n: number) => [string, unknown]) {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => entry(n)));
}

function doubling(levels: number) {
  const twice = (ref: string) => ({ allOf: [{ $ref: ref }, { $ref: ref }] });
  const definitions = Array.from({ length: levels }, (_, n) => [`d${n}`, n ? twice(`#/$defs/d${n - 1}`) : true]);
  return { $defs: Object.fromEntries(definitions), ...twice(`#/$defs/d${levels - 1}`) };
}

function branching() {
  const inner = { properties: { a: { $ref: "#" } } };
  return { allOf: [inner, inner] };
}

function nested(depth: number): unknown {
  return depth ? { a: nested(depth - 1) } : {};
}
