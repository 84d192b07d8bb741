import { notFound } from "next/navigation";
import type { NextRequest } from "next/server";
import { isCopyForm } from "@/components/deliveries/copy-forms";
import { verifiedBy } from "@/lib/sources/verified-by.ts";
import { shownUrl } from "../../../shown-url";
import { copiedRequest } from "../copied";
import { loadOpened } from "../load";

type Context = { params: Promise<{ workspace: string; source: string; request: string }> };

/** GET ?as=curl|fetch|csharp|python: the request as code. Plain text, never a page. */
export async function GET(request: NextRequest, { params }: Context) {
  const { workspace, source, request: outsideId } = await params;
  const { row, head, actor } = await loadOpened(workspace, source, outsideId);
  const form = request.nextUrl.searchParams.get("as");
  if (!isCopyForm(form) || row.body === null) notFound();
  const text = copiedRequest(form, {
    ...row,
    body: row.body,
    url: shownUrl(head, actor.role),
    by: verifiedBy(head.provider, head.settings),
  });
  return new Response(text, {
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
  });
}
