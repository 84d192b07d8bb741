import fc from "fast-check";
import { expect, test } from "vitest";
import { depthOf, elementsOf, membersOf, type Range } from "../../../lib/ingest/json-scanner.ts";

// JSON text in all the ways it may be written: white space anywhere, escapes, exponents, doubled keys.
const space = fc.string({ unit: fc.constantFrom(" ", "\t", "\n", "\r"), maxLength: 3 });
const pieces = fc.constantFrom("\\\\", '\\"', "\\u0000", "\\ud83d\\ude00", "}", "]", ",", ":", "ü", "😀");
const stringToken = fc.oneof(
  fc.string({ unit: "binary" }).map((text) => JSON.stringify(text)),
  fc.string({ unit: pieces, maxLength: 8 }).map((text) => `"${text}"`),
);
const literal = fc.oneof(
  fc.constantFrom("null", "true", "false", "1E2", "-0.0e+10", "12345678901234567890", "0"),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);
const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    literal,
    stringToken,
    fc
      .tuple(space, fc.array(fc.tuple(space, tie("value"), space), { maxLength: 4 }))
      .map(([inner, items]) => `[${items.map((parts) => parts.join("")).join(",") || inner}]`),
    fc
      .tuple(space, fc.array(fc.tuple(space, stringToken, space, space, tie("value"), space), { maxLength: 4 }))
      .map(
        ([inner, items]) => `{${items.map(([a, k, b, c, v, d]) => `${a}${k}${b}:${c}${v}${d}`).join(",") || inner}}`,
      ),
  ),
}));

const cut = (bytes: Buffer, { start, end }: Range) => bytes.subarray(start, end).toString();

test("the bytes cut out of an envelope are exactly those that were written, wherever they stand", () => {
  const member = fc.tuple(space, fc.string({ minLength: 1 }), space, space, value, space);
  fc.assert(
    fc.property(space, fc.array(member, { maxLength: 5 }), space, (before, members, after) => {
      const written = members.map(([a, key, b, c, text, d]) => `${a}${JSON.stringify(key)}${b}:${c}${text}${d}`);
      const bytes = Buffer.from(`${before}{${written.join(",")}}${after}`);
      JSON.parse(bytes.toString());
      const found = membersOf(bytes);
      expect(found.map((range) => cut(bytes, range))).toEqual(members.map(([, , , , text]) => text));
      expect(found.map(({ key }) => key)).toEqual(members.map(([, key]) => key));
    }),
    { numRuns: 500 },
  );
});

test("the elements of an array are exactly those that were written", () => {
  fc.assert(
    fc.property(space, fc.array(fc.tuple(space, value, space), { maxLength: 6 }), space, (before, items, inner) => {
      const bytes = Buffer.from(`${before}[${items.map((parts) => parts.join("")).join(",") || inner}]`);
      JSON.parse(bytes.toString());
      expect(elementsOf(bytes).map((range) => cut(bytes, range))).toEqual(items.map(([, written]) => written));
    }),
    { numRuns: 500 },
  );
});

test("no bytes keep the depth scan busy for ever", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(depthOf(bytes)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test.each<[string, string, number]>([
  ["a number", "1", 0],
  ["an empty array", "[]", 1],
  ["mixed nesting", '{"a":[{"b":[]}]}', 4],
  ["brackets in a string", '"[[[["', 0],
  ["brackets behind an escaped quote", '"\\"[["', 0],
  ["512 levels", "[".repeat(512) + "]".repeat(512), 512],
  ["a million open brackets", "[".repeat(1_000_000), 1_000_000],
])("the depth of %s is told without recursion", (_, text, depth) => {
  expect(depthOf(Buffer.from(text))).toBe(depth);
});
