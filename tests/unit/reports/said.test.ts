import { expect, test } from "vitest";
import { wordsOfAnswer } from "@/lib/reports/said.ts";

test.each([
  ['{"error":"KeyError","message":"\'next_payment_attempt\'"}', "KeyError 'next_payment_attempt'"],
  ['{"message":"upstream timed out"}', "upstream timed out"],
  ['{"error":{"code":42,"message":"no such plan"}}', "no such plan"],
  ['{"errors":[{"detail":"total is missing"}]}', "total is missing"],
  ['{"type":"about:blank","title":"Bad Request","status":400}', "Bad Request"],
  ['"plain string"', "plain string"],
  ["upstream connect error", "upstream connect error"],
  ["<html><head><title>502 Bad Gateway</title></head>", "502 Bad Gateway"],
])("an answer's own words are quoted: %s", (body, words) => {
  expect(wordsOfAnswer(Buffer.from(body))).toBe(words);
});

test.each([
  ["{}"],
  [""],
  ['{"ok":true}'],
  ["{not json"],
  ["[]"],
  ["line one\nline two"],
  ["<html></html>"],
  ['{"message":""}'],
])("what says nothing is not quoted: %j", (body) => {
  expect(wordsOfAnswer(Buffer.from(body))).toBeNull();
});

test("a long message is cut to a line, without control characters", () => {
  const words = wordsOfAnswer(Buffer.from(JSON.stringify({ message: `a\n\u202eb\u0007${"x".repeat(500)}` })));
  expect(words).toMatch(/^a b x+…$/);
  expect(words?.length).toBe(161);
});

test("an answer of beginnings without an end is read in a moment", () => {
  const begun = performance.now();
  expect(wordsOfAnswer(Buffer.from("<title".repeat(10_900)))).toBeNull();
  expect(performance.now() - begun).toBeLessThan(500);
});
