import { describe, expect, test } from "vitest";
import { answerWord } from "../../../lib/delivery/outcome-words.ts";
import { OUTCOMES } from "../../../lib/delivery/outcomes.ts";
import { causeSentence } from "../../../lib/reports/causes.ts";
import { why } from "../../../lib/reports/diagnosis.ts";

const failure = { statusCode: null, detail: null, host: "api.acme.io", timeoutSeconds: 15, retryAfterSeconds: null };

describe.each(OUTCOMES)("the outcome %s", (outcome) => {
  test("has a sentence of what happened, one of what to do, and a name", () => {
    const { why: sentence, next } = why({ ...failure, outcome, statusCode: 503 });
    expect(sentence).toMatch(/^\S.*\.$/);
    expect(next).toMatch(/^[A-Z].*\.$/);
    expect(causeSentence(outcome, null)).not.toBe("");
    expect(answerWord(outcome, null)).not.toBe("");
  });

  test("puts the attempt's own detail into one sentence, with one full stop", () => {
    const { why: sentence } = why({ ...failure, outcome, detail: "certificate expired on 9 Oct." });
    expect(sentence).not.toContain("..");
    expect(sentence.endsWith(".")).toBe(true);
  });
});

test.each([
  [401, "current secret"],
  [404, "path"],
  [410, "disabled"],
  [413, "body limit"],
  [422, "the receiver expects"],
  [429, "Retry-After"],
  [500, "logs of api.acme.io"],
  [503, "down or overloaded"],
  [418, "refuses this request"],
  [204, "expected statuses"],
])("an answer of %i says what to look at", (statusCode, hint) => {
  const { why: sentence, next } = why({ ...failure, outcome: "http_error", statusCode });
  expect(sentence).toContain(`api.acme.io answered ${statusCode}`);
  expect(next).toContain(hint);
});

test("a time-out names the deadline that passed", () => {
  expect(why({ ...failure, outcome: "timeout" }).why).toContain("within 15 s");
});

test("a fact that says it all is told once, with the receiver's name", () => {
  const { why: sentence } = why({ ...failure, outcome: "timeout", detail: "The receiver did not answer within 15 s" });
  expect(sentence).toBe("api.acme.io did not answer within 15 s.");
});

test.each([
  [1, "1\u00a0s"],
  [119, "119\u00a0s"],
  [120, "2\u00a0min"],
  [3_600, "60\u00a0min"],
])("an answer that asks to wait %i s says so", (retryAfterSeconds, words) => {
  const { why: sentence } = why({ ...failure, outcome: "http_error", statusCode: 429, retryAfterSeconds });
  expect(sentence).toBe(`api.acme.io answered 429 and asked us to wait ${words} (Retry-After).`);
});

test("a failed transformation is told in its own words, and where to correct it", () => {
  const detail = "The transformation failed in line 3: order is not defined.";
  const { why: sentence, next } = why({ ...failure, outcome: "cancelled", detail });
  expect(sentence).toBe(detail);
  expect(next).toContain("Correct the endpoint's transformation");
});

test("a chat service that says no with a 200 is told in its own words, not as an unexpected status", () => {
  const detail = "Teams answered 200, but says: Webhook message delivery failed";
  const { why: sentence, next } = why({ ...failure, outcome: "http_error", statusCode: 200, detail });
  expect(sentence).toBe(`${detail}.`);
  expect(next).toContain("new webhook URL");
  expect(next).not.toContain("expected statuses");
});

test("a chat service that says why with an error keeps the advice of its status", () => {
  const detail = "Slack answered no_service";
  const { why: sentence, next } = why({ ...failure, outcome: "http_error", statusCode: 404, detail });
  expect(sentence).toBe("Slack answered no_service.");
  expect(next).toContain("path");
});

test("a call for which no access token could be had says where to correct that, and that nothing was sent", () => {
  const detail = "No access token from login.acme.io. It answered 401: invalid_client";
  const { why: sentence, next } = why({ ...failure, outcome: "cancelled", detail });
  expect(sentence).toBe(`${detail}.`);
  expect(next).toMatch(/client ID and client secret.*Nothing was sent/);
});

test.each([
  [
    "The receiver asks for a client certificate (ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED)",
    "Give the endpoint the client",
  ],
  ["The receiver's certificate chain ends in a self-signed certificate (X)", "NODE_EXTRA_CA_CERTS"],
  ["The receiver's certificate is signed by an unknown authority (X)", "NODE_EXTRA_CA_CERTS"],
  ["The receiver's certificate has expired (CERT_HAS_EXPIRED)", "Renew"],
])("a failed handshake advises what its cause needs: %s", (detail, advice) => {
  expect(why({ ...failure, outcome: "tls", detail }).next).toContain(advice);
});

test("a success status that is not accepted is not told as if it were an error", () => {
  expect(causeSentence("http_error", 200)).toBe("answers 200, which does not count as delivered");
  expect(causeSentence("http_error", 500)).toBe("answers 500");
});
