import { notFound } from "next/navigation";
import type { NextRequest } from "next/server";
import { parseId } from "@/lib/ids.ts";
import { requireActor } from "@/lib/web/session.ts";
import { loadDelivery } from "../load";

type Context = { params: Promise<{ workspace: string; delivery: string }> };

/** GET: the request's body as it was sent; with `attempt`, what that attempt was answered. Always a file, never a page. */
export async function GET(request: NextRequest, { params }: Context) {
  const { workspace: slug, delivery } = await params;
  const { workspace } = await requireActor(slug);
  const loaded = await loadDelivery(workspace.id, parseId("dlv", delivery));
  const number = request.nextUrl.searchParams.get("attempt");
  const attempt = loaded?.row.attemptList.find((row) => String(row.number) === number);
  const bytes = number === null ? loaded?.request.body : attempt?.responseBody;
  if (!bytes) notFound();

  const name = number === null ? `${delivery}-request` : `${delivery}-response-${number}`;
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="${name}"`,
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
  });
}
