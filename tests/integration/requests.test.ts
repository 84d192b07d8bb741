import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { request } from "../../drizzle/schema/inbound.ts";
import { db } from "../../lib/db.ts";
import { idTime } from "../../lib/ids.ts";
import { requestMark, requestNews } from "../../lib/reports/newer-requests.ts";
import type { RequestFilter } from "../../lib/reports/request-filter.ts";
import { followRequest } from "../../lib/reports/request-timeline.ts";
import { countRequests, findRequest, listRequests, requestsBeside } from "../../lib/reports/requests.ts";
import { findSourceHead, hasSource } from "../../lib/reports/source-head.ts";
import { readBody } from "../../lib/search/body-condition.ts";
import { QUARANTINED } from "../../lib/sources/states.ts";
import { testDatabase } from "../support/database.ts";
import { aRefusedRequest, aRequest, aSourceRow } from "../support/requests.ts";
import { aDelivery, anAttempt, anEndpoint, anEvent, aWorkspace, idAt } from "../support/traffic.ts";

await testDatabase();

const HOUR_MS = 3_600_000;

test("requests are found by source, verdict, answer, method, type, text and what their bodies hold", async () => {
  const [workspaceId, stranger] = [await aWorkspace(), await aWorkspace()];
  const [stripe, github] = [await aSourceRow(workspaceId), await aSourceRow(workspaceId, { name: "Code" })];
  const payload = Buffer.from('{"order":{"id":981}}');
  const event = await anEvent(workspaceId, { payload });
  const paid = await aRequest(workspaceId, stripe, { body: null, bodyBytes: payload.length, eventIds: [event] });
  const refused = await aRefusedRequest(workspaceId, stripe, { externalId: "evt_77", body: Buffer.from("order=981") });
  const broken = await aRequest(workspaceId, github, {
    verdict: "unparsable",
    fault: { code: "unparsable", why: "It is not JSON" },
    type: null,
    answerStatus: 400,
    method: "PUT",
  });
  await aRequest(stranger, await aSourceRow(stranger), { body: payload });
  const found = async (filter: RequestFilter) => {
    const ids = (await listRequests(workspaceId, filter)).rows.map(({ id }) => id);
    expect(await countRequests(workspaceId, filter)).toEqual({ count: ids.length, atLeast: false });
    return ids;
  };

  expect(await found({})).toEqual([broken, refused, paid]);
  expect(await found({ sourceId: stripe })).toEqual([refused, paid]);
  expect(await found({ verdict: QUARANTINED })).toEqual([broken, refused]);
  expect(await found({ sourceId: stripe, verdict: QUARANTINED })).toEqual([refused]);
  expect(await found({ verdict: ["accepted"] })).toEqual([paid]);
  expect(await found({ code: { least: 400, most: 499 } })).toEqual([broken, refused]);
  expect(await found({ code: { least: 400, most: 400 } })).toEqual([broken]);
  expect(await found({ method: "PUT" })).toEqual([broken]);
  expect(await found({ type: "charge.*" })).toEqual([refused]);
  expect(await found({ text: "EVT_77" })).toEqual([]);
  expect(await found({ text: "evt_77" })).toEqual([refused]);
  expect(await found({ text: "INVOICE" })).toEqual([paid]);
  expect(await found({ text: '"id":981' })).toEqual([paid]);
  expect(await found({ body: [readBody("order.id:981")!] })).toEqual([paid]);
});

test("a page begins after the request before it, in both directions", async () => {
  const workspaceId = await aWorkspace();
  const sourceId = await aSourceRow(workspaceId);
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) ids.unshift(await aRequest(workspaceId, sourceId));
  const first = await listRequests(workspaceId, { sourceId }, { limit: 2 });
  expect(first.rows.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  expect(first.previous).toBeNull();
  const second = await listRequests(workspaceId, { sourceId }, { limit: 2, before: first.next });
  expect(second.rows.map(({ id }) => id)).toEqual(ids.slice(2, 4));
  const back = await listRequests(workspaceId, { sourceId }, { limit: 2, after: second.previous });
  expect(back.rows.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  expect(await requestsBeside(workspaceId, { sourceId }, ids[1]!)).toEqual({ newer: ids[0], older: ids[2] });
  expect(await requestsBeside(workspaceId, { sourceId }, ids[4]!)).toEqual({ newer: ids[3], older: null });
});

test("a search whose time is up goes on where it stopped, and finds every request once", async () => {
  const workspaceId = await aWorkspace();
  const sourceId = await aSourceRow(workspaceId);
  const ids: string[] = [];
  for (const hours of [0.5, 3, 9, 20]) {
    ids.push(await aRequest(workspaceId, sourceId, { id: idAt(Date.now() - hours * HOUR_MS, ids.length) }));
  }
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listRequests>> = await listRequests(
      workspaceId,
      { sourceId, method: "POST" },
      { before: cursor, effort: { patienceMs: 0, atOnce: 0 } },
    );
    found.push(...page.rows.map(({ id }) => id));
    cursor = page.next;
  } while (cursor);
  expect(found).toEqual(ids);
});

test("a request has its body wherever it is kept, and a stranger finds none", async () => {
  const [workspaceId, stranger] = [await aWorkspace(), await aWorkspace()];
  const sourceId = await aSourceRow(workspaceId);
  const payload = Buffer.from([0, 255, 10]);
  const event = await anEvent(workspaceId, { payload });
  const [own, shared, gone, empty] = [
    await aRequest(workspaceId, sourceId, { body: payload }),
    await aRequest(workspaceId, sourceId, { body: null, bodyBytes: 3, eventIds: [event] }),
    await aRequest(workspaceId, sourceId, { body: null, bodyBytes: 3 }),
    await aRequest(workspaceId, sourceId, { body: Buffer.alloc(0) }),
  ];

  const bodyOf = async (id: string) => (await findRequest(workspaceId, id))?.body;
  expect(await bodyOf(own)).toEqual(payload);
  expect(await bodyOf(shared)).toEqual(payload);
  expect(await bodyOf(gone)).toBeNull();
  expect(await bodyOf(empty)).toEqual(Buffer.alloc(0));
  expect(await findRequest(workspaceId, own)).toMatchObject({ source: { name: "Payments", provider: "stripe" } });
  expect(await findRequest(stranger, own)).toBeNull();
  expect((await listRequests(stranger, { sourceId })).rows).toEqual([]);
});

test("a request counts the deliveries of its events, but for those whose filter said no", async () => {
  const workspaceId = await aWorkspace();
  const sourceId = await aSourceRow(workspaceId);
  const [one, other] = [await anEvent(workspaceId), await anEvent(workspaceId)];
  await aDelivery(workspaceId, { eventId: one, endpointId: await anEndpoint(workspaceId) });
  await aDelivery(workspaceId, {
    eventId: other,
    endpointId: await anEndpoint(workspaceId),
    status: "discarded",
    reason: "Filtered out: total does not match",
  });
  await aRequest(workspaceId, sourceId, { eventIds: [one, other] });
  await aRequest(workspaceId, sourceId, { eventIds: [other] });

  const { rows } = await listRequests(workspaceId, { sourceId });
  expect(rows.map(({ deliveries }) => deliveries)).toEqual([0, 1]);
});

test("a page is told how many requests are newer, and how its own stand now", async () => {
  const workspaceId = await aWorkspace();
  const sourceId = await aSourceRow(workspaceId);
  const filter = { sourceId };
  expect(await requestNews(workspaceId, filter, [])).toEqual({ newer: 0, marks: [] });
  const seen = [await aRefusedRequest(workspaceId, sourceId), await aRequest(workspaceId, sourceId)].toReversed();
  const marks = (await listRequests(workspaceId, filter)).rows.map(requestMark).toSorted();
  expect(await requestNews(workspaceId, filter, seen)).toEqual({ newer: 0, marks });

  // Made before those that are shown, and committed after them.
  await aRequest(workspaceId, sourceId, { id: idAt(idTime(seen[1]!).getTime() + 1, 0) });
  await aRequest(workspaceId, sourceId);
  await db().update(request).set({ verdict: "accepted" }).where(eq(request.id, seen[1]!));
  const news = await requestNews(workspaceId, filter, seen);
  expect(news.newer).toBeGreaterThanOrEqual(1);
  expect(news.marks).not.toEqual(marks);
  expect(await requestNews(await aWorkspace(), filter, seen)).toEqual({ newer: 0, marks: [] });
});

test("what a request became is one line of time: its event, the deliveries, every attempt", async () => {
  const workspaceId = await aWorkspace();
  const eventId = await anEvent(workspaceId, { type: "stripe.invoice.paid" });
  const deliveryId = await aDelivery(workspaceId, { eventId, endpointId: await anEndpoint(workspaceId) });
  await anAttempt(deliveryId, { number: 1, outcome: "http_error", statusCode: 503 });
  await anAttempt(deliveryId, { number: 2, outcome: "success", statusCode: 200 });

  const { steps, deliveries, more } = await followRequest(workspaceId, { eventIds: [eventId], duplicateOf: null });
  expect(steps.map(({ kind }) => kind)).toEqual(["event", "delivery", "attempt", "attempt"]);
  expect(steps.at(-1)).toMatchObject({ number: 2, statusCode: 200 });
  expect([deliveries.length, more]).toEqual([1, 0]);

  const again = await followRequest(workspaceId, { eventIds: [], duplicateOf: eventId });
  expect(again.steps[0]).toMatchObject({ kind: "event", again: true });
  const stranger = await followRequest(await aWorkspace(), { eventIds: [eventId], duplicateOf: null });
  expect(stranger.steps).toEqual([]);
});

test("over a source's requests stands how many came and how many wait, for its own workspace", async () => {
  const workspaceId = await aWorkspace();
  const sourceId = await aSourceRow(workspaceId);
  await aRequest(workspaceId, sourceId);
  await aRefusedRequest(workspaceId, sourceId, { id: idAt(Date.now() - 30 * HOUR_MS) });
  await aRefusedRequest(workspaceId, sourceId);
  expect(await findSourceHead(workspaceId, sourceId)).toMatchObject({
    inDay: { count: 2 },
    quarantinedInDay: { count: 1 },
    quarantined: { count: 2 },
    hasEndpoints: false,
  });
  const strange = await aWorkspace();
  expect(await findSourceHead(strange, sourceId)).toBeNull();
  expect([await hasSource(workspaceId, sourceId), await hasSource(strange, sourceId)]).toEqual([true, false]);
});
