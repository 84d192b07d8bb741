import { and, count, eq, inArray, sql } from "drizzle-orm";
import { bulkJob } from "../../drizzle/schema/console.ts";
import { type AuditAction, type Author, recordAudit } from "../audit/record.ts";
import { db, hotSql, type Transaction } from "../db.ts";
import { formatId } from "../ids.ts";
import { announceChange } from "../live/announce.ts";
import { BULK_JOBS_CHANNEL } from "./channel.ts";
import { sumsOf } from "./progress.ts";
import type { JobKind, JobScope } from "./scope.ts";
import { takeTurn } from "./turn.ts";

/** Jobs of a workspace that may be under way at once. */
export const MOST_UNDER_WAY = 10;
/** Whoever stops a job waits no longer than this for its rows to be taken out of line. */
const TAKEN_BACK_WITHIN_MS = 2_000;

export type NewJob = {
  /** Made when its form was, so that sending the form twice starts one job. */
  id: string;
  kind: JobKind;
  scope: JobScope;
  pace: number | null;
  sentence: string;
};
export type StartResult = "started" | "too_many" | "taken";

/** Puts a job to the workers, which count what it runs over before they touch the first row. */
export async function startJob(workspaceId: string, job: NewJob, author: Author): Promise<StartResult> {
  const result = await db().transaction(async (tx): Promise<StartResult> => {
    const [known] = await tx.select({ workspaceId: bulkJob.workspaceId }).from(bulkJob).where(eq(bulkJob.id, job.id));
    if (known) return known.workspaceId === workspaceId ? "started" : "taken";
    if (await areTooMany(tx, workspaceId)) return "too_many";
    const made = await tx
      .insert(bulkJob)
      .values({ ...job, workspaceId, actor: author.id, actorName: author.name })
      .onConflictDoNothing()
      .returning({ id: bulkJob.id });
    if (made.length === 0) return "started";
    const { kind, scope, pace } = job;
    await note(tx, workspaceId, author, job, {
      action: "bulk_job.started",
      detail: { kind, pace, ...auditedScope(scope) },
    });
    return "started";
  });
  announceChange(workspaceId, "jobs");
  return result;
}

/** Ids are on the job itself, and may be many. */
function auditedScope({ over, ...scope }: JobScope) {
  return { ...scope, over: over.by === "ids" ? { by: over.by, count: over.ids.length } : over };
}

export type StopResult = "stopped" | "not_found" | "not_under_way";

/**
 * Ends a job where it is. What it has put in line is taken out again, as far as it has not been let out yet; calls on
 * their way go on.
 */
export async function stopJob(workspaceId: string, jobId: string, author: Author): Promise<StopResult> {
  const result = await db().transaction(async (tx): Promise<StopResult> => {
    const job = await lock(tx, workspaceId, jobId);
    if (!job) return "not_found";
    if (job.status !== "counting" && job.status !== "running") return "not_under_way";
    await tx
      .update(bulkJob)
      .set({ status: "stopped", stoppedBy: author.name, finishedAt: sql`now()` })
      .where(eq(bulkJob.id, jobId));
    await note(tx, workspaceId, author, job, { action: "bulk_job.stopped" });
    return "stopped";
  });
  if (result === "stopped") await takeBack(jobId);
  announceChange(workspaceId, "jobs");
  return result;
}

/** At once, so that whoever stops a job sees it stand still; the workers do what is left. */
async function takeBack(jobId: string): Promise<void> {
  const until = performance.now() + TAKEN_BACK_WITHIN_MS;
  const lines = await hotSql()<{ id: string }[]>`
    select endpoint_id as id from bulk_job_endpoint where job_id = ${jobId} and open > 0 order by endpoint_id`;
  for (const { id } of lines) {
    if (performance.now() > until) return;
    await takeTurn(hotSql(), jobId, id);
  }
}

export type ContinueResult = "continued" | "not_found" | "not_stopped" | "too_many";

/** Goes on with a job that was stopped: with what it had not put in line, and with what was taken back. */
export async function continueJob(workspaceId: string, jobId: string, author: Author): Promise<ContinueResult> {
  const result = await db().transaction(async (tx): Promise<ContinueResult> => {
    const job = await lock(tx, workspaceId, jobId);
    if (!job) return "not_found";
    if (job.status !== "stopped") return "not_stopped";
    if (await areTooMany(tx, workspaceId)) return "too_many";
    const { over } = await sumsOf(tx, jobId);
    const status = job.startedAt ? ("running" as const) : ("counting" as const);
    await tx
      .update(bulkJob)
      .set({ status, stoppedBy: null, finishedAt: null, runSince: sql`now()`, overBefore: over })
      .where(eq(bulkJob.id, jobId));
    await note(tx, workspaceId, author, job, { action: "bulk_job.continued" });
    return "continued";
  });
  announceChange(workspaceId, "jobs");
  return result;
}

async function areTooMany(tx: Transaction, workspaceId: string): Promise<boolean> {
  const [underWay] = await tx
    .select({ count: count() })
    .from(bulkJob)
    .where(and(eq(bulkJob.workspaceId, workspaceId), inArray(bulkJob.status, ["counting", "running"])));
  return (underWay?.count ?? 0) >= MOST_UNDER_WAY;
}

async function lock(tx: Transaction, workspaceId: string, jobId: string) {
  const [job] = await tx
    .select()
    .from(bulkJob)
    .where(and(eq(bulkJob.workspaceId, workspaceId), eq(bulkJob.id, jobId)))
    .for("update");
  return job;
}

async function note(
  tx: Transaction,
  workspaceId: string,
  author: Author,
  { id, sentence }: { id: string; sentence: string },
  entry: Pick<AuditAction, "action" | "detail">,
): Promise<void> {
  await recordAudit(tx, workspaceId, author, { target: formatId("job", id), targetName: sentence, ...entry });
  await tx.execute(sql`select pg_notify(${BULK_JOBS_CHANNEL}, '')`);
}
