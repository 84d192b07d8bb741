import { eq } from "drizzle-orm";
import { afterAll, afterEach, expect, test } from "vitest";
import { request, source } from "../../drizzle/schema/inbound.ts";
import { auditEntry } from "../../drizzle/schema/people.ts";
import { SYSTEM } from "../../lib/audit/record.ts";
import { db, hotSql } from "../../lib/db.ts";
import type { ProviderName } from "../../lib/providers/names.ts";
import { acceptAnyway, MAX_AGAIN, processAgain, reverify } from "../../lib/sources/accept-again.ts";
import { reverificationOf, reverifyAll, reverifySource, stepReverification } from "../../lib/sources/reverification.ts";
import { ReverifyRunner } from "../../lib/sources/reverify-runner.ts";
import { callOf, seal } from "../../lib/sources/sealed.ts";
import { testDatabase } from "../support/database.ts";
import { openDoor } from "../support/door.ts";
import { eventually } from "../support/eventually.ts";
import {
  addSourceSecret,
  aPosting,
  aSource,
  eventsFrom,
  PUBLIC_URL,
  requestsOf,
  send,
  type TestSource,
} from "../support/inbound.ts";
import { GENUINE } from "../support/provider-calls.ts";
import { aRefusedRequest } from "../support/requests.ts";
import { aWorkspace } from "../support/traffic.ts";
import { aWorkerProcess, type WorkerProcess } from "../support/worker.ts";

// What was refused for a wrong secret goes on, once that is put right, as if nothing had happened.

await testDatabase({ PUBLIC_URL });
const door = await openDoor();
const runners: ReverifyRunner[] = [];
const processes: WorkerProcess[] = [];
const stopAll = async () => {
  for (const { child } of processes.splice(0)) child.kill("SIGKILL");
  await Promise.all(runners.splice(0).map((runner) => runner.stop()));
};
afterEach(stopAll);
afterAll(stopAll);

const ADA = { id: "usr_ada", name: "Ada" };
/** Two cores may be busy with other things. */
const PATIENT = { withinMs: 40_000 };
const WRONG = "whsec_mistyped";
const RIGHT = "whsec_right";

function run(): void {
  const runner = new ReverifyRunner(hotSql());
  runner.start();
  runners.push(runner);
}

/** Puts the secret right, as its command does: the version goes up. */
async function correct(sourceId: string, secret = RIGHT): Promise<void> {
  await addSourceSecret(sourceId, secret);
  await hotSql()`update source set version = version + 1 where id = ${sourceId}`;
}

const stripeBody = (n: number) => JSON.stringify({ id: `evt_${n}`, type: "invoice.paid", n });

async function post(to: TestSource, body: string, secret = RIGHT): Promise<number> {
  return (await send(await aPosting(door, to, "stripe", { body, secret }))).status;
}

/** Posts that many calls which are all refused, twenty at a time. */
async function refusedCalls(to: TestSource, count: number): Promise<void> {
  for (let n = 0; n < count; n += 20) {
    const some = Array.from({ length: Math.min(20, count - n) }, (_, index) => post(to, stripeBody(n + index)));
    expect(new Set(await Promise.all(some))).toEqual(new Set([401]));
  }
}

/** The number that each payload carries, in the order of the events. */
async function numbersOf(sourceId: string): Promise<number[]> {
  return (await eventsFrom(sourceId)).map(({ payload }) => JSON.parse(payload.toString()).n);
}
async function arrivedNumbers(sourceId: string): Promise<number[]> {
  return (await requestsOf(sourceId)).map(({ body }) => JSON.parse(body?.toString() ?? "").n);
}

const open = async (sourceId: string) =>
  (await hotSql()<{ id: string }[]>`select id from reverification where source_id = ${sourceId}`).map(({ id }) => id);

test.each(Object.keys(GENUINE) as ProviderName[])(
  "a refused call of %s is an event after the secret is corrected, byte for byte, and its refusal stays told",
  async (provider) => {
    const workspaceId = await aWorkspace();
    const { secrets: [first, second] = ["", ""], settings } = GENUINE[provider] ?? {};
    const to = await aSource(workspaceId, { provider, settings, secrets: [second] });
    expect((await send(await aPosting(door, to, provider, { secret: first }))).status).toBe(401);
    const [refused] = await requestsOf(to.id);

    expect(await reverify(workspaceId, ADA, [refused?.id ?? ""])).toMatchObject({ accepted: 0, refused: 1 });
    await correct(to.id, first);
    expect(await reverify(workspaceId, ADA, [refused?.id ?? ""])).toMatchObject({ accepted: 1, refused: 0, failed: 0 });

    const [row] = await requestsOf(to.id);
    const [event] = await eventsFrom(to.id);
    expect(row).toMatchObject({
      verdict: "accepted",
      fault: { code: "mismatch" },
      acceptedBy: "usr_ada",
      sealed: null,
    });
    expect(row?.eventIds).toEqual([event?.id]);
    if (provider !== "mandrill") expect(event?.payload).toEqual(refused?.body);
    expect(await reverify(workspaceId, ADA, [refused?.id ?? ""])).toMatchObject({ accepted: 0, refused: 0 });
  },
);

test("1,000 refused for a wrong secret: one action makes 1,000 events, each once, in order of arrival", async () => {
  const workspaceId = await aWorkspace();
  const to = await aSource(workspaceId, { secrets: [WRONG] });
  await refusedCalls(to, 1_000);
  await correct(to.id);

  expect(await reverifyAll(workspaceId, ADA, to.id)).toEqual({ result: "started", total: 1_000 });
  // Pressed again, and two workers at it.
  await reverifyAll(workspaceId, ADA, to.id);
  run();
  run();
  await eventually(async () => (await reverificationOf(workspaceId, to.id))?.finishedAt != null, PATIENT);

  const numbers = await numbersOf(to.id);
  expect(numbers).toEqual(await arrivedNumbers(to.id));
  expect(new Set(numbers).size).toBe(1_000);
  expect(await reverificationOf(workspaceId, to.id)).toMatchObject({ total: 1_000, accepted: 1_000, refused: 0 });
  const [entry] = await db().select().from(auditEntry).where(eq(auditEntry.workspaceId, workspaceId)).limit(1);
  expect(entry).toMatchObject({ action: "source.reverified", actor: "usr_ada", detail: { requests: 1_000 } });
}, 60_000);

test("a worker that is killed in the middle leaves each request once, and the next worker does the rest", async () => {
  const workspaceId = await aWorkspace();
  const to = await aSource(workspaceId, { secrets: [WRONG] });
  await refusedCalls(to, 400);
  await correct(to.id);
  await reverifyAll(workspaceId, ADA, to.id);

  const worker = await aWorkerProcess();
  processes.push(worker);
  await eventually(async () => (await eventsFrom(to.id)).length > 0, PATIENT);
  worker.child.kill("SIGKILL");
  await worker.ended;
  const torn = await hotSql()`
    select from request r where source_id = ${to.id}
      and (verdict = 'accepted') <> (exists (select from event e where e.request_id = r.id))`;
  expect(torn).toHaveLength(0);
  run();
  await eventually(async () => (await reverificationOf(workspaceId, to.id))?.finishedAt != null, PATIENT);
  expect(await numbersOf(to.id)).toEqual(await arrivedNumbers(to.id));
  expect(await reverificationOf(workspaceId, to.id)).toMatchObject({ total: 400, accepted: 400, refused: 0 });
}, 90_000);

test("what proves nothing by the new secret either stays in quarantine, and is counted", async () => {
  const workspaceId = await aWorkspace();
  const to = await aSource(workspaceId, { secrets: [WRONG] });
  await refusedCalls(to, 3);
  expect(await post(to, stripeBody(99), "whsec_a_strangers")).toBe(401);
  await correct(to.id);
  await reverifyAll(workspaceId, ADA, to.id);
  run();
  await eventually(async () => (await reverificationOf(workspaceId, to.id))?.finishedAt != null);
  expect(await reverificationOf(workspaceId, to.id)).toMatchObject({ total: 4, accepted: 3, refused: 1 });
  expect((await requestsOf(to.id)).map(({ verdict }) => verdict)).toEqual([
    "accepted",
    "accepted",
    "accepted",
    "refused",
  ]);
  expect(await reverifyAll(workspaceId, ADA, to.id)).toEqual({ result: "started", total: 1 });
});

test("asked for again with a better secret while it runs, it begins at the oldest", async () => {
  const workspaceId = await aWorkspace();
  const to = await aSource(workspaceId, { secrets: [WRONG] });
  await refusedCalls(to, 120);
  await reverifyAll(workspaceId, ADA, to.id);
  const [first = ""] = await open(to.id);
  expect(await stepReverification(first)).toBe("moved");
  await correct(to.id);
  await reverifyAll(workspaceId, ADA, to.id);
  const [second = ""] = await open(to.id);
  expect(await stepReverification(first)).toBe("finished");
  while ((await stepReverification(second)) !== "finished");
  expect(await numbersOf(to.id)).toEqual(await arrivedNumbers(to.id));
});

test("what the provider has sent again in the meantime is a duplicate, not a second event", async () => {
  const workspaceId = await aWorkspace();
  const to = await aSource(workspaceId, { secrets: [WRONG] });
  await refusedCalls(to, 1);
  await post(to, stripeBody(0));
  await correct(to.id);
  expect(await post(to, stripeBody(0))).toBe(200);
  const ids = (await requestsOf(to.id)).map(({ id }) => id);

  expect(await reverify(workspaceId, ADA, ids)).toEqual({ accepted: 0, duplicates: 2, refused: 0, failed: 0 });
  const [event, ...others] = await eventsFrom(to.id);
  expect(others).toEqual([]);
  const [one, two] = await requestsOf(to.id);
  expect([one, two]).toMatchObject([
    { verdict: "duplicate", duplicateOf: event?.id },
    { verdict: "duplicate", duplicateOf: event?.id },
  ]);
});

test("pressed ten times at once, a request becomes one event", async () => {
  const workspaceId = await aWorkspace();
  const to = await aSource(workspaceId, { provider: "hmac", secrets: ["k"] });
  const body = Buffer.from("no id in it");
  const id = await aRefusedRequest(workspaceId, to.id, { body });
  const pressed = await Promise.all(Array.from({ length: 10 }, () => acceptAnyway(workspaceId, ADA, id)));
  expect(pressed.filter((result) => result === "accepted")).toHaveLength(1);
  expect(pressed.filter((result) => result === "not_found")).toHaveLength(9);
  const [event, ...others] = await eventsFrom(to.id);
  expect(others).toEqual([]);
  expect(event?.payload).toEqual(body);
  const entries = await db().select().from(auditEntry).where(eq(auditEntry.workspaceId, workspaceId));
  expect(entries.filter(({ action }) => action === "request.accepted_anyway")).toHaveLength(1);
});

test("a duplicate is processed again as an event of its own, once", async () => {
  const workspaceId = await aWorkspace();
  const to = await aSource(workspaceId, { secrets: [RIGHT] });
  expect(await post(to, stripeBody(7))).toBe(200);
  expect(await post(to, stripeBody(7))).toBe(200);
  const [, again] = await requestsOf(to.id);
  expect(again).toMatchObject({ verdict: "duplicate" });

  expect(await processAgain(workspaceId, ADA, again?.id ?? "")).toBe("accepted");
  expect(await processAgain(workspaceId, ADA, again?.id ?? "")).toBe("not_found");
  const events = await eventsFrom(to.id);
  expect(events.map(({ requestId }) => requestId)).toEqual((await requestsOf(to.id)).map(({ id }) => id));
  const [, row] = await requestsOf(to.id);
  expect(row).toMatchObject({ verdict: "accepted", duplicateOf: events[0]?.id, eventIds: [events[1]?.id] });
  // It takes no key: the next repetition is still one of the first.
  expect(await post(to, stripeBody(7))).toBe(200);
  expect((await requestsOf(to.id)).at(-1)).toMatchObject({ verdict: "duplicate", duplicateOf: events[0]?.id });
});

test("the clock is the one of the day it came: a secret that is corrected later still verifies it", async () => {
  const workspaceId = await aWorkspace();
  const to = await aSource(workspaceId, { secrets: [RIGHT] });
  const at = new Date(Date.now() - 600_000);
  const id = (await import("uuidv7")).uuidv7obj().toString();
  const old = at.getTime().toString(16).padStart(12, "0");
  const oldId = `${old.slice(0, 8)}-${old.slice(8)}${id.slice(13)}`;
  const { headers, body } = await aPosting(door, to, "stripe", { secret: RIGHT, at });
  const head = { target: to.path, headers: Object.entries(headers) };
  const bytes = Buffer.from(String(body));
  expect(callOf(oldId, "POST", head, bytes).receivedAt.getTime()).toBe(at.getTime());
  await aRefusedRequest(workspaceId, to.id, { id: oldId, body: bytes, sealed: seal(oldId, head) });
  expect(await reverify(workspaceId, ADA, [oldId])).toMatchObject({ accepted: 1 });
  const [event] = await eventsFrom(to.id);
  expect(event?.occurredAt).toEqual(at);
});

test("one that came from outside the ranges is let in once its range is added, also while the source is paused", async () => {
  const workspaceId = await aWorkspace();
  const to = await aSource(workspaceId, { secrets: [RIGHT], allowCidrs: ["198.51.100.0/24"] });
  expect(await post(to, stripeBody(1))).toBe(403);
  const [row] = await requestsOf(to.id);
  expect(await reverify(workspaceId, ADA, [row?.id ?? ""])).toMatchObject({ refused: 1 });
  await db()
    .update(source)
    .set({ allowCidrs: ["127.0.0.0/8", "::1/128"], status: "paused", version: 2 })
    .where(eq(source.id, to.id));
  expect(await reverify(workspaceId, ADA, [row?.id ?? ""])).toMatchObject({ accepted: 1 });
});

test("a handshake that was refused becomes no event", async () => {
  const workspaceId = await aWorkspace();
  const to = await aSource(workspaceId, { provider: "slack", secrets: ["wrong"] });
  const body = JSON.stringify({ type: "url_verification", challenge: "c" });
  expect((await send(await aPosting(door, to, "slack", { body, secret: "right" }))).status).toBe(401);
  await correct(to.id, "right");
  const [row] = await requestsOf(to.id);
  expect(await reverify(workspaceId, ADA, [row?.id ?? ""])).toMatchObject({ accepted: 1 });
  expect((await requestsOf(to.id))[0]).toMatchObject({ verdict: "handshake", eventIds: [] });
  expect(await eventsFrom(to.id)).toEqual([]);
});

test("a stranger's request, and one of a source that is gone, are not found and stay as they are", async () => {
  const workspaceId = await aWorkspace();
  const to = await aSource(workspaceId, { secrets: [WRONG] });
  await refusedCalls(to, 1);
  await correct(to.id);
  const [row] = await requestsOf(to.id);
  const id = row?.id ?? "";
  const stranger = await aWorkspace();
  expect(await reverify(stranger, SYSTEM, [id])).toEqual({ accepted: 0, duplicates: 0, refused: 0, failed: 0 });
  expect(await acceptAnyway(stranger, SYSTEM, id)).toBe("not_found");
  expect(await processAgain(stranger, SYSTEM, id)).toBe("not_found");
  expect(await reverifyAll(stranger, SYSTEM, to.id)).toEqual({ result: "not_found" });
  expect(await reverificationOf(stranger, to.id)).toBeNull();
  await db().update(source).set({ deletedAt: new Date() }).where(eq(source.id, to.id));
  expect(await reverify(workspaceId, ADA, [id])).toMatchObject({ accepted: 0 });
  expect(await reverifyAll(workspaceId, ADA, to.id)).toEqual({ result: "not_found" });
  const [same] = await db().select().from(request).where(eq(request.id, id));
  expect(same).toEqual(row);
});

test("a source without anything in quarantine has nothing to look at again", async () => {
  const workspaceId = await aWorkspace();
  const to = await aSource(workspaceId, { secrets: [RIGHT] });
  expect(await reverifyAll(workspaceId, ADA, to.id)).toEqual({ result: "nothing" });
  expect(await open(to.id)).toEqual([]);
  expect(MAX_AGAIN).toBe(200);
});

test("to a stranger a source with little in quarantine does not exist either", async () => {
  const workspaceId = await aWorkspace();
  const source = await aSource(workspaceId, { secrets: [RIGHT] });
  await aRefusedRequest(workspaceId, source.id);
  expect(await reverifySource(await aWorkspace(), ADA, source.id)).toEqual({ result: "not_found" });
  expect(await reverifySource(workspaceId, ADA, source.id)).toMatchObject({ result: "done", refused: 1 });
});

test("what a person let through is never said to be signed, though it is processed again", async () => {
  const workspaceId = await aWorkspace();
  const source = await aSource(workspaceId, { secrets: [RIGHT] });
  const body = JSON.stringify({ id: "evt_1", type: "invoice.paid" });
  for (const secret of [RIGHT, WRONG]) await send(await aPosting(door, source, "stripe", { secret, body }));
  const forged = (await requestsOf(source.id)).find(({ verdict }) => verdict === "refused")?.id ?? "";
  expect(await acceptAnyway(workspaceId, ADA, forged)).toBe("duplicate");
  expect(await processAgain(workspaceId, ADA, forged)).toBe("accepted");
  const said = (await eventsFrom(source.id)).map(({ forwarded }) =>
    forwarded?.find(([name]) => name === "posthorn-source"),
  );
  expect(said.map((header) => /verified=(\w+)/.exec(header?.[1] ?? "")?.[1])).toEqual(["signature", "person"]);
});

test("a source whose requests cannot be read any more holds up no other", async () => {
  const workspaceId = await aWorkspace();
  const [broken, whole] = [await aSource(workspaceId), await aSource(workspaceId)];
  await aRefusedRequest(workspaceId, broken.id, { sealed: Buffer.from("not what was sealed") });
  await send(await aPosting(door, whole, "stripe", { secret: RIGHT }));
  await correct(whole.id);
  for (const { id } of [broken, whole]) await reverifyAll(workspaceId, ADA, id);
  run();
  await eventually(async () => (await eventsFrom(whole.id)).length === 1, PATIENT);
  expect(await eventsFrom(broken.id)).toEqual([]);
});
