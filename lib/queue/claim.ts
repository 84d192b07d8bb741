import type { Job } from "pg-boss";
import { boss } from "./boss.ts";
import { DELIVER_QUEUE, type DeliveryJob } from "./jobs.ts";

/** pg-boss writes the size into its SQL: few sizes make few prepared statements. */
const SIZES = [512, 256, 128, 64, 32, 16, 8, 4, 2, 1];

/** Jobs that are ours until settled, or until the heartbeat stops; `more` when there may be others. */
export type Claim = { jobs: Job<DeliveryJob>[]; more: boolean };

/** Takes up at most so many runnable jobs, the oldest first. */
export async function claimJobs(most: number): Promise<Claim> {
  const batchSize = SIZES.find((size) => size <= most);
  if (batchSize === undefined) return { jobs: [], more: false };
  const queue = await boss();
  const jobs = await queue.fetch<DeliveryJob>(DELIVER_QUEUE, { batchSize });
  return { jobs, more: jobs.length === batchSize };
}
