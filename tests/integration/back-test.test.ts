import { afterAll, beforeEach, expect, test } from "vitest";
import { backTest } from "../../lib/back-test/back-test.ts";
import { backTestForm, backTestFromForm, backTestInput, MAX_BACK_TEST_EVENTS } from "../../lib/back-test/input.ts";
import { formatId } from "../../lib/ids.ts";
import { closeTransformations } from "../../lib/transformations/pool.ts";
import { formFields } from "../../lib/web/form-fields.ts";
import { anApiClient } from "../support/api.ts";
import { aType } from "../support/configuration.ts";
import { testDatabase } from "../support/database.ts";
import { anEvent, aWorkspace } from "../support/traffic.ts";

await testDatabase();
afterAll(() => closeTransformations());
let workspaceId = "";
beforeEach(async () => {
  workspaceId = await aWorkspace();
});

const order = (data: unknown, values: Parameters<typeof anEvent>[1] = {}) =>
  anEvent(workspaceId, { payload: Buffer.from(JSON.stringify(data)), ...values });
const tried = (asked: object) => backTest(workspaceId, backTestInput.parse(asked));

test("each recent event says whether the filter wants it, the newest first, and why not", async () => {
  const small = await order({ amount: 5 });
  const large = await order({ amount: 500 });
  const { events, matched } = await tried({ filter: { amount: { $gte: 100 } } });
  expect(matched).toBe(1);
  expect(events).toMatchObject([
    { id: formatId("evt", large), type: "order.created", matches: true, reason: null, transformation: null },
    { id: formatId("evt", small), matches: false, reason: 'Filtered out: amount does not match {"$gte":100}' },
  ]);
});

test("only real events of the subscribed types and the customer are tried", async () => {
  for (const name of ["order.created", "order.paid", "user.created"]) await aType(workspaceId, name);
  const paid = await order({}, { type: "order.paid", customer: "acme" });
  const created = await order({}, { type: "order.created" });
  const user = await order({}, { type: "user.created" });
  await order({}, { type: "order.created", test: true });
  await anEvent(await aWorkspace(), { type: "order.created" });
  const ids = async (asked: object) => (await tried(asked)).events.map(({ id }) => id);
  const outside = (...all: string[]) => all.map((id) => formatId("evt", id));
  expect(await ids({})).toEqual(outside(user, created, paid));
  expect(await ids({ subscriptions: ["order.*"] })).toEqual(outside(created, paid));
  expect(await ids({ customer: "acme" })).toEqual(outside(paid));
  expect(await ids({ subscriptions: ["order.lost"] })).toEqual([]);
});

test("the newest fifty are tried, or as many as are asked for", async () => {
  for (let n = 0; n < MAX_BACK_TEST_EVENTS + 3; n++) await order({ n });
  expect((await tried({})).events).toHaveLength(MAX_BACK_TEST_EVENTS);
  expect((await tried({ limit: 3 })).events).toHaveLength(3);
  expect(backTestInput.safeParse({ limit: MAX_BACK_TEST_EVENTS + 1 }).success).toBe(false);
});

test("a transformation shows what it changes in each event, drops, or where it fails", async () => {
  for (const data of [{ n: 1, keep: "a" }, { n: 2 }, { n: 3 }, { n: 4 }]) await order(data);
  const transformation = `function transform({ data }) {
    if (data.n === 2) return null;
    if (data.n === 3) return data.missing.field;
    return data.n === 4 ? { data } : { type: "order.doubled", data: { ...data, n: data.n * 2 } };
  }`;
  const { events } = await tried({ transformation });
  const [unchanged, failed, dropped, changed] = events.map((event) => event.transformation);
  expect(unchanged).toMatchObject({ result: "unchanged", difference: { lines: [], cut: false } });
  expect(failed).toMatchObject({ result: "failed", problem: expect.stringMatching(/^TypeError.*\(line 3\)$/) });
  expect(dropped).toEqual({ result: "dropped", problem: null, difference: null });
  expect(changed?.difference?.lines.filter(({ sign }) => sign !== " ")).toEqual([
    { sign: "-", text: '  "type": "order.created",' },
    { sign: "+", text: '  "type": "order.doubled",' },
    { sign: "-", text: '    "n": 1,' },
    { sign: "+", text: '    "n": 2,' },
  ]);
});

test("the transformation is tried only on what the filter wants", async () => {
  await order({ n: 1 });
  const { events } = await tried({ filter: { n: 2 }, transformation: "function transform() { throw 1 }" });
  expect(events).toMatchObject([{ matches: false, transformation: null }]);
});

test("code that never ends does not make a back-test endless", async () => {
  for (let n = 0; n < 30; n++) await order({ n });
  const began = performance.now();
  const { events } = await tried({ transformation: "function transform() { while (true); }" });
  expect(performance.now() - began).toBeLessThan(20_000);
  const results = new Set(events.map(({ transformation }) => transformation?.result));
  expect([...results].toSorted()).toEqual(["failed", "not_run"]);
});

test("large events and large differences are bounded", async () => {
  await order({ text: "x".repeat(300_000) });
  await order(Array.from({ length: 3_000 }, (_, n) => n));
  const { events } = await tried({
    transformation: "function transform({ data }) { return { data: data.reverse() } }",
  });
  expect(events).toHaveLength(1);
  expect(events[0]?.transformation?.difference?.cut).toBe(true);
  expect(JSON.stringify(events).length).toBeLessThan(20_000);
});

test("the API tries what it is given, and refuses a filter or code that could not be saved", async () => {
  await order({ amount: 5 });
  const api = await anApiClient(workspaceId);
  const { status, body } = await api("POST", "/endpoints/back-test", { filter: { amount: 5 } });
  expect([status, body.matched, body.events.length]).toEqual([200, 1, 1]);
  const refused = await api("POST", "/endpoints/back-test", { filter: { $where: "1" }, transformation: "x" });
  expect([refused.status, refused.body.errors.map(({ path }: { path: string }) => path)]).toEqual([
    422,
    ["filter", "transformation"],
  ]);
  const ingestOnly = await anApiClient(workspaceId, ["ingest"]);
  expect((await ingestOnly("POST", "/endpoints/back-test", {})).status).toBe(403);
});

test("the endpoint's form is read as far as it matters", async () => {
  const form = new FormData();
  for (const [name, value] of [
    ["url", "not even a URL"],
    ["events", "chosen"],
    ["subscriptions", "order.created"],
    ["patterns", "user.*"],
    ["customer", ""],
    ["filter", '{"amount": 5}'],
    ["transformation", ""],
  ] as const) {
    form.append(name, value);
  }
  expect(backTestFromForm(backTestForm.parse(formFields(form, backTestForm)))).toEqual({
    subscriptions: ["order.created", "user.*"],
    customer: null,
    filter: '{"amount": 5}',
    transformation: null,
    limit: MAX_BACK_TEST_EVENTS,
  });
});

test("an event whose type only mentions JSON is not taken for JSON", async () => {
  await order({}, { contentType: "text/plain; about=/json", payload: Buffer.from('1,"also":2') });
  const { events } = await tried({ transformation: "function transform({ data }) { return { data }; }" });
  expect(events).toMatchObject([
    { transformation: { result: "failed", problem: expect.stringContaining("only JSON") } },
  ]);
});
