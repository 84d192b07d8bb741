import { type NextRequest, NextResponse } from "next/server";
import type { Found } from "@/components/shell/palette/commands";
import { pagePath } from "@/components/shell/paths";
import { findByText, type TextMatches } from "@/lib/reports/find-by-text.ts";
import { requireActor } from "@/lib/web/session.ts";

const MAX_TEXT = 200;

/** GET ?q=text: what the palette offers while somebody types. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await requireActor((await params).workspace);
  const text = (request.nextUrl.searchParams.get("q") ?? "").trim().slice(0, MAX_TEXT);
  const found = asFound(workspace.slug, await findByText(workspace.id, text));
  return NextResponse.json(found, { headers: { "cache-control": "no-store" } });
}

function asFound(slug: string, { endpoints, sources, eventTypes, events }: TextMatches): Found[] {
  return [
    ...events.map(({ id, key }) => ({ label: key, detail: "event with this key", href: pagePath(slug, "evt", id) })),
    ...endpoints.map(({ id, url, description }) => ({
      label: url,
      detail: description || "endpoint",
      href: pagePath(slug, "ep", id),
    })),
    ...sources.map(({ id, name }) => ({ label: name, detail: "source", href: pagePath(slug, "src", id) })),
    ...eventTypes.map(({ name, description }) => ({
      label: name,
      detail: description || "event type",
      href: `/w/${slug}/event-types/${encodeURIComponent(name)}`,
    })),
  ];
}
