import fc from "fast-check";
import { expect, test } from "vitest";
import { placeInMessage, placeOf } from "../../lib/schemas/place.ts";
import { schemaProblems } from "../../lib/schemas/problems.ts";

const TEXT = '{\n  "a": [1, {"b/c": "x\\"]"}],\n  "a": [\n    true,\n    {"~": null}\n  ]\n}';

test.each([
  ["", 1, 1],
  ["/a", 3, 8],
  ["/a/0", 4, 5],
  ["/a/1/~0", 5, 11],
  ["/a/7", 3, 8],
  ["/nothing/at/all", 1, 1],
])("%j stands on line %i, column %i", (pointer, line, column) => {
  expect(placeOf(TEXT, pointer)).toEqual({ line, column });
});

test("every value of a document is found where it begins", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 }), (record) => {
      const text = JSON.stringify(record, null, 2);
      for (const [name, value] of Object.entries(JSON.parse(text))) {
        const pointer = `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
        const { line, column } = placeOf(text, pointer);
        const rest = text
          .split("\n")
          .slice(line - 1)
          .join("\n")
          .slice(column - 1);
        expect(rest.startsWith(JSON.stringify(value, null, 2).split("\n")[0]?.trim() ?? "")).toBe(true);
      }
    }),
  );
});

test("what a parser says about a text that is not JSON names its line", () => {
  const place = (text: string) => {
    try {
      JSON.parse(text);
    } catch (error) {
      return placeInMessage(text, String(error));
    }
    throw new Error("it is JSON");
  };
  expect(place('{\n  "a": 1,\n}')).toEqual({ line: 3, column: 1 });
  expect(place('{\n  "a": ')).toMatchObject({ line: 2 });
});

test("a place is found in a moment, however deep it lies and whatever its names are", () => {
  const nested = (depth: number, inner: object): object =>
    depth === 0 ? inner : { properties: { a: nested(depth - 1, inner) } };
  const deep = `${'{"a":'.repeat(500)}"${"x".repeat(250_000)}"${"}".repeat(500)}`;
  const begun = performance.now();
  expect(schemaProblems(JSON.stringify(nested(12, { properties: { "a b": { type: "text" } } })))).toHaveLength(1);
  for (let time = 0; time < 10; time++) placeOf(deep, "/a".repeat(500));
  expect(performance.now() - begun).toBeLessThan(4_000);
});
