import { expect, test } from "vitest";
import { outcomeWords, skewWords, verdictLook } from "@/components/requests/verdict";
import { firstIdAt } from "@/lib/ids.ts";
import type { RequestRow } from "@/lib/reports/requests.ts";

const AT = new Date("2026-10-14T10:38:14.207Z");
const STRIPE = { provider: "stripe", hasEndpoints: true } as const;

const aRow = (values: Partial<RequestRow>): RequestRow => ({
  id: firstIdAt(AT),
  sourceId: "",
  method: "POST",
  path: "/in/••••••",
  bodyBytes: 2,
  contentType: null,
  verdict: "accepted",
  fault: null,
  type: null,
  externalId: null,
  providerAttempt: null,
  eventIds: [],
  duplicateOf: null,
  remoteAddress: null,
  answerStatus: 200,
  acceptedAt: null,
  acceptedBy: null,
  receivedAt: AT,
  deliveries: 0,
  ...values,
});

test.each([
  ["Verified", { eventIds: ["e"], deliveries: 2 }],
  ["No route", { eventIds: ["e"], deliveries: 0 }],
  ["Accepted later", { eventIds: ["e"], deliveries: 1, acceptedAt: AT, fault: { code: "mismatch" } }],
  ["Processed again", { eventIds: ["e"], deliveries: 1, acceptedAt: AT }],
  ["Duplicate", { verdict: "duplicate" }],
  ["Handshake", { verdict: "handshake" }],
  ["Unparsable", { verdict: "unparsable", fault: { code: "unparsable", why: "not JSON" } }],
  ["Bad signature", { verdict: "refused", fault: { code: "mismatch" } }],
] as [string, Partial<RequestRow>][])("a request's chip says %s", (word, values) => {
  expect(verdictLook(aRow(values), STRIPE).word).toBe(word);
});

test("where no endpoint is there yet nothing is missing, and who proves nothing is not called verified", () => {
  const row = aRow({ eventIds: ["e"] });
  expect(verdictLook(row, { ...STRIPE, hasEndpoints: false }).word).toBe("Verified");
  expect(verdictLook(row, { provider: "unsigned", hasEndpoints: false }).word).toBe("Received");
  expect(outcomeWords(row, { ...STRIPE, hasEndpoints: false })).toBeNull();
});

test.each([
  ["2 deliveries", { eventIds: ["e"], deliveries: 2 }],
  ["1 delivery", { eventIds: ["e"], deliveries: 1 }],
  ["no endpoint", { eventIds: ["e"], deliveries: 0 }],
  [null, { verdict: "handshake" }],
  ["seen 1 s before", { verdict: "duplicate", duplicateOf: firstIdAt(AT.getTime() - 1_000) }],
  ["no stripe-signature", { verdict: "refused", fault: { code: "header_missing", header: "stripe-signature" } }],
  ["not JSON", { verdict: "unparsable", fault: { code: "unparsable", why: "not JSON" } }],
] as [string | null, Partial<RequestRow>][])("a row says %s after its answer", (words, values) => {
  expect(outcomeWords(aRow(values), STRIPE)?.replaceAll("\u00a0", " ") ?? null).toBe(words);
});

test("a wrong clock is behind or ahead", () => {
  expect(skewWords(660).replaceAll("\u00a0", " ")).toBe("11 m behind");
  expect(skewWords(-7_200).replaceAll("\u00a0", " ")).toBe("2 h ahead");
});
