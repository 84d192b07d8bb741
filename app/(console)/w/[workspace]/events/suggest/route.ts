import { type NextRequest, NextResponse } from "next/server";
import { suggestEvents } from "@/lib/reports/suggest-events.ts";
import { requireActor } from "@/lib/web/session.ts";
import { askedOf } from "../../list-address";
import { asFilter, eventSearch } from "../filter";

/** Longer words are being pasted, not typed. */
const LONGEST_WORD = 200;

/** GET ?word=typ&<filters>: what the search box offers for a word. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await requireActor((await params).workspace);
  const query = request.nextUrl.searchParams;
  const word = (query.get("word") ?? "").slice(0, LONGEST_WORD);
  const suggestions = await suggestEvents(workspace.id, word, asFilter(eventSearch.parse(askedOf(query)), new Date()));
  return NextResponse.json(suggestions, { headers: { "cache-control": "no-store" } });
}
