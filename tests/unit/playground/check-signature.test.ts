import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { sign, signingKey } from "../../../lib/delivery/sign.ts";
import { checkSignature, parseHeaderLines } from "../../../lib/playground/check-signature.ts";
import { newWebhookKey, newWebhookSecret, verificationSecret } from "../../../lib/secrets/webhook-secret.ts";

const now = new Date("2026-11-21T12:00:00Z");
const secret = newWebhookSecret();

/** Headers as Posthorn sends them. */
function signed(body: string, secrets: string[] = [secret], at = now) {
  const timestamp = Math.floor(at.getTime() / 1_000);
  const keys = secrets.map((text) => ({ key: signingKey(text), expiresAt: null }));
  return {
    "webhook-id": "evt_1",
    "webhook-timestamp": String(timestamp),
    "webhook-signature": sign("evt_1", timestamp, Buffer.from(body), keys, at),
  };
}

/** Any characters, halves of surrogate pairs too. */
const anyText = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes));

const check = (headers: Record<string, string>, body: string, given = secret) =>
  checkSignature({ headers, body, secret: given, now });

test("whatever the body, what the product signs is genuine, and one byte more is not", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const body = text.toWellFormed();
      expect(check(signed(body), body).good).toBe(true);
      expect(check(signed(body), `${body}x`).good).toBe(false);
    }),
    { numRuns: 50 },
  );
});

test("a signature by the specification's own library is genuine, with and without whsec_", () => {
  const headers = { ...signed("{}"), "webhook-signature": new Webhook(secret).sign("evt_1", now, "{}") };
  expect(check(headers, "{}").good).toBe(true);
  expect(check(headers, "{}", secret.replace("whsec_", "")).good).toBe(true);
});

test("of a key pair the public half checks; the private one is turned down", () => {
  const key = newWebhookKey();
  expect(check(signed("{}", [key]), "{}", verificationSecret(key))).toMatchObject({ good: true });
  expect(check(signed("{}", [key]), "{}", key).advice).toContain("private key");
  expect(check(signed("{}", [key]), "{}").findings.at(-1)?.words).toContain("the header has only v1a");
});

test("during a rotation one of several signatures is enough", () => {
  expect(check(signed("{}", [newWebhookSecret(), secret]), "{}").good).toBe(true);
  expect(check(signed("{}", [newWebhookSecret(), newWebhookSecret()]), "{}").findings.at(-1)?.words).toBe(
    "none of its 2 signatures is this secret's",
  );
});

test.each([
  [300, true],
  [301, false],
  [-300, true],
  [-301, false],
])("sent %d s ago, accepted: %s", (seconds, good) => {
  const verdict = check(signed("{}", [secret], new Date(now.getTime() - seconds * 1_000)), "{}");
  expect(verdict.good).toBe(good);
  if (!good) expect(verdict.title).toBe("Genuine, but too old to be accepted");
});

test.each([
  ['{"a":1}', '{"a":1}\n', "line break"],
  ['{"a":1}\n', '{"a":1}', "line break"],
  ['{"a":1}', '  {"a":1} ', "white space"],
  ["a\nb", "a\r\nb", "CRLF"],
  ['{"a":1}', '{\n  "a": 1\n}', "compact"],
  ['{\n  "a": 1\n}', '{"a":1}', "spread-out"],
  ['{"a":1}', '{"a":2}', "secret is another one"],
])("signed as %j and pasted as %j: %s", (sent, pasted, advice) => {
  expect(check(signed(sent), pasted).advice).toContain(advice);
});

test("a sender that used the secret's text instead of its bytes is found out", () => {
  const key = Buffer.from(secret).toString("base64");
  expect(check(signed("{}", [`whsec_${key}`]), "{}").advice).toContain("secret's text");
  const bare = Buffer.from(secret.replace("whsec_", "")).toString("base64");
  expect(check(signed("{}", [`whsec_${bare}`]), "{}").advice).toContain("base64 text");
});

test("what is missing is named, and nothing that is pasted makes it throw", () => {
  expect(check({ "webhook-id": "evt_1" }, "{}").title).toBe("webhook-timestamp, webhook-signature missing");
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (lines, body, given) => {
      expect(checkSignature({ headers: parseHeaderLines(lines), body, secret: given, now }).good).toBe(false);
    }),
  );
});

test("the signature that would be right is told to nobody", () => {
  const headers = { ...signed("{}"), "webhook-signature": "v1,AAAA" };
  const right = signed("{}")["webhook-signature"].split(",")[1] ?? "";
  expect(JSON.stringify(check(headers, "{}"))).not.toContain(right);
});

test("headers are read as they are copied from logs, browsers and curl", () => {
  const lines = [
    "Webhook-Id: evt_1",
    '  "webhook-timestamp": "1795280082",',
    "-H 'webhook-signature: v1,abc= v1,def=' \\",
    "POST /hooks HTTP/1.1",
    "webhook-id: second",
  ];
  expect(parseHeaderLines(lines.join("\n"))).toMatchObject({
    "webhook-id": "evt_1",
    "webhook-timestamp": "1795280082",
    "webhook-signature": "v1,abc= v1,def=",
  });
});

test("headers of any text are read in a moment, however their spaces lie", () => {
  const spaces = " ".repeat(1_500);
  const begun = performance.now();
  for (const text of [`a:${spaces}b\u2028x`, `a:${spaces}b${spaces}\rx`, `a${spaces}b`, `${spaces}-H${spaces}!`]) {
    parseHeaderLines(text);
  }
  expect(performance.now() - begun).toBeLessThan(1_000);
});
