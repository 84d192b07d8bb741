import { expect, test } from "vitest";
import { newId } from "../../lib/ids.ts";
import { countNewer, findPlace } from "../../lib/reports/place.ts";
import { testDatabase } from "../support/database.ts";
import { aDelivery, aFailedDelivery, anEndpoint, aWorkspace } from "../support/traffic.ts";

await testDatabase();

async function aList() {
  const workspaceId = await aWorkspace();
  const endpointId = await anEndpoint(workspaceId);
  const oldest = await aFailedDelivery(workspaceId, { endpointId });
  const delivered = await aDelivery(workspaceId, { endpointId });
  const middle = await aFailedDelivery(workspaceId, { endpointId });
  const newest = await aFailedDelivery(workspaceId, { endpointId });
  return { workspaceId, oldest, delivered, middle, newest };
}

const FAILED = { status: ["failed" as const] };

test("a delivery has a number in its list, and neighbours", async () => {
  const { workspaceId, oldest, middle, newest } = await aList();
  expect(await findPlace(workspaceId, FAILED, middle)).toEqual({ number: 2, newer: newest, older: oldest });
  expect(await findPlace(workspaceId, FAILED, newest)).toEqual({ number: 1, newer: null, older: middle });
  expect(await findPlace(workspaceId, FAILED, oldest)).toEqual({ number: 3, newer: middle, older: null });
});

test("one that its list no longer has keeps its neighbours and loses its number", async () => {
  const { workspaceId, oldest, delivered, middle } = await aList();
  expect(await findPlace(workspaceId, FAILED, delivered)).toEqual({ number: null, newer: middle, older: oldest });
});

test("how many are newer is counted within the filter", async () => {
  const { workspaceId, oldest, newest } = await aList();
  expect(await countNewer(workspaceId, {}, oldest)).toBe(3);
  expect(await countNewer(workspaceId, FAILED, oldest)).toBe(2);
  expect(await countNewer(workspaceId, FAILED, newest)).toBe(0);
});

test("a stranger's delivery has no place, nor does one that never was", async () => {
  const { workspaceId } = await aList();
  const { newest } = await aList();
  expect(await findPlace(workspaceId, FAILED, newest)).toMatchObject({ number: null, newer: null });
  expect(await findPlace(await aWorkspace(), {}, newId())).toEqual({ number: null, newer: null, older: null });
});
