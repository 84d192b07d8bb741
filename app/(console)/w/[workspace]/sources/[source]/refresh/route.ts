import { notFound } from "next/navigation";
import { type NextRequest, NextResponse } from "next/server";
import { parseId } from "@/lib/ids.ts";
import { requestNews } from "@/lib/reports/newer-requests.ts";
import { PAGE_LIMIT } from "@/lib/reports/page.ts";
import { hasSource } from "@/lib/reports/source-head.ts";
import { requireActor } from "@/lib/web/session.ts";
import { askedOf } from "../../../list-address";
import { asFilter, requestSearch } from "../filter";

type Context = { params: Promise<{ workspace: string; source: string }> };

/** GET ?seen=req_…,req_…: how many requests are newer than those a page shows, and how those stand now. */
export async function GET(request: NextRequest, { params }: Context) {
  const { workspace: slug, source } = await params;
  const { workspace } = await requireActor(slug);
  const id = parseId("src", source);
  if (!id || !(await hasSource(workspace.id, id))) notFound();
  const query = request.nextUrl.searchParams;
  const seen = (query.get("seen") ?? "").split(",", PAGE_LIMIT).flatMap((text) => parseId("req", text) ?? []);
  const filter = asFilter(id, requestSearch.parse(askedOf(query)), new Date());
  const news = await requestNews(workspace.id, filter, seen);
  return NextResponse.json(news, { headers: { "cache-control": "no-store" } });
}
