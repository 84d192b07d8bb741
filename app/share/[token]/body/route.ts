import { notFound } from "next/navigation";
import type { NextRequest } from "next/server";
import { loadShared, sharedAttempt, sharedRequest } from "../load";

type Context = { params: Promise<{ token: string }> };

/** GET: a shared body, where bodies were chosen. Always a file, never a page. */
export async function GET(request: NextRequest, { params }: Context) {
  const shared = await loadShared((await params).token);
  if (!shared?.link.showsBodies) notFound();
  const asked = request.nextUrl.searchParams.get("attempt");
  const known = shared.row.attemptList.some(({ number }) => String(number) === asked);
  const attempt = known ? await sharedAttempt(shared, Number(asked)) : null;
  const bytes = asked === null ? (await sharedRequest(shared)).body : attempt?.responseBody;
  if (!bytes) notFound();
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="${asked === null ? "request" : `response-${asked}`}"`,
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "x-robots-tag": "noindex",
      "cache-control": "no-store",
    },
  });
}
