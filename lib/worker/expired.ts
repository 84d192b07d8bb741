import type { Sql } from "../db.ts";
import { firstIdAt } from "../ids.ts";
import { MAX_REFUSED_CALLS } from "../ingest/refused-calls.ts";
import { DAY_MS } from "../partitions/days.ts";

/** Small statements: nobody waits long behind one, and vacuum keeps up. */
const BATCH = 2_000;
const MOST_BATCHES = 50;
const STATS_KEPT_DAYS = 400;
/** Each may have had hundreds of thousands of rows. */
const JOBS_AT_ONCE = 5;

/** Deletes what has had its time and is in no daily partition. */
export async function deleteExpired(sql: Sql, retentionDays: number, now = new Date()): Promise<void> {
  await inBatches(
    () => sql`
    delete from dedupe_key where ctid = any(array(
      select ctid from dedupe_key where expires_at < ${now} limit ${BATCH} for update skip locked))`,
  );
  await inBatches(
    () => sql`
    delete from refused_call where id = any(array(
      select id from (select id, row_number() over (partition by workspace_id order by id desc) as age from refused_call) r
      where age > ${MAX_REFUSED_CALLS} limit ${BATCH}))`,
  );
  await inBatches(
    () => sql`
    delete from delivery_stat where ctid = any(array(
      select ctid from delivery_stat where bucket < ${daysBefore(now, STATS_KEPT_DAYS)} limit ${BATCH}))`,
  );
  // With their items, which tell of deliveries that are no longer stored.
  await sql`
    delete from bulk_job where id = any(array(
      select id from bulk_job where id < ${firstIdAt(daysBefore(now, retentionDays))}
        and status not in ('counting', 'running') order by id limit ${JOBS_AT_ONCE}))`;
  await deleteTrials(sql, daysBefore(now, retentionDays));
  await sql`delete from reverification where finished_at < ${daysBefore(now, retentionDays)}`;
  await inBatches(
    () => sql`
    delete from missing_request where ctid = any(array(
      select ctid from missing_request where found_at < ${daysBefore(now, retentionDays)} limit ${BATCH}))`,
  );
  await sql`delete from session where expires_at < ${now}`;
  await sql`delete from password_reset where expires_at < ${now}`;
  await sql`delete from sign_in_throttle where window_started_at < ${daysBefore(now, 1)}`;
  await discardHeldTooLong(sql, retentionDays, now);
}

/** What the playground and the built-in receiver kept holds payloads too; a link that ended long ago opens nothing. */
async function deleteTrials(sql: Sql, since: Date): Promise<void> {
  const first = firstIdAt(since);
  for (const table of ["received_call", "trial_call"]) {
    await inBatches(
      () => sql`
      delete from ${sql(table)} where id = any(array(select id from ${sql(table)} where id < ${first} limit ${BATCH}))`,
    );
  }
  await sql`delete from share_link where expires_at < ${since}`;
}

/**
 * What is held or stands in line keeps its day from being dropped: it waits as long as the retention, counted from when
 * it was to be delivered, then it is given up.
 */
async function discardHeldTooLong(sql: Sql, retentionDays: number, now: Date): Promise<void> {
  const since = daysBefore(now, retentionDays);
  const reason = `It was held for more than ${retentionDays} days`;
  await inBatches(
    () => sql`
    update delivery set status = 'discarded', trouble = true, parked = false, reason = ${reason}, finished_at = now()
    where id = any(array(select id from delivery d
      where parked and id < ${firstIdAt(since)}
        and not exists (select from event e where e.id = d.event_id and e.deliver_at > ${since})
      limit ${BATCH} for update skip locked))`,
  );
}

async function inBatches(run: () => Promise<{ count: number }>): Promise<void> {
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const { count } = await run();
    if (count < BATCH) return;
  }
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}
