import { notFound } from "next/navigation";
import { loadOpened } from "../load";

type Context = { params: Promise<{ workspace: string; source: string; request: string }> };

/** GET: the request's body, byte for byte. Always a file, never a page. */
export async function GET(_: Request, { params }: Context) {
  const { workspace, source, request } = await params;
  const { row } = await loadOpened(workspace, source, request);
  if (row.body === null) notFound();
  return new Response(new Uint8Array(row.body), {
    headers: {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="${request}"`,
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
  });
}
