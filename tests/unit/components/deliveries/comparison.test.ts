import { expect, test } from "vitest";
import { compareAttempts } from "@/components/deliveries/comparison";
import type { WholeAttempt } from "@/lib/reports/delivery.ts";

const ATTEMPT: WholeAttempt = {
  deliveryId: "d",
  number: 1,
  startedAt: new Date(0),
  trigger: "first",
  actor: null,
  outcome: "http_error",
  statusCode: 500,
  detail: null,
  dnsMs: null,
  connectMs: 10,
  tlsMs: null,
  firstByteMs: 200,
  totalMs: 210,
  reusedConnection: false,
  requestHeaders: [["content-type", "application/json"]],
  responseHeaders: [
    ["Date", "now"],
    ["server", "nginx"],
  ],
  responseBody: Buffer.from('{"id":12345678901234567890,"error":"a"}'),
  responseCut: false,
  remoteAddress: "203.0.113.24",
  retryAfterSeconds: null,
  batchId: null,
};
const compare = (change: Partial<WholeAttempt>) =>
  compareAttempts({ attempt: ATTEMPT, requestBody: null }, { attempt: { ...ATTEMPT, ...change }, requestBody: null });

test("of two alike attempts nothing differs, small differences in time included", () => {
  const { facts, responseHeaders, responseBody, requestBody } = compare({ totalMs: 220, firstByteMs: 208 });
  expect(facts.different).toEqual([]);
  expect(facts.same.map(({ name }) => name)).toContain("Took");
  expect(responseHeaders.different).toEqual([]);
  expect(responseBody).toEqual({ lines: [], cut: false });
  expect(requestBody).toBeNull();
});

test("what differs is named with both sides, a phase that one of them did not have too", () => {
  const { facts } = compare({ statusCode: 200, outcome: "success", totalMs: 900, firstByteMs: 890, dnsMs: 50 });
  expect(facts.different).toContainEqual({ name: "Answer", left: "500", right: "200" });
  expect(facts.different).toContainEqual({ name: "Took", left: "210\u00a0ms", right: "900\u00a0ms" });
  expect(facts.different).toContainEqual({ name: "DNS", left: null, right: "50\u00a0ms" });
});

test("headers that differ on every call stand apart from those that tell something", () => {
  const { responseHeaders } = compare({
    responseHeaders: [
      ["date", "later"],
      ["Server", "apache"],
      ["x-request-id", "7"],
    ],
  });
  expect(responseHeaders.different).toEqual([{ name: "server", left: "nginx", right: "apache" }]);
  expect(responseHeaders.expected.map(({ name }) => name)).toEqual(["date", "x-request-id"]);
});

test("bodies are compared line by line, with the digits of their numbers", () => {
  const { responseBody } = compare({ responseBody: Buffer.from('{"id":12345678901234567891,"error":"a"}') });
  expect(responseBody?.lines.filter(({ sign }) => sign !== " ")).toEqual([
    { sign: "-", text: '  "id": 12345678901234567890,' },
    { sign: "+", text: '  "id": 12345678901234567891,' },
  ]);
});

test("huge bodies are not compared, and that is said", () => {
  const { responseBody } = compare({ responseBody: Buffer.from("y".repeat(1_000_000)) });
  expect(responseBody?.lines.length).toBeLessThanOrEqual(60);
  const both = compareAttempts(
    { attempt: { ...ATTEMPT, responseBody: Buffer.from("x\n".repeat(30_000)) }, requestBody: null },
    { attempt: { ...ATTEMPT, responseBody: Buffer.from("y\n".repeat(30_000)) }, requestBody: null },
  );
  expect(both.responseBody).toEqual({ lines: [], cut: true });
});
