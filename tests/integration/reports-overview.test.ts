import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { endpointSecret, endpointState } from "../../drizzle/schema/configuration.ts";
import { db } from "../../lib/db.ts";
import { newId } from "../../lib/ids.ts";
import { attention } from "../../lib/reports/attention.ts";
import { endpointFigures } from "../../lib/reports/endpoint-figures.ts";
import { endpointHealth } from "../../lib/reports/endpoint-health.ts";
import { endpointTypes } from "../../lib/reports/endpoint-types.ts";
import { overview } from "../../lib/reports/overview.ts";
import { queueAges } from "../../lib/reports/queue-age.ts";
import { testDatabase } from "../support/database.ts";
import { aQueuedDelivery } from "../support/deliveries.ts";
import { aDelivery, aFailedDelivery, anEndpoint, aWorkspace, idAt, someStats } from "../support/traffic.ts";

await testDatabase();

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ago = (ms: number) => new Date(Date.now() - ms);

test("the overview's figures, steps and comparison are those of the counted minutes, over slots and types", async () => {
  const workspaceId = await aWorkspace();
  const endpointId = await anEndpoint(workspaceId);
  const now = new Date("2026-10-14T10:41:00Z");
  const at = (minutes: number) => new Date(now.getTime() - minutes * MINUTE_MS);
  const row = (minutes: number, more = {}) => ({ workspaceId, endpointId, at: at(minutes), ...more });
  await someStats(row(1), { delivered: 90, failed: 5, retried: 7, latencies: { 40: 90, 4000: 12 } });
  await someStats(row(1, { slot: 1 }), { delivered: 4, latencies: { 40: 4 } });
  await someStats(row(1, { eventType: "order.paid" }), { delivered: 1, latencies: { 40: 1 } });
  await someStats(row(300), { delivered: 100, latencies: { 8: 100 } });
  await someStats(row(26 * 60), { delivered: 50, failed: 50, latencies: { 40: 100 } });
  await someStats({ ...row(1), workspaceId: await aWorkspace() }, { failed: 1_000 });

  const { figures, previous, series, endpoints } = await overview(workspaceId, "24h", now);
  expect(figures).toMatchObject({ deliveries: 200, delivered: 195, failed: 5, retried: 7, successRate: 0.975 });
  expect(figures.p95Ms).toBeGreaterThan(2_500);
  expect(figures.p50Ms).toBeLessThan(50);
  expect(previous).toMatchObject({ deliveries: 100, successRate: 0.5 });
  expect(series).toHaveLength(48);
  expect(series.at(-1)).toMatchObject({ at: new Date("2026-10-14T10:30:00Z"), delivered: 95, failed: 5, retried: 7 });
  expect(series.reduce((sum, point) => sum + point.delivered, 0)).toBe(195);
  expect(endpoints).toMatchObject([{ id: endpointId, health: "degraded", failed: 5, retried: 7 }]);
});

test("a workspace without traffic has no rates instead of zeros, and nothing to attend to", async () => {
  const workspaceId = await aWorkspace();
  const report = await overview(workspaceId, "7d");
  expect(report.figures).toMatchObject({ deliveries: 0, successRate: null, p95Ms: null });
  expect(report).toMatchObject({ retryingNow: 0, oldestQueuedMs: null, causes: [], endpoints: [] });
  expect(await attention(workspaceId)).toEqual([]);
});

test("retrying now and the causes count real deliveries, tests left out", async () => {
  const workspaceId = await aWorkspace();
  const [endpointId, other] = [await anEndpoint(workspaceId), await anEndpoint(workspaceId)];
  const retrying = { status: "retrying", trouble: true, lastOutcome: "timeout" } as const;
  await aFailedDelivery(workspaceId, { endpointId });
  await aFailedDelivery(workspaceId, { endpointId: other });
  await aDelivery(workspaceId, { endpointId, ...retrying });
  await aDelivery(workspaceId, { endpointId, ...retrying, test: true });
  await aDelivery(workspaceId, { endpointId, status: "delivered", lastOutcome: "success" });

  const { retryingNow, causes } = await overview(workspaceId, "1h");
  expect(retryingNow).toBe(1);
  expect(causes).toMatchObject([
    { outcome: "http_error", statusCode: 503, deliveries: 2, endpoints: 2 },
    { outcome: "timeout", statusCode: null, deliveries: 1, endpoints: 1 },
  ]);
});

test("a degraded endpoint names the one event type it fails on, with its answer and how many others are fine", async () => {
  const workspaceId = await aWorkspace();
  const endpointId = await anEndpoint(workspaceId, { url: "https://acme.test/in" });
  const row = (eventType: string) => ({ workspaceId, endpointId, at: ago(MINUTE_MS), eventType });
  await someStats(row("order.created"), { delivered: 90 });
  await someStats(row("order.paid"), { delivered: 3 });
  await someStats(row("invoice.failed"), { failed: 6, retried: 2 });
  await aFailedDelivery(workspaceId, { endpointId, eventType: "invoice.failed", lastStatusCode: 500 });
  await aFailedDelivery(await aWorkspace(), { endpointId, eventType: "invoice.failed", lastStatusCode: 404 });

  const types = { cause: "answers 500", types: ["invoice.failed"], fine: 2 };
  expect((await endpointHealth(workspaceId, [endpointId])).get(endpointId)).toMatchObject({
    health: "degraded",
    types,
  });
  expect(await attention(workspaceId)).toMatchObject([{ kind: "degraded", endpointId, types }]);
  const failed = { delivered: 0, failed: 6, retried: 2 };
  expect((await endpointTypes(workspaceId, endpointId)).get("invoice.failed")).toMatchObject(failed);
  expect((await endpointTypes(await aWorkspace(), endpointId)).size).toBe(0);
});

test("the queue age of an endpoint is that of its oldest delivery that is held or waits for a worker", async () => {
  const workspaceId = await aWorkspace();
  const [held, queued, idle] = [
    await anEndpoint(workspaceId),
    await anEndpoint(workspaceId),
    await anEndpoint(workspaceId),
  ];
  await aDelivery(workspaceId, {
    id: idAt(ago(HOUR_MS)),
    endpointId: held,
    status: "held",
    trouble: true,
    parked: true,
  });
  await aDelivery(workspaceId, {
    id: idAt(ago(MINUTE_MS)),
    endpointId: held,
    status: "held",
    trouble: true,
    parked: true,
  });
  await aDelivery(workspaceId, { id: idAt(ago(HOUR_MS)), endpointId: idle, status: "delivered" });
  await aQueuedDelivery(workspaceId, queued);
  const ages = await queueAges([held, queued, idle]);
  expect(ages.get(held)).toBeGreaterThanOrEqual(HOUR_MS);
  expect(ages.get(held)).toBeLessThan(HOUR_MS + MINUTE_MS);
  expect(ages.get(queued)).toBeLessThan(MINUTE_MS);
  expect(ages.has(idle)).toBe(false);
});

test("what needs attention is listed the worst first: failing, disabled, degraded, secrets that end soon", async () => {
  const workspaceId = await aWorkspace();
  const failing = await anEndpoint(workspaceId, { url: "https://kestrel.test/in" });
  const degraded = await anEndpoint(workspaceId, { url: "https://acme.test/in" });
  const disabled = await anEndpoint(workspaceId, { status: "disabled", statusReason: "Answered 410" });
  const ending = await anEndpoint(workspaceId);
  await anEndpoint(workspaceId, { status: "paused" });
  await anEndpoint(workspaceId, { status: "disabled", deletedAt: new Date() });
  const builtIn = await anEndpoint(workspaceId, { builtIn: true });
  const failure = { failingSince: ago(HOUR_MS), lastOutcome: "timeout" } as const;
  await db()
    .insert(endpointState)
    .values([failing, builtIn].map((endpointId) => ({ endpointId, ...failure })));
  await someStats({ workspaceId, endpointId: failing, at: ago(MINUTE_MS) }, { retried: 8, failed: 2 });
  await someStats({ workspaceId, endpointId: degraded, at: ago(MINUTE_MS) }, { delivered: 90, failed: 10 });
  const secret = { encrypted: Buffer.from("x"), endpointId: ending };
  await db()
    .insert(endpointSecret)
    .values([
      { id: newId(), ...secret, expiresAt: ago(-HOUR_MS) },
      { id: newId(), ...secret, expiresAt: ago(-90 * HOUR_MS) },
      { id: newId(), ...secret, expiresAt: ago(HOUR_MS) },
    ]);

  expect(await attention(workspaceId)).toMatchObject([
    { kind: "failing", endpointId: failing, cause: "times out", failed: 2 },
    { kind: "disabled", endpointId: disabled, reason: "Answered 410" },
    { kind: "degraded", endpointId: degraded, failed: 10 },
    { kind: "secret", endpointId: ending },
  ]);
});

test("an open circuit is told once, with what is held; then who is slowed down and who has been crowded for long", async () => {
  const workspaceId = await aWorkspace();
  const [open, slowed, crowded, busy, paused] = [
    await anEndpoint(workspaceId),
    await anEndpoint(workspaceId),
    await anEndpoint(workspaceId),
    await anEndpoint(workspaceId),
    await anEndpoint(workspaceId, { status: "paused" }),
  ];
  const openSince = { circuit: "open", circuitSince: ago(MINUTE_MS), circuitReason: "10 attempts in a row" } as const;
  await db()
    .insert(endpointState)
    .values([
      { endpointId: open, ...openSince, failingSince: ago(25 * HOUR_MS), lastOutcome: "timeout" },
      { endpointId: slowed, slowedUntil: ago(-MINUTE_MS), crowdedSince: ago(HOUR_MS) },
      { endpointId: crowded, crowdedSince: ago(2 * MINUTE_MS), slowedUntil: ago(MINUTE_MS) },
      { endpointId: busy, crowdedSince: ago(MINUTE_MS / 2) },
      { endpointId: paused, ...openSince },
    ]);
  await aDelivery(workspaceId, { endpointId: open, status: "held", parked: true, trouble: true });
  await aDelivery(workspaceId, { endpointId: slowed, parked: true });
  await aDelivery(workspaceId, { endpointId: slowed });

  const items = await attention(workspaceId);
  expect(items).toMatchObject([
    { kind: "circuit", endpointId: open, reason: "10 attempts in a row", held: { count: 1, atLeast: false } },
    { kind: "slowed", endpointId: slowed, waiting: { count: 1 } },
    { kind: "crowded", endpointId: crowded, waiting: { count: 0 } },
  ]);
  const [first] = items;
  const disabledAt = first?.kind === "circuit" && first.disabledAt;
  expect(disabledAt && Math.round((disabledAt.getTime() - Date.now()) / HOUR_MS)).toBe(95);
});

test("a backlog is as old as the workspace's oldest due delivery; what waits for its time is none", async () => {
  const workspaceId = await aWorkspace();
  const endpointId = await anEndpoint(workspaceId);
  const [due, later] = [await aDelivery(workspaceId, { endpointId }), await aDelivery(workspaceId, { endpointId })];
  await db().execute(sql`
    insert into pgboss.job (id, name, data, created_on, start_after) values
      (gen_random_uuid(), 'deliver', ${JSON.stringify({ d: due })}::jsonb, now() - interval '2 min', now() - interval '2 min'),
      (gen_random_uuid(), 'deliver', ${JSON.stringify({ d: later })}::jsonb, now() - interval '9 min', now() + interval '1 h')`);
  const [item] = await attention(workspaceId);
  expect(item).toMatchObject({ kind: "backlog" });
  expect(item?.kind === "backlog" && Math.round(item.waitedMs / MINUTE_MS)).toBe(2);
  expect(await attention(await aWorkspace())).toEqual([]);
});

test("an endpoint's figures cover its last day, and no other workspace's", async () => {
  const workspaceId = await aWorkspace();
  const endpointId = await anEndpoint(workspaceId);
  await db()
    .insert(endpointState)
    .values({ endpointId, lastSuccessAt: ago(HOUR_MS), lastFailureAt: ago(MINUTE_MS) });
  await someStats({ workspaceId, endpointId, at: ago(0) }, { delivered: 3, failed: 1, latencies: { 40: 4 } });
  await someStats({ workspaceId, endpointId, at: ago(30 * HOUR_MS) }, { failed: 100 });

  const figures = (await endpointFigures(workspaceId, [endpointId])).get(endpointId);
  expect(figures).toMatchObject({ delivered: 3, failed: 1, successRate: 0.75 });
  expect(figures?.sparkline).toEqual([...Array.from({ length: 11 }, () => null), 0.75]);
  expect(figures?.lastAttemptAt?.getTime()).toBeGreaterThan(ago(2 * MINUTE_MS).getTime());

  const stranger = await aWorkspace();
  expect((await endpointFigures(stranger, [endpointId])).get(endpointId)).toMatchObject({
    delivered: 0,
    lastAttemptAt: null,
  });
  expect(await endpointHealth(stranger, [endpointId])).toEqual(new Map());
});
