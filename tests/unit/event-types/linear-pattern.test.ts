import fc from "fast-check";
import { expect, test } from "vitest";
import { compilePattern } from "../../../lib/event-types/linear-pattern.ts";

const patterns = [
  "^[a-z]+$",
  "a|b|",
  "^(?:a|bc)*d?$",
  "(a*)*b",
  "a{2,3}",
  "^a{2}$",
  "a{2,}b",
  "^$",
  "\\bfoo\\b",
  "\\Bo",
  "[^\\]a-c]",
  "\\d+\\.\\d*",
  "^\\p{L}+$",
  ".",
  "^.$",
  "\\u{1F600}",
  "^[\\s\\S]{1,2}$",
  "(?<year>\\d{4})-(\\d\\d)",
  "a+?b",
  "x|^y$",
  "(^a|b$)",
  "()",
  "(?:)*a",
  "^(ord|cus)_[0-9a-z]{2}$",
  "[\\]]",
  "\\/",
  "\\^\\$",
];
const texts = [
  "",
  "a",
  "b",
  "ab",
  "aab",
  "aaa",
  "abcd",
  "d",
  "foo",
  "a foo b",
  "food",
  "3.14",
  "2024-11",
  "é",
  "😀",
  "\n",
  "]",
  "y",
  "xyz",
  "ord_1a",
  "ord_1ab",
  "cus_zz",
  "/",
  "^$",
  "bcbcd",
];

test.each(patterns)("%s answers as the language's own engine does", (pattern) => {
  const ours = compilePattern(pattern, { left: 1e12, program: 1e9 });
  const theirs = new RegExp(pattern, "u");
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "c", "d", "o", "f", "1", "-", "_", " ", "😀", "]") });
  for (const text of texts) expect([text, ours(text)]).toEqual([text, theirs.test(text)]);
  fc.assert(fc.property(letters, (text) => ours(text) === theirs.test(text)));
});
