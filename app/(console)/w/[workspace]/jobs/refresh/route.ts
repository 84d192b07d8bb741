import { type NextRequest, NextResponse } from "next/server";
import { jobMark } from "@/components/jobs/job-words";
import { findJob, listJobsUnderWay } from "@/lib/bulk-jobs/queries.ts";
import { parseId } from "@/lib/ids.ts";
import { requireActor } from "@/lib/web/session.ts";

/** GET ?job=job_…: whether a job has moved; without one, whether any that is under way has. */
export async function GET(request: NextRequest, { params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await requireActor((await params).workspace);
  const id = parseId("job", request.nextUrl.searchParams.get("job") ?? "");
  const job = id ? await findJob(workspace.id, id) : null;
  const jobs = id ? [job].flatMap((row) => row ?? []) : await listJobsUnderWay(workspace.id);
  return NextResponse.json({ mark: jobs.map(jobMark).join("|") }, { headers: { "cache-control": "no-store" } });
}
