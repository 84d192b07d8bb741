import { afterEach, expect, test } from "vitest";
import { SYSTEM } from "../../lib/audit/record.ts";
import type { Send } from "../../lib/delivery/send.ts";
import { createEventType, updateEventType } from "../../lib/event-types/commands.ts";
import { eventTypeInput } from "../../lib/event-types/input.ts";
import { findEventType } from "../../lib/event-types/queries.ts";
import { findDelivery } from "../../lib/reports/delivery.ts";
import { failed } from "../support/calls.ts";
import { testDatabase } from "../support/database.ts";
import * as make from "../support/deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase();
const workers: make.TestWorker[] = [];
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop(0);
});

const fails: Send = async () => failed(500);

/** What a failed first attempt of each leaves: the wait in seconds, rounded to what the schedule says. */
async function waitsOf(ids: string[]): Promise<(number | null)[]> {
  workers.push(make.aWorker({ send: fails }));
  return Promise.all(
    ids.map(async (id) => {
      const row = await eventually(async () => {
        const now = await make.theDelivery(id);
        return now.status !== "queued" && now;
      });
      const [attempt] = await make.attemptsOf(id);
      if (!row.nextAttemptAt || !attempt) return null;
      return Math.round((row.nextAttemptAt.getTime() - attempt.startedAt.getTime()) / 100_000) * 100;
    }),
  );
}

test("an endpoint's own schedule comes first, then its event type's, then the default", async () => {
  const workspaceId = await aWorkspace();
  const type = eventTypeInput.parse({ name: "order.slow", retrySchedule: [3_000] });
  await createEventType(workspaceId, type, SYSTEM);
  const plain = await make.aSignedEndpoint(workspaceId, {});
  const own = await make.aSignedEndpoint(workspaceId, { retrySchedule: [1_000] });
  const none = await make.aSignedEndpoint(workspaceId, { retrySchedule: [] });
  const ids = [
    await make.aQueuedDelivery(workspaceId, plain, { type: "order.slow" }),
    await make.aQueuedDelivery(workspaceId, own, { type: "order.slow" }),
    await make.aQueuedDelivery(workspaceId, none, { type: "order.slow" }),
    await make.aQueuedDelivery(workspaceId, plain, { type: "order.created" }),
  ];
  const waits = await waitsOf(ids);
  expect(waits[0]).toBeGreaterThanOrEqual(2_700);
  expect(waits[0]).toBeLessThanOrEqual(3_300);
  expect(waits[1]).toBeGreaterThanOrEqual(900);
  expect(waits[1]).toBeLessThanOrEqual(1_100);
  expect(waits.slice(2)).toEqual([null, 0]);
  const shown = await Promise.all(ids.map((id) => findDelivery(workspaceId, id)));
  expect(shown.map((row) => row?.maxAttempts)).toEqual([2, 2, 1, 10]);
});

test("a type of another workspace with the same name has its own schedule", async () => {
  const [mine, other] = [await aWorkspace(), await aWorkspace()];
  await createEventType(other, eventTypeInput.parse({ name: "order.slow", retrySchedule: [] }), SYSTEM);
  const id = await make.aQueuedDelivery(mine, await make.aSignedEndpoint(mine, {}), { type: "order.slow" });
  expect(await waitsOf([id])).toEqual([0]);
});

test("a schedule is kept by changes that do not name it, and null gives the default back", async () => {
  const workspaceId = await aWorkspace();
  await createEventType(workspaceId, eventTypeInput.parse({ name: "a", retrySchedule: "5s, 1h" }), SYSTEM);
  await updateEventType(workspaceId, "a", { description: "New" }, SYSTEM);
  expect(await findEventType(workspaceId, "a")).toMatchObject({ description: "New", retrySchedule: [5, 3_600] });
  await updateEventType(workspaceId, "a", { retrySchedule: null }, SYSTEM);
  expect(await findEventType(workspaceId, "a")).toMatchObject({ retrySchedule: null });
});
