import type { Sql } from "../db.ts";
import { announceChange } from "../live/announce.ts";
import { errorFields, log } from "../log.ts";
import { ApiProblem } from "./ask-api.ts";
import { type Comparison, compare, type DueCheck } from "./compare.ts";

/** A run that was cut off is begun again after so long; one that takes longer is ended before. */
const LEASE_MS = 5 * 60_000;
const LONGEST_MS = 4 * 60_000;
/** Checks that one worker runs side by side: each waits for its provider most of the time. */
const AT_ONCE = 4;

type Claimed = DueCheck & { workspaceId: string; everyMinutes: number; leasedUntil: Date };

/** Runs every check whose time has come; other workers leave those alone that are under way. */
export async function runDueChecks(sql: Sql, stopped: AbortSignal = new AbortController().signal): Promise<number> {
  const runs = await Promise.all(Array.from({ length: AT_ONCE }, () => runUntilNoneIsDue(sql, stopped)));
  return runs.reduce((sum, count) => sum + count, 0);
}

async function runUntilNoneIsDue(sql: Sql, stopped: AbortSignal): Promise<number> {
  for (let runs = 0; ; runs++) {
    if (stopped.aborted) return runs;
    const check = await claim(sql);
    if (!check) return runs;
    await run(sql, check, stopped);
    announceChange(check.workspaceId);
  }
}

/** Takes the one that has waited longest, for as long as the lease. */
async function claim(sql: Sql): Promise<Claimed | null> {
  const leasedUntil = new Date(Date.now() + LEASE_MS);
  const [claimed] = await sql<Claimed[]>`
    with due as (
      select g.source_id from gap_check g join source s on s.id = g.source_id
      where g.next_run_at <= now() and s.deleted_at is null and s.status <> 'disabled'
      order by g.next_run_at limit 1 for update of g skip locked
    )
    update gap_check g set next_run_at = ${leasedUntil} from due, source s
    where g.source_id = due.source_id and s.id = g.source_id
    returning g.source_id as "sourceId", s.workspace_id as "workspaceId", s.provider, g.token, g.subject, g.looked_until as "lookedUntil",
      s.created_at as "sourceSince", g.every_minutes as "everyMinutes", g.next_run_at as "leasedUntil"`;
  return claimed ?? null;
}

async function run(sql: Sql, check: Claimed, stopped: AbortSignal): Promise<void> {
  const now = new Date();
  const timeUp = AbortSignal.timeout(LONGEST_MS);
  try {
    await finish(sql, check, await compare(sql, check, now, AbortSignal.any([stopped, timeUp])), now);
  } catch (error) {
    if (stopped.aborted) return giveBack(sql, check);
    if (error instanceof ApiProblem) return fail(sql, check, timeUp.aborted ? TOOK_LONG : error, now);
    // Ours, or the database's: the next run looks from the same moment.
    log("warn", "gap check", { source: check.sourceId, ...errorFields(error) });
    await fail(sql, check, OURS, now);
  }
}

const TOOK_LONG = new ApiProblem("The provider took more than four minutes to tell what it sent");
const OURS = new ApiProblem("The check failed on our side; it runs again at its next time");

/** Whoever asked for a run in the meantime, or changed the check, has set its next time anew: that one stays. */
async function finish(sql: Sql, check: Claimed, { checked, lookedUntil, note }: Comparison, now: Date): Promise<void> {
  await sql`
    update gap_check set last_run_at = ${now}, last_error = ${note}, looked_until = ${lookedUntil}, checked = ${checked},
      next_run_at = ${nextRun(check, now)}
    where source_id = ${check.sourceId} and next_run_at = ${check.leasedUntil}`;
}

/** Looks from the same moment the next time. */
async function fail(sql: Sql, check: Claimed, { message, retryAt }: ApiProblem, now: Date): Promise<void> {
  await sql`
    update gap_check set last_run_at = ${now}, last_error = ${message}, next_run_at = ${retryAt ?? nextRun(check, now)}
    where source_id = ${check.sourceId} and next_run_at = ${check.leasedUntil}`;
}

/** The worker stops in mid-run: the next one need not wait for the lease to end. */
async function giveBack(sql: Sql, check: Claimed): Promise<void> {
  await sql`update gap_check set next_run_at = now()
    where source_id = ${check.sourceId} and next_run_at = ${check.leasedUntil}`;
}

function nextRun({ everyMinutes }: Claimed, now: Date): Date {
  return new Date(now.getTime() + everyMinutes * 60_000);
}
