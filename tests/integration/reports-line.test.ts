import { expect, test } from "vitest";
import { lineOf, listBlockedLanes, placeInLine } from "../../lib/reports/line.ts";
import { testDatabase } from "../support/database.ts";
import { aDelivery, anEndpoint, aWorkspace, idAt } from "../support/traffic.ts";

await testDatabase();

const none = { count: 0, atLeast: false };
const exactly = (count: number) => ({ count, atLeast: false });
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

test("a line counts what waits, what is held and what was let out, of this endpoint and workspace alone", async () => {
  const workspaceId = await aWorkspace();
  const [endpointId, other] = [await anEndpoint(workspaceId), await anEndpoint(workspaceId)];
  const oldest = minutesAgo(7);
  await aDelivery(workspaceId, { endpointId, parked: true, id: idAt(oldest) });
  await aDelivery(workspaceId, { endpointId, parked: true, lane: "b" });
  await aDelivery(workspaceId, { endpointId, parked: true, status: "held", trouble: true });
  await aDelivery(workspaceId, { endpointId, released: true });
  await aDelivery(workspaceId, { endpointId, released: true, status: "retrying", trouble: true });
  await aDelivery(workspaceId, { endpointId });
  await aDelivery(workspaceId, { endpointId: other, parked: true });

  const line = await lineOf(workspaceId, endpointId);
  expect(line).toEqual({ inLine: exactly(2), held: exactly(1), onTheWay: exactly(1), oldest });
  expect(await lineOf(await aWorkspace(), endpointId)).toEqual({
    inLine: none,
    held: none,
    onTheWay: none,
    oldest: null,
  });
});

test("a lane is blocked by a head that failed and waits; those behind it are counted, other lanes are not", async () => {
  const workspaceId = await aWorkspace();
  const endpointId = await anEndpoint(workspaceId, { ordering: "strict" });
  const failing = { endpointId, released: true, status: "retrying", trouble: true, attempts: 2 } as const;
  const next = new Date(Date.now() + 60_000);
  const why = { lastOutcome: "http_error", lastStatusCode: 500, nextAttemptAt: next } as const;
  const head = await aDelivery(workspaceId, { ...failing, ...why, lane: "acme", id: idAt(minutesAgo(5)) });
  const unkeyed = await aDelivery(workspaceId, { ...failing, lane: null, id: idAt(minutesAgo(4)) });
  const behind = await aDelivery(workspaceId, { endpointId, parked: true, lane: "acme", id: idAt(minutesAgo(3)) });
  const last = await aDelivery(workspaceId, { endpointId, parked: true, lane: "acme" });
  await aDelivery(workspaceId, { endpointId, released: true, lane: "globex" });
  await aDelivery(workspaceId, { endpointId, parked: true, lane: "globex" });

  expect(await listBlockedLanes(workspaceId, endpointId)).toEqual([
    { lane: "acme", deliveryId: head, eventType: "order.created", attempts: 2, behind: exactly(2), ...why },
    expect.objectContaining({ lane: null, deliveryId: unkeyed, behind: none }),
  ]);
  expect(await placeInLine(workspaceId, { id: last, endpointId, lane: "acme" })).toEqual({
    before: exactly(1),
    head: { id: head, eventType: "order.created", status: "retrying", nextAttemptAt: next },
  });
  expect(await placeInLine(workspaceId, { id: behind, endpointId, lane: "acme" })).toMatchObject({ before: none });
  expect(await listBlockedLanes(await aWorkspace(), endpointId)).toEqual([]);
});
