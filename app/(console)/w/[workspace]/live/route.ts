import type { NextRequest } from "next/server";
import { liveStream } from "@/lib/web/live-stream.ts";
import { requireActor } from "@/lib/web/session.ts";

/** GET: a stream that says when something of the workspace has changed. A tab that comes again names the last it heard. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await requireActor((await params).workspace);
  const mark = request.headers.get("last-event-id") ?? request.nextUrl.searchParams.get("mark");
  return liveStream(workspace.id, mark, request.signal);
}
