import fc from "fast-check";
import { expect, test } from "vitest";
import { compileSchema } from "../../lib/event-types/schema-check.ts";
import { inferSchema } from "../../lib/schemas/infer.ts";

test("what was always there is required, what was there at times is not", () => {
  expect(
    inferSchema([
      { id: "a", total: 1 },
      { id: "b", total: 1.5, note: null },
    ]),
  ).toEqual({
    type: "object",
    properties: { id: { type: "string" }, total: { type: "number" }, note: { type: "null" } },
    required: ["id", "total"],
  });
});

test("texts that are all times, addresses or ids say so; one that is not takes it back", () => {
  const of = (...texts: string[]) => inferSchema(texts);
  expect(of("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.123+02:00")).toEqual({ type: "string", format: "date-time" });
  expect(of("2026-01-02")).toEqual({ type: "string", format: "date" });
  expect(of("a@b.example")).toEqual({ type: "string", format: "email" });
  expect(of("https://a.example/b")).toEqual({ type: "string", format: "uri" });
  expect(of("0198e5c4-2f3a-7a54-9d52-6f6e1c1c7a11")).toEqual({ type: "string", format: "uuid" });
  expect(of("2026-01-02T03:04:05Z", "soon")).toEqual({ type: "string" });
});

test("an object with more than a hundred names is a map of values alike", () => {
  const prices = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`sku_${at}`, at]));
  expect(inferSchema([prices])).toEqual({ type: "object", additionalProperties: { type: "integer" } });
  const { sku_0: _, ...fewer } = prices;
  expect(Object.keys(inferSchema([fewer]).properties ?? {})).toHaveLength(100);
});

test("whatever the samples are, they match the schema that is inferred from them", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue({ maxDepth: 4 }), { minLength: 1, maxLength: 5 }), (samples) => {
      const values: unknown[] = JSON.parse(JSON.stringify(samples));
      const compiled = compileSchema(JSON.stringify(inferSchema(values)));
      if (!compiled.ok) throw new Error(compiled.problem);
      for (const value of values) expect(compiled.check(value)).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
