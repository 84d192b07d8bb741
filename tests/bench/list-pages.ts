import { connect } from "../../lib/db.ts";
import { firstIdAt } from "../../lib/ids.ts";
import { DAY_MS } from "../../lib/partitions/days.ts";
import { attention } from "../../lib/reports/attention.ts";
import { countDeliveries } from "../../lib/reports/count-deliveries.ts";
import { listDeliveries } from "../../lib/reports/deliveries.ts";
import type { DeliveryFilter } from "../../lib/reports/delivery-filter.ts";
import { endpointFigures } from "../../lib/reports/endpoint-figures.ts";
import { endpointHealth } from "../../lib/reports/endpoint-health.ts";
import type { EventFilter } from "../../lib/reports/event-filter.ts";
import { eventTypeVolumes } from "../../lib/reports/event-type-volumes.ts";
import { listEvents } from "../../lib/reports/events.ts";
import { listFilterChoices } from "../../lib/reports/filter-choices.ts";
import { overview } from "../../lib/reports/overview.ts";

const TIMES = 8;

/** Milliseconds each view of each list page takes to read, as the pages read it, some times over. */
export async function timeListPages(url: string): Promise<Record<string, number[]>> {
  process.env.DATABASE_URL = url;
  const sql = connect(url, 1);
  const endpoints = await sql<{ id: string; workspaceId: string; type: string }[]>`
    select id, workspace_id as "workspaceId", subscriptions[1] as type from endpoint where subscriptions[1] like 'stored.%' order by id`;
  await sql.end();
  const [first, last] = [endpoints[0], endpoints.at(-1)];
  if (!first || !last) throw new Error("There are no endpoints with stored deliveries");
  const pages = viewsOf(first.workspaceId, [first, last], endpoints.map(({ id }) => id).slice(0, 50));
  const times: Record<string, number[]> = {};
  for (let time = 0; time < TIMES; time++) {
    for (const [page, views] of Object.entries(pages)) {
      for (const view of views) {
        const begun = performance.now();
        await view();
        times[page] = [...(times[page] ?? []), performance.now() - begun];
      }
    }
  }
  return times;
}

type View = () => Promise<unknown>;

function viewsOf(workspace: string, ends: { id: string; type: string }[], ids: string[]): Record<string, View[]> {
  const now = Date.now();
  const ago = (days: number) => new Date(now - days * DAY_MS);
  const deliveries = (filter: DeliveryFilter, before?: string) => () =>
    Promise.all([
      listDeliveries(workspace, filter, { before }),
      countDeliveries(workspace, filter),
      listFilterChoices(workspace),
    ]);
  const events = (filter: EventFilter, before?: string) => () =>
    Promise.all([listEvents(workspace, filter, { before }), listFilterChoices(workspace)]);
  return {
    deliveries: [
      ...[1, 7, 30].flatMap((days) => [
        deliveries({ from: ago(days) }),
        deliveries({ from: ago(days), status: ["failed"] }),
        deliveries({ from: ago(days), status: ["delivered"] }),
        deliveries({ from: ago(days), outcome: "timeout" }),
        ...ends.map(({ id }) => deliveries({ from: ago(days), endpointId: id })),
        ...ends.map(({ id }) => deliveries({ from: ago(days), endpointId: id, status: ["failed"] })),
        ...ends.map(({ type }) => deliveries({ from: ago(days), eventType: type })),
        deliveries({ from: ago(days), customer: "customer-7" }),
      ]),
      deliveries({ from: ago(30) }, firstIdAt(ago(20))),
      deliveries({}),
      deliveries({ status: ["failed"] }),
    ],
    events: [
      ...[1, 7, 30].flatMap((days) => [
        events({ from: ago(days) }),
        ...ends.map(({ type }) => events({ from: ago(days), type })),
        events({ from: ago(days), customer: "customer-7" }),
      ]),
      events({ from: ago(30) }, firstIdAt(ago(20))),
    ],
    endpoints: [() => Promise.all([endpointHealth(workspace, ids), endpointFigures(workspace, ids)])],
    overview: (["24h", "7d", "30d"] as const).map(
      (range) => () => Promise.all([overview(workspace, range), attention(workspace)]),
    ),
    event_types: [() => eventTypeVolumes(workspace)],
  };
}
