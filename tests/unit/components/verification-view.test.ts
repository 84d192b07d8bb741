import { expect, test } from "vitest";
import { verificationView } from "../../../components/endpoints/verification-view.ts";
import type { TlsFacts, TrialAnswer } from "../../../lib/playground/trial-result.ts";

const at = new Date("2026-10-14T10:41:22Z");
const TLS: TlsFacts = {
  protocol: "TLSv1.3",
  validFrom: "2026-01-01T00:00:00Z",
  validTo: "2027-01-03T00:00:00Z",
  subject: null,
  issuer: null,
};
const ANSWER: TrialAnswer = {
  outcome: "success",
  statusCode: 200,
  detail: null,
  dnsMs: 1,
  connectMs: 2,
  tlsMs: 3,
  firstByteMs: 100,
  totalMs: 182,
  headers: [],
  body: null,
  bodyCut: false,
  remoteAddress: "203.0.113.80",
  isPublic: true,
  tls: TLS,
  redirectTo: null,
};

function view(answer: Partial<TrialAnswer> = {}, { url = "https://api.acme.io/h", knownSecret = true } = {}) {
  return verificationView({ at, url, answer: { ...ANSWER, ...answer }, knownSecret });
}

test("a good answer is told with its latency, TLS, redirect and address", () => {
  expect(view()).toMatchObject({
    good: true,
    title: "Answered 200 to a signed ping",
    at: "10:41:22 UTC",
    latency: "182\u00a0ms",
    tls: "1.3, valid until 3 Jan 2027",
    redirect: "none",
    address: "203.0.113.80, public",
    detail: null,
  });
});

test.each([
  [{ validTo: "2026-10-20T00:00:00Z" }, "1.3, only until 20 Oct 2026"],
  [{ validTo: "2026-10-01T00:00:00Z" }, "1.3, expired on 1 Oct 2026"],
  [{ validFrom: "2026-11-01T00:00:00Z" }, "1.3, not valid before 1 Nov 2026"],
  [{ protocol: null, validTo: null }, "unknown version"],
])("a certificate with %j is told as %s", (tls, words) => {
  expect(view({ tls: { ...TLS, ...tls } }).tls).toBe(words);
});

test("a redirect names its target and says that it is not followed", () => {
  const told = view({ outcome: "redirect", statusCode: 301, redirectTo: "https://www.acme.io/h" });
  expect(told).toMatchObject({ good: false, redirect: "to https://www.acme.io/h" });
  expect(told.detail).toContain("never followed");
});

test("a 401 to an endpoint that has no secret yet is explained", () => {
  const refused = { outcome: "http_error", statusCode: 401 } as const;
  expect(view(refused, { knownSecret: false }).detail).toContain("has no secret yet");
  expect(view(refused, { knownSecret: true }).detail).toBeNull();
});

test("without an answer the reason is told", () => {
  const blocked = view({
    outcome: "blocked",
    statusCode: null,
    detail: "10.0.0.1 is not public",
    remoteAddress: null,
    tls: null,
  });
  expect(blocked).toMatchObject({
    good: false,
    title: "Not reached: blocked",
    detail: "10.0.0.1 is not public",
    address: "refused by Posthorn",
    latency: "no answer",
    tls: "not reached",
  });
  expect(view({}, { url: "http://acme.io/h" }).tls).toBe("none, plain http");
});
