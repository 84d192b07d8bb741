import { type NextRequest, NextResponse } from "next/server";
import type { Refreshed } from "@/components/deliveries/live-rows";
import { deliveryRowView } from "@/components/deliveries/row-view";
import { readerZone } from "@/components/ui/time";
import { parseId } from "@/lib/ids.ts";
import { deliveriesByIds } from "@/lib/reports/deliveries.ts";
import { countNewer } from "@/lib/reports/newer-deliveries.ts";
import { requireActor } from "@/lib/web/session.ts";
import { askedOf } from "../../list-address";
import { asFilter, deliverySearch } from "../filter";

/** A page shows at most this many rows. */
const MOST_IDS = 250;

/** GET ?ids=dlv_…,dlv_…: the present state of rows that a page shows. With `seen`, its newest, how many newer ones there are. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await requireActor((await params).workspace);
  const query = request.nextUrl.searchParams;
  const idsOf = (name: string) =>
    (query.get(name) ?? "").split(",", MOST_IDS).flatMap((text) => parseId("dlv", text) ?? []);
  const seen = idsOf("seen");
  const now = new Date();

  const [rows, newer, zone] = await Promise.all([
    deliveriesByIds(workspace.id, idsOf("ids")),
    seen.length > 0 ? countNewer(workspace.id, asFilter(deliverySearch.parse(askedOf(query)), now), seen) : 0,
    readerZone(),
  ]);
  const answer: Refreshed = { rows: rows.map((row) => deliveryRowView(row, zone, now)), newer };
  return NextResponse.json(answer, { headers: { "cache-control": "no-store" } });
}
