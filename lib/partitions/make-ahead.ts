import type { Sql } from "../db.ts";
import { DAY_MS, dayName, idsOfDay, PARTITIONED_TABLES, startOfDay } from "./days.ts";

/** How far ahead partitions are made: a worker that is down for two weeks stops nothing. */
export const DAYS_AHEAD = 14;
/** Every delivery is updated at least once: with room on its own page, that update touches none of the five indexes. */
const FILL_PERCENT: Record<string, number> = { delivery: 50 };
/** Two days back, for processes whose clocks lag behind. */
const DAYS_BACK = 2;

/**
 * Makes the partitions from two days ago to two weeks ahead, those that are missing.
 * `LIKE` and `ATTACH` instead of `CREATE … PARTITION OF`, which would block inserts while it runs.
 * @returns the names of the partitions that were made
 */
export async function makePartitionsAhead(sql: Sql, now = new Date()): Promise<string[]> {
  const existing = new Set((await listPartitions(sql)).map((partition) => partition.name));
  const made: string[] = [];
  for (let offset = -DAYS_BACK; offset <= DAYS_AHEAD; offset++) {
    const day = new Date(startOfDay(now).getTime() + offset * DAY_MS);
    for (const table of Object.keys(PARTITIONED_TABLES)) {
      const name = `${table}_${dayName(day)}`;
      if (existing.has(name)) continue;
      await makePartition(sql, table, name, idsOfDay(day));
      made.push(name);
    }
  }
  return made;
}

async function makePartition(sql: Sql, table: string, name: string, [from, to]: [string, string]): Promise<void> {
  await sql.begin(async (tx) => {
    // Two processes may make the same day at once: the second one waits here and then finds it made.
    await tx`select pg_advisory_xact_lock(hashtext('posthorn.partitions'))`;
    const [known] = await tx`select 1 from pg_class where relname = ${name} and relispartition`;
    if (known) return;
    await tx.unsafe(
      `create table if not exists "${name}" (like "${table}" including defaults including constraints) with (fillfactor = ${FILL_PERCENT[table] ?? 100})`,
    );
    await tx.unsafe(`alter table "${table}" attach partition "${name}" for values from ('${from}') to ('${to}')`);
  });
}

/** All partitions of the hot tables, oldest first. */
export async function listPartitions(sql: Sql): Promise<{ table: string; name: string; day: string }[]> {
  return sql<{ table: string; name: string; day: string }[]>`
    select parent.relname as table, child.relname as name, right(child.relname, 8) as day
    from pg_inherits
    join pg_class parent on parent.oid = inhparent
    join pg_class child on child.oid = inhrelid
    where parent.relname = any(${Object.keys(PARTITIONED_TABLES)}) and child.relkind = 'r'
    order by day, name`;
}
