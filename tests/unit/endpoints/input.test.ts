import { expect, test } from "vitest";
import { z } from "zod";
import { type EndpointInput, endpointInput, endpointPatch } from "../../../lib/endpoints/input.ts";
import { isReservedHeader, MASK } from "../../../lib/endpoints/reserved-headers.ts";
import { MAX_CODE_LENGTH } from "../../../lib/transformations/code.ts";
import { formFields } from "../../../lib/web/form-fields.ts";

process.env.HOST = "0.0.0.0";
const url = "https://example.com/hooks";

function parse(fields: Record<string, unknown>): EndpointInput {
  return endpointInput.parse({ url, ...fields });
}

function problems(fields: Record<string, unknown>): string[] {
  const parsed = endpointInput.safeParse({ url, ...fields });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

function fromForm(fields: [string, string][]) {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return endpointInput.safeParse(formFields(form, endpointInput));
}

test("only the URL is required", () => {
  expect(parse({})).toEqual({
    url,
    description: "",
    customer: null,
    subscriptions: [],
    headers: [],
    timeoutSeconds: 15,
    retrySchedule: null,
    expectedStatuses: [],
    format: "envelope",
    method: "POST",
    maxAgeSeconds: null,
    rateLimit: null,
    rateBurst: null,
    maxInFlight: null,
    ordering: "best_effort",
    batchSize: null,
    batchSeconds: null,
    filter: null,
    transformation: null,
    authentication: null,
    clientCertificate: null,
    signature: "hmac",
  });
});

test("the API's form and the browser's form say the same", () => {
  const expected = parse({
    description: "Orders",
    customer: "acme",
    subscriptions: ["order.*", "invoice.paid"],
    headers: { "X-Key": "abc", Authorization: "Bearer t" },
    timeoutSeconds: 30,
    retrySchedule: [5, 300, 7_200],
    expectedStatuses: [200, 202],
    format: "raw",
  });
  const form = fromForm([
    ["url", ` ${url} `],
    ["description", "Orders"],
    ["customer", "acme"],
    ["subscriptions", "order.*\ninvoice.paid\norder.*"],
    ["headers.name", "X-Key"],
    ["headers.value", "abc"],
    ["headers.name", "Authorization"],
    ["headers.value", "Bearer t"],
    ["headers.name", ""],
    ["headers.value", ""],
    ["timeoutSeconds", "30"],
    ["retrySchedule", "5s, 5m 2h"],
    ["expectedStatuses", "200, 202"],
    ["format", "raw"],
  ]);
  expect(form.data).toEqual(expected);
});

test("repeated fields and one text of lines are the same subscriptions", () => {
  const repeated = fromForm([
    ["url", url],
    ["subscriptions", "a.b"],
    ["subscriptions", "c.*"],
  ]);
  expect(repeated.data?.subscriptions).toEqual(["a.b", "c.*"]);
});

test.each([
  ["", null],
  ["none", []],
  ["30", [30]],
  ["1d,2h", [86_400, 7_200]],
])("the schedule typed as %j is %j", (text, expected) => {
  expect(
    fromForm([
      ["url", url],
      ["retrySchedule", text],
    ]).data?.retrySchedule,
  ).toEqual(expected);
});

test("an emptied schedule in the edit form goes back to the default; one left out stays", () => {
  const form = new FormData();
  expect(endpointPatch.parse(formFields(form, endpointPatch))).not.toHaveProperty("retrySchedule");
  form.append("retrySchedule", "");
  expect(endpointPatch.parse(formFields(form, endpointPatch))).toMatchObject({ retrySchedule: null });
});

test.each([
  ["url", { url: "" }],
  ["url", { url: "ftp://example.com" }],
  ["url", { url: "https://user:secret@example.com" }],
  ["url", { url: "http://127.0.0.1/hooks" }],
  ["url", { url: "http://receiver.posthorn.internal/ok" }],
  ["url", { url: `https://example.com/${"x".repeat(2_048)}` }],
  ["url", { url: 3 }],
  ["subscriptions.0", { subscriptions: ["order!"] }],
  ["subscriptions.0", { subscriptions: ["*"] }],
  ["subscriptions.0", { subscriptions: ["order.*.x"] }],
  ["subscriptions.0", { subscriptions: [3] }],
  ["headers.0.name", { headers: { "webhook-id": "x" } }],
  ["headers.0.name", { headers: { HOST: "x" } }],
  ["headers.0.name", { headers: { "bad name": "x" } }],
  ["headers.0.name", { headers: { näme: "x" } }],
  ["headers.0.value", { headers: { "x-a": "a\r\nx-b: c" } }],
  ["headers.0.value", { headers: { "x-a": "é" } }],
  ["headers.0.value", { headers: { "x-a": "x".repeat(5_000) } }],
  ["headers.0.value", { headers: { "x-a": 3 } }],
  ["headers", { headers: { "x-a": "1", "X-A": "2" } }],
  ["headers", { headers: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`x-${n}`, "1"])) }],
  ["timeoutSeconds", { timeoutSeconds: 0 }],
  ["timeoutSeconds", { timeoutSeconds: 61 }],
  ["timeoutSeconds", { timeoutSeconds: 1.5 }],
  ["timeoutSeconds", { timeoutSeconds: "15" }],
  ["retrySchedule", { retrySchedule: "soon" }],
  ["retrySchedule.0", { retrySchedule: [0] }],
  ["retrySchedule.0", { retrySchedule: [604_801] }],
  ["retrySchedule", { retrySchedule: Array.from({ length: 21 }, () => 1) }],
  ["expectedStatuses.0", { expectedStatuses: [99] }],
  ["expectedStatuses.0", { expectedStatuses: ["ok"] }],
  ["format", { format: "yaml" }],
  ["customer", { customer: "" }],
])("%s refuses %j", (path, fields) => {
  expect(problems(fields)).toEqual([expect.stringMatching(new RegExp(`^${path.replaceAll(".", "\\.")}: .`))]);
});

test.each(["filter", "method", "rateLimit", "maxInFlight", "ordering", "builtIn", "status"])(
  "%s, which nothing honours yet, is refused instead of ignored",
  (field) => expect(problems({ [field]: "x" })).toHaveLength(1),
);

test.each([
  "Host",
  "content-length",
  "Transfer-Encoding",
  "connection",
  "Webhook-Signature",
  "webhook-id",
  "User-Agent",
])("%s belongs to Posthorn", (name) => expect(isReservedHeader(name)).toBe(true));

test.each(["Authorization", "X-Api-Key", "Cookie", "x-webhook"])("%s is the endpoint's own to set", (name) => {
  expect(problems({ headers: { [name]: "value" } })).toEqual([]);
});

test("a masked value passes, for the command to put the stored one in its place", () => {
  expect(parse({ headers: { "x-key": MASK } }).headers).toEqual([{ name: "x-key", value: MASK }]);
});

test.each([
  [{ maxInFlight: 0 }, "Give at least 1, or nothing"],
  [{ maxInFlight: "1.5" }, "Give a whole number, or nothing"],
  [{ batchSize: 1 }, "Give at least 2, or nothing"],
  [{ batchSize: 501 }, "Give at most 500, or nothing"],
  [{ rateLimit: 10_001 }, "At most 10000 per second"],
  [{ rateLimit: "fast" }, "Give a number, or nothing"],
  [{ timeoutSeconds: 0 }, "A delivery may take at least a second"],
])("a number out of its range is told the range: %j", (fields, message) => {
  const { error } = endpointInput.safeParse({ url: "https://api.acme.io/hooks", ...fields });
  expect(error?.issues.map((issue) => issue.message)).toEqual([message]);
});

test("every field can be described to the API's users", () => {
  expect(Object.keys(z.toJSONSchema(endpointInput, { io: "input" }).properties ?? {})).toHaveLength(22);
});

test("a filter is an object from the API and a text from a form, and empty means none", () => {
  expect(parse({ filter: { amount: { $gt: 1 } } }).filter).toBe('{"amount":{"$gt":1}}');
  expect(parse({ filter: ' {"amount": 1}\n' }).filter).toBe('{"amount": 1}');
  expect(parse({ filter: "  " }).filter).toBeNull();
  for (const filter of [5, true, [], {}, "amount > 5"]) {
    expect(endpointInput.safeParse({ url, filter }).success, JSON.stringify(filter)).toBe(false);
  }
});

test("a transformation is JavaScript with a function transform; it is parsed when it is saved, and not run", () => {
  const problemOf = (transformation: unknown) =>
    endpointInput
      .safeParse({ url, transformation })
      .error?.issues.map(({ message }) => message)
      .join();
  expect(parse({ transformation: " function transform(event) { return event }\n" }).transformation).toMatch(
    /^function/,
  );
  expect(parse({ transformation: "" }).transformation).toBeNull();
  expect(problemOf("function transform(event) {\n  return {;\n}")).toMatch(/not JavaScript: .*\(line 2\)/);
  expect(problemOf("return 1")).toMatch(/not JavaScript/);
  expect(problemOf("const x = 1")).toMatch(/Define a function named transform/);
  const padded = (length: number) => "function transform(e){return e}".padEnd(length, ";");
  expect(problemOf(padded(MAX_CODE_LENGTH))).toBeUndefined();
  expect(problemOf(padded(MAX_CODE_LENGTH + 1))).toMatch(/at most 32768 characters/);
  expect(problemOf(`function transform(){${"(".repeat(30_000)}}`)).toMatch(/not JavaScript/);
});
