import { setTimeout as wait } from "node:timers/promises";
import type { Sql } from "../db.ts";
import { disableHopeless } from "../delivery/disable.ts";
import { giveUpOld } from "../delivery/give-up-old.ts";
import { sweepAll, sweepRecent } from "../delivery/sweep.ts";
import { env } from "../env.ts";
import { runDueChecks } from "../gap-check/due.ts";
import { errorFields, log } from "../log.ts";
import { makePartitionsAhead } from "../partitions/make-ahead.ts";
import { retire } from "../partitions/retire.ts";
import { deleteExpired } from "./expired.ts";
import { foldStats } from "./fold-stats.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type Chore = { name: string; everyMs: number; run: (sql: Sql, signal: AbortSignal) => Promise<unknown> };

/** Every worker has the whole list; who finds a chore's lock taken leaves it to the other. */
const CHORES: Chore[] = [
  { name: "sweep recent", everyMs: MINUTE, run: sweepRecent },
  { name: "sweep all", everyMs: HOUR, run: sweepAll },
  { name: "disable hopeless", everyMs: MINUTE, run: disableHopeless },
  { name: "give up old", everyMs: MINUTE, run: (sql) => giveUpOld(sql) },
  { name: "partitions ahead", everyMs: HOUR, run: (sql) => makePartitionsAhead(sql) },
  { name: "retention", everyMs: HOUR, run: () => retire(env().RETENTION_DAYS) },
  { name: "expired", everyMs: 5 * MINUTE, run: (sql) => deleteExpired(sql, env().RETENTION_DAYS) },
  { name: "gap checks", everyMs: 5 * SECOND, run: runDueChecks },
  { name: "fold statistics", everyMs: 10 * MINUTE, run: foldStats },
];

/** Runs the chores until the signal, the first time at once. Resolves when the last one that was running has ended. */
export async function runSchedules(sql: Sql, signal: AbortSignal): Promise<void> {
  await Promise.all(CHORES.map((chore) => repeat(chore, sql, signal)));
}

async function repeat({ name, everyMs, run }: Chore, sql: Sql, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await run(sql, signal);
    } catch (error) {
      // The next round tries again; the database may just be away.
      log("warn", name, errorFields(error));
    }
    // Rejects only when the signal comes, which ends the loop.
    await wait(everyMs, undefined, { signal }).catch(() => {});
  }
}
