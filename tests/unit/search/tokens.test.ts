import fc from "fast-check";
import { expect, test } from "vitest";
import { readTokens, type Token, tokenAt, writeToken } from "@/lib/search/tokens.ts";

const plain = (text: string) => readTokens(text).map(({ field, value }) => (field === null ? value : [field, value]));

test.each<[string, unknown[]]>([
  ["", []],
  ["  failed   acme ", ["failed", "acme"]],
  [
    "status:failed code:5xx",
    [
      ["status", "failed"],
      ["code", "5xx"],
    ],
  ],
  ["Status:failed", [["status", "failed"]]],
  ["attempts:>3", [["attempts", ">3"]]],
  ["body.order.id:123", [["body.order.id", "123"]]],
  ['customer:"Ben & Jerry" eu', [["customer", "Ben & Jerry"], "eu"]],
  ['"status:failed"', ["status:failed"]],
  ['"never closed', ["never closed"]],
  [String.raw`customer:"a \"b\" \\ c"`, [["customer", String.raw`a "b" \ c`]]],
  ["https://api.acme.io/hooks", ["https://api.acme.io/hooks"]],
  ["localhost:3000", [["localhost", "3000"]]],
  ["status:", [["status", ""]]],
  [":failed 503", [":failed", "503"]],
])("%j is read as its words and fields", (text, tokens) => {
  expect(plain(text)).toEqual(tokens);
});

const field = fc.option(fc.stringMatching(/^[a-z][a-z0-9_.-]{0,20}$/), { nil: null });
const token = fc.record<Token>({ field, value: fc.string({ unit: "grapheme", maxLength: 30 }) });

test("whatever is written is read back as the same tokens", () => {
  fc.assert(
    fc.property(fc.array(token, { maxLength: 6 }), (tokens) => {
      const read = readTokens(tokens.map(writeToken).join(" "));
      expect(read.map(({ field, value }) => ({ field, value }))).toEqual(tokens);
    }),
  );
});

test("any text can be read, loses nothing but space, and its tokens stand in order", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      let last = 0;
      for (const { start, end } of readTokens(text)) {
        expect(text.slice(last, start).trim()).toBe("");
        expect(end).toBeGreaterThan(start);
        last = end;
      }
      expect(text.slice(last).trim()).toBe("");
    }),
  );
});

test("the token at the cursor is the one being typed", () => {
  const text = 'status:failed  customer:"a b"';
  expect(tokenAt(text, 13)).toMatchObject({ field: "status", value: "failed", start: 0, end: 13 });
  expect(tokenAt(text, 14)).toMatchObject({ field: null, value: "", start: 14, end: 14 });
  expect(tokenAt(text, text.length)).toMatchObject({ field: "customer", value: "a b" });
  expect(tokenAt(text, 0)).toMatchObject({ field: null, value: "" });
});
