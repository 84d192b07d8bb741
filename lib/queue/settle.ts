import type { Job } from "pg-boss";
import type { SqlTransaction } from "../db.ts";
import { boss, bossDb } from "./boss.ts";
import { DELIVER_QUEUE, type DeliveryJob } from "./jobs.ts";

/**
 * Ends jobs in the caller's transaction. Fenced by the claim: a job that another worker has been given since is left
 * alone (the job objects do that; their bare ids would not).
 * @returns the ids of the jobs that were still ours
 */
export async function settleJobs(tx: SqlTransaction, jobs: Job<DeliveryJob>[]): Promise<Set<string>> {
  if (jobs.length === 0) return new Set();
  const queue = await boss();
  // pg-boss' types leave out the ids it answers with.
  const response: { settled?: string[] } = await queue.deleteJob(DELIVER_QUEUE, jobs, { db: bossDb(tx) });
  if (!response.settled) throw new Error("pg-boss did not say which jobs it settled");
  return new Set(response.settled);
}

/** Keeps claims of calls that take longer than the queue's heartbeat. */
export async function touchJobs(jobs: Job<DeliveryJob>[]): Promise<void> {
  if (jobs.length === 0) return;
  const queue = await boss();
  await queue.touch(DELIVER_QUEUE, jobs);
}
