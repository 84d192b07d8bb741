import { beforeEach, expect, test } from "vitest";
import { collectWindow } from "../../lib/bulk-jobs/collect.ts";
import { MOST_UNDER_WAY } from "../../lib/bulk-jobs/commands.ts";
import { formatId, parseId } from "../../lib/ids.ts";
import { anApiClient } from "../support/api.ts";
import { itemsOf } from "../support/bulk-jobs.ts";
import { testDatabase } from "../support/database.ts";
import { aDelivery, aFailedDelivery, anEndpoint, anEvent, aWorkspace } from "../support/traffic.ts";

await testDatabase();
let workspaceId = "";
let endpointId = "";
let api: Awaited<ReturnType<typeof anApiClient>>;

beforeEach(async () => {
  workspaceId = await aWorkspace();
  endpointId = await anEndpoint(workspaceId, { description: "Warehouse" });
  api = await anApiClient(workspaceId);
});

async function countedIds(job: string): Promise<string[]> {
  const id = parseId("job", job) ?? "";
  while (await collectWindow(id));
  return (await itemsOf(id)).map(({ deliveryId }) => deliveryId);
}

test("a job over a filter runs over what has failed and matches, and says so", async () => {
  const wanted = await aFailedDelivery(workspaceId, { endpointId });
  await aFailedDelivery(workspaceId, { endpointId: await anEndpoint(workspaceId) });
  await aFailedDelivery(workspaceId, { endpointId, lastStatusCode: 404 });
  await aDelivery(workspaceId, { endpointId, status: "delivered" });
  const filter = { endpoint: formatId("ep", endpointId), code: "5xx" };
  const { status, body } = await api("POST", "/jobs", { kind: "retry", filter, pace: 5, order: "newest" });
  expect([status, body.status, body.pace, body.order]).toEqual([202, "counting", 5, "newest"]);
  expect(body.sentence).toBe("Retry failed deliveries to Warehouse whose last attempt ended with 5xx");
  expect(await countedIds(body.id)).toEqual([wanted]);
  expect((await api("GET", `/jobs/${body.id}`)).body).toMatchObject({ status: "running", total: 1, done: 0 });
});

test("named deliveries and events are taken as they are named", async () => {
  const id = await aFailedDelivery(workspaceId, { endpointId });
  const retry = await api("POST", "/jobs", { kind: "retry", deliveries: [formatId("dlv", id), formatId("dlv", id)] });
  expect(await countedIds(retry.body.id)).toEqual([id]);
  const event = formatId("evt", await anEvent(workspaceId));
  const replay = await api("POST", "/jobs", { kind: "replay", events: [event], endpoint: formatId("ep", endpointId) });
  expect(replay.body.sentence).toBe("Replay 1 event to Warehouse");
  expect(await countedIds(replay.body.id)).toHaveLength(1);
});

test("a job is stopped and continued, and what cannot be is a conflict", async () => {
  const { body } = await api("POST", "/jobs", { kind: "retry" });
  expect((await api("POST", `/jobs/${body.id}/continue`)).status).toBe(409);
  expect((await api("POST", `/jobs/${body.id}/stop`)).body.status).toBe("stopped");
  expect((await api("POST", `/jobs/${body.id}/stop`)).status).toBe(409);
  expect((await api("POST", `/jobs/${body.id}/continue`)).body.status).toBe("counting");
  for (let n = 1; n < MOST_UNDER_WAY; n++) expect((await api("POST", "/jobs", { kind: "retry" })).status).toBe(202);
  expect((await api("POST", "/jobs", { kind: "retry" })).status).toBe(409);
});

test.each([
  [{}, "kind"],
  [{ kind: "resend" }, "kind"],
  [{ kind: "retry", pace: 0 }, "pace"],
  [{ kind: "retry", pace: 1_001 }, "pace"],
  [{ kind: "retry", deliveries: ["evt_1"] }, "deliveries[0]"],
  [{ kind: "retry", filter: { code: "6xx" } }, "filter.code"],
  [{ kind: "retry", filter: { status: ["sending"] } }, "filter.status[0]"],
])("%j is refused at %s", async (input, path) => {
  const { status, body } = await api("POST", "/jobs", input);
  expect(status).toBe(422);
  expect(body.errors).toMatchObject([{ path }]);
});
