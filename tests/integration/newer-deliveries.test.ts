import { expect, test } from "vitest";
import { hotSql } from "../../lib/db.ts";
import { countNewer } from "../../lib/reports/newer-deliveries.ts";
import { testDatabase } from "../support/database.ts";
import { aDelivery, anEndpoint, aWorkspace, idAt } from "../support/traffic.ts";

await testDatabase();

const NOW = Date.now();
let count = 0;

/** Deliveries made so many milliseconds ago. */
async function made(workspaceId: string, ...ago: number[]): Promise<string[]> {
  const endpointId = await anEndpoint(workspaceId);
  return Promise.all(ago.map((ms) => aDelivery(workspaceId, { id: idAt(NOW - ms, count++), endpointId })));
}

test("what came after the newest row counts", async () => {
  const workspaceId = await aWorkspace();
  const seen = await made(workspaceId, 60_000, 90_000);
  await made(workspaceId, 100, 50);
  expect(await countNewer(workspaceId, {}, seen)).toBe(2);
  expect(await countNewer(await aWorkspace(), {}, seen)).toBe(0);
});

test("a row that was made before the newest and committed after it counts too, those on the page do not", async () => {
  const workspaceId = await aWorkspace();
  const seen = await made(workspaceId, 1_000, 3_000, 90_000);
  expect(await countNewer(workspaceId, {}, seen)).toBe(0);
  await made(workspaceId, 1_200);
  expect(await countNewer(workspaceId, {}, seen)).toBe(1);
});

test("rows of the next page are no news, however young they are", async () => {
  const workspaceId = await aWorkspace();
  const seen = await made(workspaceId, 100, 200);
  await made(workspaceId, 300, 400);
  expect(await countNewer(workspaceId, {}, seen)).toBe(0);
});

test("a row that committed more than five seconds late is left to the next look at the list", async () => {
  const workspaceId = await aWorkspace();
  const seen = await made(workspaceId, 1_000, 60_000);
  await made(workspaceId, 10_000);
  expect(await countNewer(workspaceId, {}, seen)).toBe(0);
});

test("a list whose newer rows take too long to look through has none, and nobody waits", async () => {
  const workspaceId = await aWorkspace();
  const seen = await made(workspaceId, 60_000);
  await made(workspaceId, 50);
  const filter = { body: [{ path: ["id"], value: "1" }] };
  const begun = performance.now();
  await hotSql().begin(async (tx) => {
    await tx`lock table event in access exclusive mode`;
    expect(await countNewer(workspaceId, filter, seen)).toBe(0);
  });
  expect(performance.now() - begun).toBeLessThan(5_000);
});
