import { expect, test } from "vitest";
import { newId } from "../../../lib/ids.ts";
import type { ProviderName } from "../../../lib/providers/names.ts";
import { eventsOf, typeOf } from "../../../lib/sources/events-of.ts";
import type { Judgement, Part } from "../../../lib/sources/judge.ts";
import type { OpenSource } from "../../../lib/sources/open-source.ts";

const [SOURCE_ID, REQUEST_ID] = [newId(), newId()];

function aSource(values: Partial<OpenSource> = {}): OpenSource {
  return {
    id: SOURCE_ID,
    workspaceId: newId(),
    name: "Stripe",
    provider: "stripe",
    token: "t",
    settings: {},
    answer: null,
    allowCidrs: [],
    rateLimit: null,
    forwardHeaders: [],
    typePrefix: "stripe",
    typeMap: [],
    customerAt: null,
    sync: null,
    status: "active",
    version: 1,
    secrets: [],
    secretsUntil: null,
    ...values,
  };
}

type Given = Partial<Part> & { headers?: Record<string, string>; url?: string; method?: string; proven?: "person" };

function eventOf(source: Partial<OpenSource>, given: Given = {}) {
  const { headers = {}, url = "https://hooks.example.com/in/t", method = "POST", proven, ...part } = given;
  const whole = { reading: { type: "a", id: "1" }, body: Buffer.from("{}"), contentType: "application/json", ...part };
  const judgement: Judgement = {
    verdict: "accepted",
    fault: null,
    reading: null,
    answer: null,
    parts: [whole],
    proven,
  };
  const call = { method, url, headers: new Map(Object.entries(headers)), body: whole.body, receivedAt: new Date() };
  const [event] = eventsOf(aSource(source), judgement, call, REQUEST_ID);
  if (!event) throw new Error("There was no event");
  return event;
}

test.each([
  ["stripe", "payment_intent.succeeded", "stripe.payment_intent.succeeded"],
  ["github", "pull_request.opened", "github.pull_request.opened"],
  ["shopify", "orders/create", "shopify.orders.create"],
  ["slack", "command.deploy", "slack.command.deploy"],
  ["", "order:paid", "order.paid"],
  ["papertrail", "My saved search!", "papertrail.My_saved_search_"],
  ["a", "..b...c..", "a.b.c"],
  ["a", "größe", "a.gr_e"],
  ["a", null, "a"],
  ["a", "///", "a"],
  ["", null, "request"],
  ["", "💥", "_"],
  ["stripe", "x".repeat(500), `stripe.${"x".repeat(121)}`],
])("at a source with the prefix %j, %j becomes %j", (typePrefix, type, expected) => {
  expect(typeOf({ typePrefix, typeMap: [] }, { type, id: null })).toBe(expected);
});

test("a source's own name for a type comes before everything, however the provider writes it", () => {
  const typeMap: [string, string][] = [
    ["orders/create", "order.created"],
    ["bad", "no such name"],
  ];
  const of = (type: string) => typeOf({ typePrefix: "shopify", typeMap }, { type, id: null });
  expect([of("orders.create"), of("orders/create"), of("orders/paid"), of("bad")]).toEqual([
    "order.created",
    "order.created",
    "shopify.orders.paid",
    "shopify.bad",
  ]);
});

test.each([
  ["customer.id", '{"customer":{"id":"acme"}}', "application/json", "acme"],
  ["customer.id", '{"customer":{"id":12345678901234567890}}', "application/json", "12345678901234567890"],
  ["lines.1.id", '{"lines":[{"id":1},{"id":2}]}', "application/json", "2"],
  ["data.id", "data[id]=acme", "application/x-www-form-urlencoded", "acme"],
  ["order.@id", '<order id="acme"/>', "text/xml", "acme"],
  ["header:X-Shop", "{}", "application/json", "acme.example"],
  ["header:x-none", "{}", "application/json", undefined],
  ["customer", '{"customer":{"id":1}}', "application/json", undefined],
  ["customer", '{"customer":true}', "application/json", undefined],
  ["customer", '{"customer":""}', "application/json", undefined],
  ["constructor.name", "{}", "application/json", undefined],
  ["customer", "plain", "text/plain", undefined],
  ["customer", `{"customer":"${"x".repeat(255)}"}`, "application/json", "x".repeat(255)],
  ["customer", `{"customer":"${"x".repeat(256)}"}`, "application/json", undefined],
  ["customer", '{"customer":"a\\u0000"}', "application/json", undefined],
])("the customer at %j of %j (%s) is %j", (customerAt, body, contentType, expected) => {
  const given = { body: Buffer.from(body), contentType, headers: { "x-shop": "acme.example" } };
  expect(eventOf({ customerAt }, given).customer).toBe(expected);
});

const HEADERS = {
  "x-github-event": "push",
  "x-hub-signature-256": "sha256=1",
  "x-shopify-hmac-sha256": "1",
  "x-acme-proof": "1",
  "x-acme-key": "1",
  authorization: "Bearer 1",
  cookie: "a=1",
  host: "hooks.example.com",
  connection: "close, X-Hop",
  "x-hop": "1",
  "posthorn-source": "stripe; verified=signature",
  "webhook-id": "forged",
  "content-length": "2",
  "x-odd": "grün",
};

test("the headers that the source names travel on, but no signature, credential or header of the connection", () => {
  const settings = {
    header: "X-Acme-Key",
    signature: { header: "X-Acme-Proof", algorithm: "sha256", encoding: "hex" },
  } as const;
  const event = eventOf({ provider: "hmac", forwardHeaders: Object.keys(HEADERS), settings }, { headers: HEADERS });
  expect(event.origin?.forwarded).toEqual([
    ["x-github-event", "push"],
    ["posthorn-source", expect.stringMatching(/^hmac; id=src_\w+; request=req_\w+; verified=signature$/)],
  ]);
});

test.each<[ProviderName, string]>([
  ["stripe", "signature"],
  ["jwt", "token"],
  ["mailchimp", "secret"],
  ["basic", "secret"],
  ["unsigned", "none"],
])("what %s sends is said to be verified by: %s", (provider, verified) => {
  expect(eventOf({ provider }).origin?.forwarded).toEqual([
    ["posthorn-source", expect.stringMatching(new RegExp(`^${provider}; .*verified=${verified}$`))],
  ]);
});

test("what a person accepted without a proof is not said to be verified by a signature", () => {
  const [[, said] = []] = eventOf({}, { proven: "person" }).origin?.forwarded ?? [];
  expect(said).toMatch(/verified=person$/);
});

test("an id that tells deliveries apart is the key; a weak one is joined by the body's hash", () => {
  const keyOf = (provider: ProviderName, reading: Part["reading"], body = "{}") =>
    eventOf({ provider }, { reading, body: Buffer.from(body) }).origin?.dedupeKey;
  expect(keyOf("stripe", { type: "a", id: "evt_1" })).toBe("evt_1");
  expect(keyOf("stripe", { type: "a", id: "evt_1" }, "[]")).toBe("evt_1");
  const weak = (body: string) => keyOf("woocommerce", { type: "a", id: "1", weak: true }, body);
  expect(weak("{}")).toBe(weak("{}"));
  expect(weak("{}")).not.toBe(weak("[]"));
  expect(keyOf("mailchimp", { type: "a", id: null })).toBe(keyOf("mailchimp", { type: "b", id: null }));
  expect(keyOf("mailchimp", { type: "a", id: null })).not.toBe(keyOf("mailchimp", { type: "a", id: null }, "[]"));
  expect(keyOf("unsigned", { type: "a", id: null })).toBeNull();
  expect(keyOf("stripe", { type: "a", id: "x".repeat(300) })).toMatch(/^[0-9a-f]{64}$/);
  expect(keyOf("stripe", { type: "a", id: "a\0" })).toMatch(/^[0-9a-f]{64}$/);
});

test("what comes by GET says everything in its query, and no secret of it", () => {
  const url = "https://hooks.example.com/in/t?From=%2B49&secret=hush&Body=a+b";
  const bytes = { body: Buffer.alloc(0), contentType: "application/octet-stream", url };
  const event = eventOf({ provider: "twilio" }, { ...bytes, method: "GET" });
  expect(event).toMatchObject({ contentType: "application/x-www-form-urlencoded" });
  expect(event.data.toString()).toBe("From=%2B49&Body=a+b");
  expect(eventOf({ provider: "twilio" }, { ...bytes, method: "POST" }).data).toHaveLength(0);
});
