import { notFound } from "next/navigation";
import type { NextRequest } from "next/server";
import { parseId } from "@/lib/ids.ts";
import { findAttempt } from "@/lib/reports/delivery.ts";
import { requireActor } from "@/lib/web/session.ts";
import { loadRequest, loadSending } from "../load";

type Context = { params: Promise<{ workspace: string; delivery: string }> };

/** GET: the request's body as it was sent; with `attempt`, what that attempt was answered. Always a file, never a page. */
export async function GET(request: NextRequest, { params }: Context) {
  const { workspace: slug, delivery } = await params;
  const { workspace } = await requireActor(slug);
  const loaded = await loadSending(workspace.id, parseId("dlv", delivery));
  if (!loaded) notFound();
  const asked = request.nextUrl.searchParams.get("attempt");
  const attempt = loaded.row.attemptList.find(({ number }) => String(number) === asked);
  const answer = attempt && (await findAttempt(loaded.row.id, attempt.number));
  const bytes = asked === null ? (await loadRequest(loaded.row, loaded.settings)).body : answer?.responseBody;
  if (!bytes) notFound();

  const name = asked === null ? `${delivery}-request` : `${delivery}-response-${asked}`;
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
