import { expect, test } from "vitest";
import { countDeliveries } from "../../lib/reports/count-deliveries.ts";
import { listFilterChoices } from "../../lib/reports/filter-choices.ts";
import { testDatabase } from "../support/database.ts";
import { aDelivery, aFailedDelivery, anEndpoint, aWorkspace } from "../support/traffic.ts";

await testDatabase();

test("a list's total counts what its filter matches, in its own workspace only", async () => {
  const [workspaceId, stranger] = [await aWorkspace(), await aWorkspace()];
  const endpointId = await anEndpoint(workspaceId);
  await aDelivery(workspaceId, { endpointId });
  await aFailedDelivery(workspaceId, { endpointId });
  await aDelivery(stranger, { endpointId: await anEndpoint(stranger) });

  expect(await countDeliveries(workspaceId, {})).toEqual({ count: 2, atLeast: false });
  expect(await countDeliveries(workspaceId, { status: ["failed"] })).toEqual({ count: 1, atLeast: false });
  expect(await countDeliveries(workspaceId, { endpointId: await anEndpoint(workspaceId) })).toMatchObject({ count: 0 });
});

test("what a list can be narrowed to is the workspace's own", async () => {
  const [workspaceId, stranger] = [await aWorkspace(), await aWorkspace()];
  const endpointId = await anEndpoint(workspaceId);
  await anEndpoint(stranger);

  const { endpoints } = await listFilterChoices(workspaceId);
  expect(endpoints.map(({ id }) => id)).toEqual([endpointId]);
});
