import { CHORE_SILENCE_MS, connectDirect, type Sql } from "../db.ts";
import { idTime } from "../ids.ts";
import { log } from "../log.ts";
import { DAY_MS, dayName, PARTITIONED_TABLES, startOfDay } from "./days.ts";
import { listPartitions } from "./make-ahead.ts";

/** Later than every day. */
const NO_DAY = "99999999";

type Oldest = { delivery: string | null; event: string | null };

/**
 * Drops the days that are older than the retention. A day stays while an unfinished delivery belongs to it or to a
 * later event's: events of a day go only when nothing unfinished refers to an event of that day or before.
 * Detached first, concurrently: neither posting nor delivering waits for it.
 * @returns the partitions that were dropped
 */
export async function retire(retentionDays: number, now = new Date()): Promise<string[]> {
  const cutoff = dayName(startOfDay(new Date(now.getTime() - retentionDays * DAY_MS)));
  // DETACH CONCURRENTLY cannot run inside a transaction, so the lock belongs to a connection, and ends with it.
  const session = connectDirect(CHORE_SILENCE_MS);
  try {
    const [lock] = await session`select pg_try_advisory_lock(hashtext('posthorn.retention')) as mine`;
    return lock?.mine ? await dropBefore(session, cutoff) : [];
  } finally {
    await session.end({ timeout: 5 });
  }
}

async function dropBefore(session: Sql, cutoff: string): Promise<string[]> {
  await finishInterrupted(session, cutoff);
  const old = (await listPartitions(session)).filter(({ day }) => day < cutoff);
  if (old.length === 0) return [];
  const oldest = await findOldestUnfinished(session);
  const dropped: string[] = [];
  for (const { table, name, day } of old) {
    if (day >= firstDayNeeded(table, oldest)) continue;
    await session.unsafe(`alter table "${table}" detach partition "${name}" concurrently`);
    await session.unsafe(`drop table "${name}"`);
    dropped.push(name);
  }
  if (dropped.length > 0) log("info", "retention", { dropped: dropped.length, before: cutoff });
  return dropped;
}

async function findOldestUnfinished(session: Sql): Promise<Oldest> {
  const [row] = await session<Oldest[]>`
    select min(id::text) as delivery, min(event_id::text) as event
    from delivery where status in ('queued', 'retrying', 'held')`;
  return row ?? { delivery: null, event: null };
}

function firstDayNeeded(table: string, { delivery, event }: Oldest): string {
  // What a delivery needs of a request is in its event.
  if (table === "request") return NO_DAY;
  const id = table === "event" ? event : delivery;
  return id ? dayName(idTime(id)) : NO_DAY;
}

/** A process that was killed in between leaves a partition half detached, or detached and not dropped. */
async function finishInterrupted(session: Sql, cutoff: string): Promise<void> {
  const tables = Object.keys(PARTITIONED_TABLES);
  const pending = await session<{ table: string; name: string }[]>`
    select inhparent::regclass::text as table, inhrelid::regclass::text as name from pg_inherits
    where inhdetachpending and inhparent::regclass::text = any(${tables})`;
  for (const { table, name } of pending) {
    await session.unsafe(`alter table "${table}" detach partition "${name}" finalize`);
  }
  const detached = await session<{ name: string }[]>`
    select relname as name from pg_class
    where relkind = 'r' and not relispartition and relname ~ ${`^(${tables.join("|")})_[0-9]{8}$`}
      and right(relname, 8) < ${cutoff}`;
  for (const { name } of detached) await session.unsafe(`drop table "${name}"`);
}
