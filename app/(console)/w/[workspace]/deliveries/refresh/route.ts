import { type NextRequest, NextResponse } from "next/server";
import type { Refreshed } from "@/components/deliveries/live-rows";
import { deliveryRowView } from "@/components/deliveries/row-view";
import { readerZone } from "@/components/ui/time";
import { parseId } from "@/lib/ids.ts";
import { deliveriesByIds, listDeliveries } from "@/lib/reports/deliveries.ts";
import { requireActor } from "@/lib/web/session.ts";
import { askedOf } from "../../list-address";
import { asFilter, deliverySearch } from "../filter";

/** A page shows at most this many rows. */
const MOST_IDS = 250;
/** More new rows than this are "99+". */
const MOST_NEWER = 100;

/** GET ?ids=dlv_…,dlv_…: the present state of rows that a page shows. With `newest`, how many newer ones its filter has. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await requireActor((await params).workspace);
  const query = request.nextUrl.searchParams;
  const ids = (query.get("ids") ?? "").split(",", MOST_IDS).flatMap((text) => parseId("dlv", text) ?? []);
  const newest = parseId("dlv", query.get("newest") ?? "");
  const now = new Date();

  const [rows, newer, zone] = await Promise.all([
    deliveriesByIds(workspace.id, ids),
    newest ? countNewer(workspace.id, askedOf(query), newest, now) : 0,
    readerZone(),
  ]);
  const answer: Refreshed = { rows: rows.map((row) => deliveryRowView(row, zone, now)), newer };
  return NextResponse.json(answer, { headers: { "cache-control": "no-store" } });
}

async function countNewer(workspaceId: string, query: Record<string, string | string[]>, newest: string, now: Date) {
  const filter = asFilter(deliverySearch.parse(query), now);
  const { rows } = await listDeliveries(workspaceId, filter, { after: newest, limit: MOST_NEWER });
  return rows.length;
}
