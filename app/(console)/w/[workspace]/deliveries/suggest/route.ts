import { type NextRequest, NextResponse } from "next/server";
import { suggestDeliveries } from "@/lib/reports/suggest-deliveries.ts";
import { requireActor } from "@/lib/web/session.ts";
import { askedOf } from "../../list-address";
import { asFilter, deliverySearch } from "../filter";

/** Longer words are being pasted, not typed. */
const LONGEST_WORD = 200;

/** GET ?word=sta&<filters>: what the search box offers for a word, counted within the other filters. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await requireActor((await params).workspace);
  const query = request.nextUrl.searchParams;
  const word = (query.get("word") ?? "").slice(0, LONGEST_WORD);
  const filter = asFilter(deliverySearch.parse(askedOf(query)), new Date());
  const suggestions = await suggestDeliveries(workspace.id, word, filter);
  return NextResponse.json(suggestions, { headers: { "cache-control": "no-store" } });
}
