import { expect, test } from "vitest";
import { countDeliveries } from "../../lib/reports/count-deliveries.ts";
import { type DeliveryPage, listDeliveries } from "../../lib/reports/deliveries.ts";
import { testDatabase } from "../support/database.ts";
import { aDelivery, anEndpoint, aWorkspace, idAt } from "../support/traffic.ts";

await testDatabase();

const HOUR_MS = 3_600_000;
/** Ids of the same millisecond, in two tests, must differ as well. */
let made = 1_000;

/** One delivery of a customer in each of these hours before now, among others. */
async function scattered(hours: number[]) {
  const workspaceId = await aWorkspace();
  const endpointId = await anEndpoint(workspaceId);
  const ids: string[] = [];
  for (const hour of hours) {
    const at = Date.now() - hour * HOUR_MS;
    ids.push(await aDelivery(workspaceId, { endpointId, customer: "acme", id: idAt(at, made++) }));
    await aDelivery(workspaceId, { endpointId, customer: "globex", id: idAt(at, made++) });
  }
  return { workspaceId, ids };
}

test("a search whose time is up says how far back it came, and goes on from there without losing a row", async () => {
  const { workspaceId, ids } = await scattered([0.2, 1.2, 3, 6, 14, 22]);
  const found: string[] = [];
  const reached: Date[] = [];
  let page: DeliveryPage | null = null;
  do {
    const cursor: string | null = page?.next ?? null;
    page = await listDeliveries(
      workspaceId,
      { customer: "acme" },
      { before: cursor, effort: { patienceMs: 0, atOnce: 0 } },
    );
    found.push(...page.rows.map((row) => row.id));
    if (page.searchedTo) reached.push(page.searchedTo);
  } while (page.next);

  expect(found).toEqual(ids);
  expect(reached.length).toBeGreaterThan(1);
  expect(reached).toEqual([...reached].sort((a, b) => b.getTime() - a.getTime()));
});

test("with time enough the whole of it is searched, page by page", async () => {
  const { workspaceId, ids } = await scattered([0.2, 1.2, 3, 6, 14, 22]);
  const first = await listDeliveries(workspaceId, { customer: "acme" }, { limit: 4 });
  expect(first).toMatchObject({ searchedTo: null, previous: null });
  const second = await listDeliveries(workspaceId, { customer: "acme" }, { limit: 4, before: first.next });
  expect(second).toMatchObject({ searchedTo: null, next: null });
  expect([...first.rows, ...second.rows].map((row) => row.id)).toEqual(ids);
  const back = await listDeliveries(workspaceId, { customer: "acme" }, { limit: 4, after: second.previous });
  expect(back.rows).toEqual(first.rows);
});

test("rows of one millisecond are all found, on whichever side of a page's end they lie", async () => {
  const workspaceId = await aWorkspace();
  const endpointId = await anEndpoint(workspaceId);
  const at = Date.now() - HOUR_MS;
  const ids: string[] = [];
  for (let nth = 5; nth > 0; nth--) {
    ids.push(await aDelivery(workspaceId, { endpointId, customer: "acme", id: idAt(at, nth) }));
  }
  const first = await listDeliveries(workspaceId, { customer: "acme" }, { limit: 2 });
  const second = await listDeliveries(workspaceId, { customer: "acme" }, { limit: 3, before: first.next });
  expect([...first.rows, ...second.rows].map((row) => row.id)).toEqual(ids);
});

test("a span is searched from its end to its beginning, and no further", async () => {
  const { workspaceId, ids } = await scattered([0.5, 1.5, 6, 20]);
  const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS);
  const { rows } = await listDeliveries(workspaceId, { customer: "acme", from: ago(7), to: ago(1) });
  expect(rows.map((row) => row.id)).toEqual(ids.slice(1, 3));
  expect(await countDeliveries(workspaceId, { customer: "acme", from: ago(7), to: ago(1) })).toEqual({
    count: 2,
    atLeast: false,
  });
  expect((await listDeliveries(workspaceId, { customer: "acme", from: ago(1), to: ago(2) })).rows).toEqual([]);
});
