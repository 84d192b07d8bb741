import { setTimeout as wait } from "node:timers/promises";
import { connectDirect, type Sql } from "../db.ts";
import { errorFields, log } from "../log.ts";
import { startBoss } from "./boss.ts";

const ROUND_EVERY_MS = 5_000;
/** Longer than any round takes, its waits for locks of 30 s included. */
const LONGEST_ROUND_MS = 60_000;
const REST_AFTER_FAILURE_MS = 1_000;

/**
 * Has pg-boss look after the queue until the signal: above all, jobs of workers that ended are taken up again. A round
 * that fails or finds no end is followed by one on a new connection; pg-boss's own timer would wait for that end for good.
 */
export async function superviseQueue(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const sql = connectDirect();
    try {
      await roundsOn(sql, signal);
    } catch (error) {
      if (signal.aborted) return;
      log("warn", "supervision", errorFields(error));
      await wait(REST_AFTER_FAILURE_MS, undefined, { signal }).catch(() => {});
    } finally {
      await sql.end({ timeout: 0 }).catch(() => {});
    }
  }
}

async function roundsOn(sql: Sql, signal: AbortSignal): Promise<void> {
  const boss = await inTime(startBoss({ migrate: false }, sql), signal);
  while (!signal.aborted) {
    await inTime(boss.supervise(), signal);
    // Rejects only when the signal comes, which ends the loop.
    await wait(ROUND_EVERY_MS, undefined, { signal }).catch(() => {});
  }
}

/** Rejects when it takes too long, and as soon as the signal comes: a round that is cut off is as good as none. */
async function inTime<T>(round: Promise<T>, signal: AbortSignal): Promise<T> {
  const end = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_ROUND_MS)]);
  const ended = new Promise<never>((_, reject) => {
    end.addEventListener("abort", () => reject(end.reason), { once: true });
  });
  return await Promise.race([round, ended]);
}
