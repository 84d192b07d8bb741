import { expect, test } from "vitest";
import { MAX_SECRETS, SYNC_TIMEOUT_MS, sourceInput, sourcePatch } from "../../../lib/sources/input.ts";

const read = (fields: object) => sourceInput.safeParse({ name: "Payments", provider: "stripe", ...fields });
const accepts = (fields: object) => read(fields).success;
const ofAnswer = (part: object) => accepts({ answer: part });

test("a name and a provider are enough", () => {
  expect(read({}).data).toEqual({
    name: "Payments",
    provider: "stripe",
    description: "",
    secrets: [],
    config: {},
    answer: null,
    allowCidrs: [],
    rateLimit: null,
    forwardHeaders: [],
    typeMap: [],
    customerAt: null,
    sync: null,
  });
  expect(accepts({ name: " " })).toBe(false);
  expect(accepts({ name: "x".repeat(120) })).toBe(true);
  expect(accepts({ name: "x".repeat(121) })).toBe(false);
  expect(accepts({ provider: "paypal" })).toBe(false);
  expect(accepts({ colour: "red" })).toBe(false);
});

test.each([
  [["203.0.113.7"], ["203.0.113.7/32"]],
  [["2001:db8::1"], ["2001:db8::1/128"]],
  ["10.0.0.0/8, 203.0.113.0/24\n10.0.0.0/8", ["10.0.0.0/8", "203.0.113.0/24"]],
])("the ranges %j are %j", (given, ranges) => {
  expect(read({ allowCidrs: given }).data?.allowCidrs).toEqual(ranges);
});

test.each(["example.com", "10.0.0.0/33", "10.0.0.0/", "2001:db8::/129", "1.2.3.4/-1"])("%s is no range", (range) => {
  expect(accepts({ allowCidrs: [range] })).toBe(false);
});

test("a hundred ranges are taken and not one more", () => {
  const ranges = (n: number) => Array.from({ length: n }, (_, at) => `10.0.${at}.0/24`);
  expect(accepts({ allowCidrs: ranges(100) })).toBe(true);
  expect(accepts({ allowCidrs: ranges(101) })).toBe(false);
});

test.each([
  "set-cookie",
  "Content-Security-Policy",
  "transfer-encoding",
  "content-length",
  "a b",
  "x:y",
  "",
  "cache-control",
])("an answer cannot have the header %j", (name) => {
  expect(ofAnswer({ headers: { [name]: "1" } })).toBe(false);
});

test("an answer's header cannot break out of its line", () => {
  expect(ofAnswer({ headers: { "x-a": "1\r\nset-cookie: a=b" } })).toBe(false);
  expect(ofAnswer({ headers: { "content-type": "text/xml; charset=utf-8" } })).toBe(true);
});

test("an answer has a status from 200 to 599 that may carry a body, and up to 64 KiB of it", () => {
  for (const status of [200, 204, 302, 503, 599]) expect(ofAnswer({ status })).toBe(true);
  for (const status of [100, 199, 304, 600, 200.5]) expect(ofAnswer({ status })).toBe(false);
  expect(ofAnswer({ body: "é".repeat(32_768) })).toBe(true);
  expect(ofAnswer({ body: "é".repeat(32_769) })).toBe(false);
});

test.each(["authorization", "Cookie", "host", "connection", "proxy-authorization", "webhook-signature"])(
  "%s never travels on",
  (name) => {
    expect(accepts({ forwardHeaders: [name] })).toBe(false);
  },
);

test("headers that travel on are lower case and named once", () => {
  expect(read({ forwardHeaders: "X-Shop, x-shop X-Topic" }).data?.forwardHeaders).toEqual(["x-shop", "x-topic"]);
});

test("a type of the provider's becomes one event type, which is a name", () => {
  expect(read({ typeMap: { "orders/create": "order.created" } }).data?.typeMap).toEqual([
    { theirs: "orders/create", ours: "order.created" },
  ]);
  expect(accepts({ typeMap: { a: "order created" } })).toBe(false);
  expect(
    accepts({
      typeMap: [
        { theirs: "a", ours: "b" },
        { theirs: "a", ours: "c" },
      ],
    }),
  ).toBe(false);
});

test.each([
  ["stripe", true],
  ["acme.eu-1", true],
  ["", true],
  [".acme", false],
  ["acme.", false],
  ["a b", false],
])("the prefix %j is acceptable: %s", (typePrefix, acceptable) => {
  expect(accepts({ typePrefix })).toBe(acceptable);
});

test("a customer stands in the body or in a header", () => {
  for (const customerAt of ["data.object.customer", "header:x-shop", null]) expect(accepts({ customerAt })).toBe(true);
  for (const customerAt of ["", "header:", "header:a b"]) expect(accepts({ customerAt })).toBe(false);
});

test("callers wait for an endpoint between a tenth of a second and 25 seconds", () => {
  const endpoint = "ep_01hzzzzzzzfghrfnmeyjh5dqvm";
  const ofSync = (timeoutMs: number) => accepts({ sync: { endpoint, timeoutMs } });
  expect([ofSync(SYNC_TIMEOUT_MS.least - 1), ofSync(SYNC_TIMEOUT_MS.least)]).toEqual([false, true]);
  expect([ofSync(SYNC_TIMEOUT_MS.most), ofSync(SYNC_TIMEOUT_MS.most + 1)]).toEqual([true, false]);
  expect(accepts({ sync: { endpoint: "evt_01hzzzzzzzfghrfnmeyjh5dqvm" } })).toBe(false);
});

test("a rate is at least one call in ten seconds", () => {
  expect([0, 0.05, 0.1, 10_000, 10_001].map((rateLimit) => accepts({ rateLimit }))).toEqual([
    false,
    false,
    true,
    true,
    false,
  ]);
});

test("secrets are of the provider's form, trimmed, and no more than ten", () => {
  expect(read({ secrets: ["  whsec_abc\n"] }).data?.secrets).toEqual(["whsec_abc"]);
  expect(read({ secrets: ["sk_live_abc"] }).error?.issues[0]).toMatchObject({ path: ["secrets", 0] });
  const secrets = (n: number) => Array.from({ length: n }, (_, at) => `whsec_${at}`);
  expect(accepts({ secrets: secrets(MAX_SECRETS) })).toBe(true);
  expect(accepts({ secrets: secrets(MAX_SECRETS + 1) })).toBe(false);
});

test("what is signed always has the body in it, and a time only from a header", () => {
  const ofSignature = (part: object) =>
    accepts({ provider: "hmac", config: { signature: { header: "X-Sig", ...part } } });
  expect(ofSignature({})).toBe(true);
  expect(ofSignature({ template: "{timestamp}.{body}", timestampHeader: "X-Time" })).toBe(true);
  expect(ofSignature({ template: "{timestamp}.{body}" })).toBe(false);
  expect(ofSignature({ template: "constant" })).toBe(false);
  expect(ofSignature({ algorithm: "md5" })).toBe(false);
});

test("a token's algorithm is never none, and there is at least one", () => {
  const ofToken = (algorithms: string[]) => accepts({ provider: "jwt", config: { token: { algorithms } } });
  expect([ofToken(["RS256", "ES256"]), ofToken([]), ofToken(["none"])]).toEqual([true, false, false]);
  const ofUrl = (keysUrl: string) =>
    accepts({ provider: "jwt", config: { token: { algorithms: ["RS256"], keysUrl } } });
  expect([ofUrl("https://id.example.com/jwks"), ofUrl("file:///etc/passwd"), ofUrl("nowhere")]).toEqual([
    true,
    false,
    false,
  ]);
});

test("a change names only what changes, and never the provider", () => {
  expect(sourcePatch.parse({ name: "Cards" })).toEqual({ name: "Cards" });
  expect(sourcePatch.safeParse({ provider: "github" }).success).toBe(false);
});

test.each(["location", "server", "access-control-allow-origin", "set-cookie", "link"])(
  "the endpoint's header %s is never passed on, so a source cannot ask for it",
  (name) => {
    const endpoint = "ep_01hzzzzzzzfghrfnmeyjh5dqvm";
    expect(accepts({ sync: { endpoint, headers: [name] } })).toBe(false);
    expect(accepts({ sync: { endpoint, headers: ["x-twilio-said"] } })).toBe(true);
  },
);
