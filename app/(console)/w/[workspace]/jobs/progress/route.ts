import { NextResponse } from "next/server";
import { underWayOf } from "@/components/jobs/under-way";
import { listJobsUnderWay } from "@/lib/bulk-jobs/queries.ts";
import { requireActor } from "@/lib/web/session.ts";

/** GET: what is under way in the workspace, for the top bar. */
export async function GET(_: Request, { params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await requireActor((await params).workspace);
  const underWay = underWayOf(workspace.slug, await listJobsUnderWay(workspace.id));
  return NextResponse.json({ underWay }, { headers: { "cache-control": "no-store" } });
}
