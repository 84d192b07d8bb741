import fc from "fast-check";
import { expect, test } from "vitest";
import { prettyJson } from "@/components/ui/pretty-json";

test("breaks lines and indents, and leaves empty brackets closed", () => {
  expect(prettyJson('{"a":1.0,"b":[true,null],"c":{},"d":[]}')).toBe(
    '{\n  "a": 1.0,\n  "b": [\n    true,\n    null\n  ],\n  "c": {},\n  "d": []\n}',
  );
});

test("keeps what a parser would lose: key order, duplicates, digits, escapes", () => {
  const text = '{"b":1E2,"a":9007199254740993,"a":"\\u0000\\"{,"}';
  expect(prettyJson(text)?.replace(/\n\s*/g, "").replaceAll(": ", ":")).toBe(text);
});

test.each(["", "{", "{'a':1}", "NaN", "\ufeff{}"])("%j is not JSON", (text) => {
  expect(prettyJson(text)).toBeNull();
});

test("what comes out means what went in", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(JSON.stringify(JSON.parse(prettyJson(text) ?? ""))).toBe(text);
    }),
  );
});

test("a document too deep to indent is shown as it came", () => {
  const deep = "[".repeat(300) + "]".repeat(300);
  expect(prettyJson(deep)).toBe(deep);
});

test("a document that indents would make a hundred times as long is shown as it came", () => {
  const wide = `${"[".repeat(99)}${Array(30_000).fill(1).join(",")}${"]".repeat(99)}`;
  expect(prettyJson(wide)).toBe(wide);
});
