import { and, desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { template, trialCall } from "../../drizzle/schema/console.ts";
import { auditEntry } from "../../drizzle/schema/people.ts";
import { attempt, delivery, deliveryStat, event } from "../../drizzle/schema/traffic.ts";
import { SYSTEM } from "../../lib/audit/record.ts";
import { db } from "../../lib/db.ts";
import { createEndpoint, pauseEndpoint } from "../../lib/endpoints/commands.ts";
import { endpointInput } from "../../lib/endpoints/input.ts";
import { createEventType } from "../../lib/event-types/commands.ts";
import { eventTypeInput } from "../../lib/event-types/input.ts";
import { formatId, newId } from "../../lib/ids.ts";
import { exampleOf } from "../../lib/playground/examples.ts";
import { type TrialInput, templateInput, trialInput } from "../../lib/playground/input.ts";
import { lintPayload } from "../../lib/playground/lint-payload.ts";
import { sendTrials } from "../../lib/playground/send-trials.ts";
import {
  deleteTemplate,
  findTemplate,
  keepTemplate,
  listTemplates,
  MOST_TEMPLATES,
} from "../../lib/playground/templates.ts";
import { findTrials, keepTrial, listTrials, MOST_TRIALS_KEPT } from "../../lib/playground/trials.ts";
import { aType } from "../support/configuration.ts";
import { testDatabase } from "../support/database.ts";
import { verifies } from "../support/journey.ts";
import { type FaultReceiver, faultReceiver } from "../support/receiver.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase({ HOST: "127.0.0.1" });

let receiver: FaultReceiver;
let workspace: { id: string; slug: string };
beforeAll(async () => {
  receiver = await faultReceiver();
});
beforeEach(async () => {
  workspace = { id: await aWorkspace(), slug: "acme" };
  receiver.calls.length = 0;
});
afterAll(() => receiver.close());

const USUAL = { type: "order.created", payload: '{"total": 1E2}' };
const input = (values: Partial<TrialInput>) => trialInput.parse({ ...USUAL, ...values });

async function anOwnEndpoint(values: Record<string, unknown> = {}): Promise<string> {
  const whole = endpointInput.parse({ url: `${receiver.url}/ok`, ...values });
  const created = await createEndpoint(workspace.id, whole, SYSTEM);
  if (created.result !== "created") throw new Error(created.result);
  return created.id;
}

async function sent(values: Partial<TrialInput>) {
  const result = await sendTrials(workspace, input(values), SYSTEM);
  if (result.result !== "sent") throw new Error(result.why);
  return findTrials(workspace.id, result.ids);
}

test("to an endpoint it goes as a delivery would: formatted, transformed, signed, and counted nowhere", async () => {
  const transformation = "function transform({ data }) { return { data: { sum: data.total } } }";
  const id = await anOwnEndpoint({ format: "raw", transformation, headers: { "x-api-key": "sesame" } });
  const [trial] = await sent({ target: "endpoint", endpoint: formatId("ep", id) });
  expect(trial).toMatchObject({
    outcome: "success",
    statusCode: 200,
    endpointId: id,
    asked: { payload: USUAL.payload },
  });
  expect(JSON.parse(receiver.calls[0]?.body.toString() ?? "")).toEqual({ sum: 100 });
  expect(receiver.calls[0]?.headers["x-api-key"]).toBe("sesame");
  expect(trial?.request?.headers).toContainEqual(["x-api-key", "••••••"]);
  for (const table of [event, delivery, attempt, deliveryStat]) expect(await db().$count(table)).toBe(0);
});

test("a transformation that drops the event is told, and nothing is sent", async () => {
  const id = await anOwnEndpoint({ transformation: "function transform() { return null }" });
  const [trial] = await sent({ target: "endpoint", endpoint: formatId("ep", id) });
  expect(trial).toMatchObject({
    outcome: "cancelled",
    request: null,
    answer: { detail: expect.stringContaining("Dropped") },
  });
  expect(receiver.calls).toEqual([]);
});

test("to all that would get it: by type, filter and customer, paused or not", async () => {
  await aType(workspace.id, "order.created");
  const wanting = [
    await anOwnEndpoint({ subscriptions: ["order.*"] }),
    await anOwnEndpoint({ filter: { total: { $gte: 100 } } }),
    await anOwnEndpoint(),
  ];
  await anOwnEndpoint({ subscriptions: ["invoice.*"] });
  await anOwnEndpoint({ filter: { total: { $gte: 101 } } });
  await anOwnEndpoint({ customer: "acme" });
  await pauseEndpoint(workspace.id, wanting[2] ?? "", SYSTEM);
  const trials = await sent({ target: "subscribers" });
  expect(trials.map(({ endpointId }) => endpointId).sort()).toEqual(wanting.sort());
  expect(receiver.calls).toHaveLength(3);
});

test("when nobody would get it, or more than ten, nothing is sent and the form says so", async () => {
  const subscribers = () => sendTrials(workspace, input({ target: "subscribers" }), SYSTEM);
  expect(await subscribers()).toMatchObject({
    result: "refused",
    field: "target",
    why: expect.stringContaining("No endpoint"),
  });
  for (let one = 0; one < 11; one++) await anOwnEndpoint();
  expect(await subscribers()).toMatchObject({ result: "refused", why: expect.stringContaining("11 endpoints") });
  expect(receiver.calls).toEqual([]);
});

test("to a URL it is signed with the secret that was typed in, which is kept nowhere", async () => {
  const secret = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;
  const [trial] = await sent({ target: "url", url: `${receiver.url}/ok?token=abcdef`, secret });
  const [call] = receiver.calls;
  expect(call && verifies(secret, call)).toBe(true);
  expect(trial).toMatchObject({ endpointId: null, url: `${receiver.url}/ok?token=••••••••` });
  const rows = JSON.stringify(await db().select().from(trialCall));
  for (const text of [secret, secret.replace("whsec_", ""), "abcdef"]) expect(rows).not.toContain(text);
});

test.each([
  [{ target: "url", url: "http://169.254.169.254/" }, "not a public address"],
  [{ target: "url", url: "http://receiver.posthorn.internal/x" }, "reserved"],
  [{ target: "url", url: "" }, "Give the URL"],
  [{ target: "url", url: "https://a.example", secret: "short" }, "base64 of 16 to 64 bytes"],
  [{ target: "endpoint", endpoint: "nothing" }, "Choose an endpoint"],
  [{ payload: "{" }, "not JSON"],
  [{ payload: `"${"x".repeat(65_535)}"` }, "at most 64 KiB"],
])("%j is refused: %s", (values, message) => {
  const parsed = trialInput.safeParse({ ...USUAL, target: "url", url: "https://a.example", ...values });
  expect(parsed.error?.issues.map((issue) => issue.message).join()).toContain(message);
});

test("a payload of exactly 64 KiB may be sent", () => {
  const payload = `"${"x".repeat(65_534)}"`;
  expect(trialInput.safeParse({ ...USUAL, payload, target: "url", url: "https://a.example" }).success).toBe(true);
});

test("strangers see no trial, and cannot send through an endpoint that is not theirs", async () => {
  const id = await anOwnEndpoint();
  const [trial] = await sent({ target: "endpoint", endpoint: formatId("ep", id) });
  const stranger = { id: await aWorkspace(), slug: "stranger" };
  expect(await findTrials(stranger.id, [trial?.id ?? ""])).toEqual([]);
  expect((await listTrials(stranger.id)).trials).toEqual([]);
  const through = input({ target: "endpoint", endpoint: formatId("ep", id) });
  expect(await sendTrials(stranger, through, SYSTEM)).toMatchObject({ result: "refused", field: "endpoint" });
  expect(receiver.calls).toHaveLength(1);
});

test(`the newest ${MOST_TRIALS_KEPT} of a workspace are kept, listed page by page`, async () => {
  const asked = { target: "url" as const, eventType: "a", payload: "{}", endpointId: null, url: "https://a.example" };
  const [first] = await sent({ target: "url", url: `${receiver.url}/ok` });
  const result = JSON.stringify(first?.answer);
  const rows = Array.from({ length: MOST_TRIALS_KEPT }, () => ({
    ...{ id: newId(), workspaceId: workspace.id, url: "u", eventType: "a", actor: "system", actorName: "Posthorn" },
    ...{ request: { asked, sent: null }, result: JSON.parse(result), outcome: "success" },
  }));
  await db().insert(trialCall).values(rows);
  if (!first) throw new Error("no trial");
  await keepTrial(workspace.id, asked, { startedAt: new Date(), request: null, answer: first.answer }, SYSTEM);
  expect(await db().$count(trialCall, eq(trialCall.workspaceId, workspace.id))).toBe(MOST_TRIALS_KEPT);
  expect(await findTrials(workspace.id, [first.id])).toEqual([]);
  const page = await listTrials(workspace.id);
  const next = await listTrials(workspace.id, page.older);
  expect([page.trials.length, next.trials.length]).toEqual([20, 20]);
  expect((page.trials.at(-1)?.id ?? "") > (next.trials[0]?.id ?? "")).toBe(true);
});

const named = (templateName: string) => templateInput.parse({ ...USUAL, templateName });

test("a template is the team's: kept once per name, replaced, deleted, on record", async () => {
  const keep = (name: string, payload = "{}") => keepTemplate(workspace.id, { ...named(name), payload }, null, SYSTEM);
  const first = await keep("Big order");
  const again = await keep("Big order", '{"total":2}');
  expect(again).toEqual(first);
  const id = first.result === "kept" ? first.id : "";
  expect(await findTemplate(workspace.id, id)).toMatchObject({ name: "Big order", payload: '{"total":2}' });
  expect(await findTemplate(await aWorkspace(), id)).toBeNull();
  expect(await deleteTemplate(await aWorkspace(), id, SYSTEM)).toBe(false);
  expect(await deleteTemplate(workspace.id, id, SYSTEM)).toBe(true);
  expect(await listTemplates(workspace.id)).toEqual([]);
  const entries = await db()
    .select({ action: auditEntry.action })
    .from(auditEntry)
    .where(and(eq(auditEntry.workspaceId, workspace.id)))
    .orderBy(desc(auditEntry.id));
  expect(entries.map(({ action }) => action)).toEqual(["template.deleted", "template.changed", "template.created"]);
});

test(`a workspace has at most ${MOST_TEMPLATES} templates`, async () => {
  const rows = Array.from({ length: MOST_TEMPLATES - 1 }, (_, n) => ({
    ...{ id: newId(), workspaceId: workspace.id, name: `n${n}`, eventType: "a", payload: "{}" },
  }));
  await db().insert(template).values(rows);
  expect(await keepTemplate(workspace.id, named("last"), null, SYSTEM)).toMatchObject({ result: "kept" });
  expect(await keepTemplate(workspace.id, named("one more"), null, SYSTEM)).toEqual({
    result: "limit",
    limit: MOST_TEMPLATES,
  });
});

const SCHEMA = JSON.stringify({
  type: "object",
  required: ["order"],
  properties: { order: { type: "object", properties: { total: { type: "number", minimum: 0 } }, required: ["total"] } },
});

test("a payload is held against its type's schema, with line and path, and random examples pass it", async () => {
  const type = eventTypeInput.parse({ name: "order.created", schema: SCHEMA, example: '{"order":{"total":1}}' });
  await createEventType(workspace.id, type, SYSTEM);
  const wrong = '{\n  "order": {\n    "total": "many"\n  }\n}';
  expect(await lintPayload(workspace.id, "order.created", wrong)).toEqual([
    { line: 3, column: expect.any(Number), message: "/order/total must be number" },
  ]);
  expect(await lintPayload(workspace.id, "order.created", "{")).toEqual([]);
  expect(await lintPayload(workspace.id, "no.such.type", wrong)).toEqual([]);
  const random = await exampleOf(workspace.id, "order.created", "random");
  expect(random.ok && (await lintPayload(workspace.id, "order.created", random.text))).toEqual([]);
  expect(await exampleOf(workspace.id, "order.created", "example")).toEqual({
    ok: true,
    text: '{"order":{"total":1}}',
  });
  expect(await exampleOf(workspace.id, "no.such.type", "random")).toMatchObject({ ok: false });
});
