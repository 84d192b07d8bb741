import { expect, test } from "vitest";
import { eventType, eventTypeVersion } from "../../drizzle/schema/configuration.ts";
import { recordAudit } from "../../lib/audit/record.ts";
import { db } from "../../lib/db.ts";
import { formatId } from "../../lib/ids.ts";
import { deliveriesByIds } from "../../lib/reports/deliveries.ts";
import { findAttempt, findDelivery, listWholeAttempts } from "../../lib/reports/delivery.ts";
import { evidence, findLastSuccess } from "../../lib/reports/evidence.ts";
import { testDatabase } from "../support/database.ts";
import { aDelivery, aFailedDelivery, anAttempt, anEndpoint, aWorkspace, idAt, someStats } from "../support/traffic.ts";

await testDatabase();

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ago = (ms: number) => Date.now() - ms;

async function evidenceOf(workspaceId: string, id: string) {
  const [row] = await deliveriesByIds(workspaceId, [id]);
  return evidence(workspaceId, row!);
}

test("like failures are counted at the same endpoint alone, from the first of them on", async () => {
  const workspaceId = await aWorkspace();
  const [endpointId, other] = [await anEndpoint(workspaceId), await anEndpoint(workspaceId)];
  const first = await aFailedDelivery(workspaceId, { endpointId, id: idAt(ago(3 * HOUR_MS)) });
  const id = await aFailedDelivery(workspaceId, { endpointId });
  await aFailedDelivery(workspaceId, { endpointId, lastStatusCode: 500 });
  await aFailedDelivery(workspaceId, { endpointId, status: "discarded" });
  await aFailedDelivery(workspaceId, { endpointId: other });

  const [oldest] = await deliveriesByIds(workspaceId, [first]);
  expect((await evidenceOf(workspaceId, id))?.alike).toEqual({
    count: 2,
    atLeast: false,
    since: oldest!.createdAt,
    types: 1,
  });
});

test("other endpoints and other event types are judged by what happened since the first failure", async () => {
  const workspaceId = await aWorkspace();
  const [endpointId, fine, broken] = [
    await anEndpoint(workspaceId),
    await anEndpoint(workspaceId),
    await anEndpoint(workspaceId),
  ];
  const id = await aFailedDelivery(workspaceId, { endpointId, id: idAt(ago(10 * MINUTE_MS)) });
  await someStats({ workspaceId, endpointId: fine, at: new Date(ago(MINUTE_MS)) }, { delivered: 10 });
  await someStats({ workspaceId, endpointId: broken, at: new Date(ago(MINUTE_MS)) }, { failed: 10 });
  await someStats(
    { workspaceId, endpointId, at: new Date(ago(MINUTE_MS)), eventType: "user.updated" },
    { delivered: 3 },
  );
  await someStats({ workspaceId, endpointId, at: new Date(ago(MINUTE_MS)), eventType: "user.deleted" }, { failed: 3 });
  // Before the first failure: it says nothing about the outage.
  await someStats(
    { workspaceId, endpointId, at: new Date(ago(2 * HOUR_MS)), eventType: "user.created" },
    { failed: 3 },
  );

  expect(await evidenceOf(workspaceId, id)).toMatchObject({
    others: { active: 2, failing: 1 },
    types: { active: 2, failing: 1 },
  });
});

test("a change of the endpoint and a version of the type shortly before the first failure are named", async () => {
  const workspaceId = await aWorkspace();
  const endpointId = await anEndpoint(workspaceId);
  const mara = { id: "usr_mara", name: "Mara Lindqvist" };
  const target = formatId("ep", endpointId);
  await recordAudit(db(), workspaceId, mara, {
    action: "endpoint.updated",
    target,
    targetName: "",
    detail: { url: { from: "a", to: "b" }, timeoutSeconds: { from: 15, to: 5 } },
  });
  await recordAudit(db(), workspaceId, mara, { action: "endpoint.secret_revealed", target, targetName: "" });
  const name = "invoice.paid";
  await db().insert(eventType).values({ workspaceId, name, version: 3 });
  await db()
    .insert(eventTypeVersion)
    .values({ workspaceId, name, number: 3, createdAt: new Date(ago(MINUTE_MS)) });
  const id = await aFailedDelivery(workspaceId, { endpointId, eventType: name, id: idAt(Date.now() + 5) });

  expect(await evidenceOf(workspaceId, id)).toMatchObject({
    change: { by: "Mara Lindqvist", what: ["url", "timeout seconds"] },
    version: { number: 3 },
  });
  const late = await aFailedDelivery(workspaceId, {
    endpointId: await anEndpoint(workspaceId),
    eventType: "other.type",
  });
  expect(await evidenceOf(workspaceId, late)).toMatchObject({ change: null, version: null });
});

test("a delivery's attempts come without their bodies, and each of them whole", async () => {
  const workspaceId = await aWorkspace();
  const id = await aDelivery(workspaceId, { endpointId: await anEndpoint(workspaceId), attempts: 1 });
  await anAttempt(id, { number: 1, responseBody: Buffer.alloc(64 * 1024, "x"), responseHeaders: [["a", "b"]] });

  const found = await findDelivery(workspaceId, id);
  expect(found?.attemptList[0]).toMatchObject({ number: 1, responseBytes: 65_536 });
  expect(JSON.stringify(found).length).toBeLessThan(5_000);
  expect((await findAttempt(id, 1))?.responseBody?.length).toBe(65_536);
  expect(await findAttempt(id, 2)).toBeNull();
  expect(await listWholeAttempts(id)).toMatchObject([{ number: 1, responseHeaders: [["a", "b"]] }]);
});

test("the last success of an endpoint is found behind an outage, never another endpoint's", async () => {
  const workspaceId = await aWorkspace();
  const [endpointId, other] = [await anEndpoint(workspaceId), await anEndpoint(workspaceId)];
  const success = await aDelivery(workspaceId, { endpointId, status: "delivered", id: idAt(ago(2 * HOUR_MS)) });
  await aDelivery(workspaceId, { endpointId: other, status: "delivered" });
  const failed = await aFailedDelivery(workspaceId, { endpointId, id: idAt(ago(HOUR_MS)) });
  const lastSuccessAt = new Date(ago(2 * HOUR_MS - MINUTE_MS));

  expect(await findLastSuccess(workspaceId, { endpointId, lastSuccessAt, not: failed })).toBe(success);
  expect(await findLastSuccess(workspaceId, { endpointId, lastSuccessAt, not: success })).toBeNull();
  expect(await findLastSuccess(workspaceId, { endpointId, lastSuccessAt: null, not: failed })).toBeNull();
  expect(await findLastSuccess(await aWorkspace(), { endpointId, lastSuccessAt, not: failed })).toBeNull();
});
