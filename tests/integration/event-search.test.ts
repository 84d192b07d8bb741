import { expect, test } from "vitest";
import type { EventFilter } from "../../lib/reports/event-filter.ts";
import { countEvents, listEvents } from "../../lib/reports/events.ts";
import { suggestEvents } from "../../lib/reports/suggest-events.ts";
import { readBody } from "../../lib/search/body-condition.ts";
import { testDatabase } from "../support/database.ts";
import { anEvent, aWorkspace, idAt } from "../support/traffic.ts";

await testDatabase();

const HOUR_MS = 3_600_000;

test("events are found by type, text and what their payloads hold, in their own workspace", async () => {
  const [workspaceId, stranger] = [await aWorkspace(), await aWorkspace()];
  const payload = Buffer.from('{"order":{"id":981}}');
  const paid = await anEvent(workspaceId, { type: "order.item.paid", customer: "acme", payload });
  const keyed = await anEvent(workspaceId, { type: "orders", idempotencyKey: "order-981", orderingKey: "cart-7" });
  await anEvent(stranger, { type: "order.item.paid", customer: "acme", payload });
  const found = async (filter: EventFilter) => {
    const ids = (await listEvents(workspaceId, filter)).rows.map(({ id }) => id);
    expect(await countEvents(workspaceId, filter)).toEqual({ count: ids.length, atLeast: false });
    return ids;
  };

  expect(await found({})).toEqual([keyed, paid]);
  expect(await found({ type: "order.*" })).toEqual([paid]);
  expect(await found({ text: "ITEM" })).toEqual([paid]);
  expect(await found({ text: "acme" })).toEqual([paid]);
  expect(await found({ text: "order-981" })).toEqual([keyed]);
  expect(await found({ text: "cart-7" })).toEqual([keyed]);
  expect(await found({ body: [readBody("order.id:981")!] })).toEqual([paid]);
  expect(await found({ body: [readBody("order.id:98")!] })).toEqual([]);
});

test("a search whose time is up goes on where it stopped, and finds every event once", async () => {
  const workspaceId = await aWorkspace();
  const ids: string[] = [];
  for (const hours of [0.5, 3, 9, 20]) {
    ids.push(await anEvent(workspaceId, { customer: "acme", id: idAt(Date.now() - hours * HOUR_MS, ids.length) }));
  }
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listEvents>> = await listEvents(
      workspaceId,
      { customer: "acme" },
      { before: cursor, effort: { patienceMs: 0, atOnce: 0 } },
    );
    found.push(...page.rows.map(({ id }) => id));
    cursor = page.next;
  } while (cursor);
  expect(found).toEqual(ids);
});

test("the search of events offers types and customers with their counts", async () => {
  const workspaceId = await aWorkspace();
  for (const type of ["order.paid", "order.paid", "user.created"])
    await anEvent(workspaceId, { type, customer: "a b" });
  await anEvent(await aWorkspace(), { type: "order.paid" });

  expect(await suggestEvents(workspaceId, "type:", {})).toEqual([
    { text: "type:order.paid", count: 2 },
    { text: "type:user.created", count: 1 },
  ]);
  expect(await suggestEvents(workspaceId, "type:us", {})).toHaveLength(1);
  expect(await suggestEvents(workspaceId, "customer:", { type: "user.*" })).toEqual([
    { text: 'customer:"a b"', count: 1 },
  ]);
  expect((await suggestEvents(workspaceId, "", {})).map(({ text }) => text)).toContain("key:");
});
