import { readerZone } from "@/components/ui/time";
import type { Total } from "@/lib/reports/count-back.ts";
import { countDeliveries } from "@/lib/reports/count-deliveries.ts";
import { listDeliveries } from "@/lib/reports/deliveries.ts";
import type { DeliveryFilter } from "@/lib/reports/delivery-filter.ts";
import { listFilterChoices } from "@/lib/reports/filter-choices.ts";
import { countNewer } from "@/lib/reports/place.ts";
import { readPreferences } from "@/lib/web/preferences.ts";
import type { Actor } from "@/lib/web/session.ts";
import { asFilter, asPage, type DeliverySearch, queryOf } from "./filter";
import { columnsFor, type ListView, panelWidth } from "./list-view";
import { recentStrip } from "./recent-strip";

/** Everything the list of deliveries shows, read at once. */
export async function loadList({ workspace, user }: Actor, search: DeliverySearch, view: ListView) {
  const now = new Date();
  const filter = asFilter(search, now);
  const page = asPage(search);
  const [list, counts, histogram, choices, columns, width, zone, preferences] = await Promise.all([
    listDeliveries(workspace.id, filter, page),
    loadCounts(workspace.id, filter),
    recentStrip({ workspaceId: workspace.id, query: queryOf(search), filter, now, mayBeKept: Boolean(view.sel) }),
    listFilterChoices(workspace.id),
    columnsFor(user.id, view),
    panelWidth(user.id, view),
    readerZone(),
    readPreferences(),
  ]);
  const top = list.rows[0]?.id;
  const newer = top && (page.before || page.after) ? await countNewer(workspace.id, filter, top) : 0;
  return {
    now,
    filter,
    list,
    ...counts,
    total: atLeast(counts.total, (newer ?? 0) + list.rows.length),
    newer,
    histogram,
    choices,
    columns,
    width,
    zone,
    density: preferences.density,
  };
}
/** Where counting ran out of time, what is on the page counts too. */
function atLeast(total: Total, seen: number): Total {
  return total.atLeast && total.count < seen ? { ...total, count: seen } : total;
}

export type LoadedList = Awaited<ReturnType<typeof loadList>>;

/** How many match, of how many in that time, and how many of them have failed. */
async function loadCounts(workspaceId: string, filter: DeliveryFilter) {
  const [total, inTime, failed] = await Promise.all([
    countDeliveries(workspaceId, filter),
    isNarrowed(filter) ? countDeliveries(workspaceId, { from: filter.from, to: filter.to }) : null,
    countFailed(workspaceId, filter),
  ]);
  return { total, inTime, failed };
}

/** How many of them could be retried at once as failed ones. */
function countFailed(workspaceId: string, filter: DeliveryFilter) {
  const asked = filter.status?.length ? filter.status : ["failed"];
  if (!asked.includes("failed")) return { count: 0, atLeast: false };
  return countDeliveries(workspaceId, { ...filter, status: ["failed"] });
}

/** By more than time. */
function isNarrowed({ from: _from, to: _to, ...rest }: DeliveryFilter): boolean {
  return Object.values(rest).some((value) =>
    Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined,
  );
}
