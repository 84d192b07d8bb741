import type { Db, Job } from "pg-boss";
import { queueSql } from "../db.ts";
import { BOSS_SCHEMA, boss, bossDb } from "./boss.ts";
import { groupSize } from "./groups.ts";
import { DELIVER_QUEUE, type DeliveryJob } from "./jobs.ts";

/** pg-boss writes the size into its SQL: few sizes make few prepared statements. */
const SIZES = [512, 256, 128, 64, 32, 16, 8, 4, 2, 1];
const LARGEST = 512;
/** A claim that cut a group in two goes on for it this many times. */
const MOST_CLAIMS_FOR_GROUPS = 3;

/** Jobs that are ours until settled, or until the heartbeat stops; `more` when there may be others. */
export type Claim = { jobs: Job<DeliveryJob>[]; more: boolean };

/**
 * Takes up at most so many runnable jobs, the oldest first; some more where the last of them belong to a group.
 * @param except the endpoint whose jobs are left where they are; reading past them takes time
 */
export async function claimJobs(most: number, except?: string): Promise<Claim> {
  const claim = await claimOnce(
    SIZES.find((size) => size <= most),
    except,
  );
  for (let times = 0; times < MOST_CLAIMS_FOR_GROUPS && claim.more; times++) {
    const missing = countMissing(claim.jobs);
    if (missing === 0) break;
    // They were queued together, so they come next; another worker may have them by now.
    const rest = await claimOnce(SIZES.findLast((size) => size >= missing) ?? LARGEST, except);
    claim.jobs.push(...rest.jobs);
    claim.more = rest.more;
  }
  return claim;
}

async function claimOnce(batchSize: number | undefined, except?: string): Promise<Claim> {
  if (batchSize === undefined) return { jobs: [], more: false };
  const queue = await boss();
  const jobs = await queue.fetch<DeliveryJob>(DELIVER_QUEUE, { batchSize, db: claimingDb(except) });
  return { jobs, more: jobs.length === batchSize };
}

const IN_ORDER = "ORDER BY j.priority desc, j.created_on";
const DUE_IN_ORDER = `AND j.priority = 0 AND j.created_on <= ${BOSS_SCHEMA}.job_now() ${IN_ORDER}`;

/**
 * pg-boss reads its queue in the order of `created_on`, past every job that is for later. Ours are in that order by when
 * they may run (see enqueue.ts), so a claim ends where those for later begin, however many they are.
 */
function claimingDb(except?: string): Db {
  const { executeSql } = bossDb(queueSql());
  return {
    executeSql: (text, values = []) => {
      if (!text.includes(IN_ORDER)) throw new Error("pg-boss claims jobs in another way than this one knows");
      if (except === undefined) return executeSql(text.replace(IN_ORDER, DUE_IN_ORDER), values);
      const others = `AND j.data ->> 'p' <> $${values.length + 1} ${DUE_IN_ORDER}`;
      return executeSql(
        text.replace(IN_ORDER, () => others),
        [...values, except],
      );
    },
  };
}

/** Members of claimed groups that were not claimed with them. */
function countMissing(jobs: Job<DeliveryJob>[]): number {
  const missing = new Map<string, number>();
  for (const { data } of jobs) {
    if (data.g !== undefined) missing.set(data.g, (missing.get(data.g) ?? groupSize(data.g)) - 1);
  }
  let sum = 0;
  for (const count of missing.values()) sum += Math.max(0, count);
  return sum;
}
