import { notFound } from "next/navigation";
import { parseId } from "@/lib/ids.ts";
import { findEvent } from "@/lib/reports/events.ts";
import { requireActor } from "@/lib/web/session.ts";

type Context = { params: Promise<{ workspace: string; event: string }> };

/** GET: the event's payload, byte for byte. Always a file, never a page. */
export async function GET(_: Request, { params }: Context) {
  const { workspace: slug, event: outsideId } = await params;
  const { workspace } = await requireActor(slug);
  const id = parseId("evt", outsideId);
  const event = id && (await findEvent(workspace.id, id));
  if (!event) notFound();
  return new Response(new Uint8Array(event.payload), {
    headers: {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="${outsideId}"`,
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
  });
}
