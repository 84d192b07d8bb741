import { afterAll, expect, test } from "vitest";
import { hotSql } from "../../lib/db.ts";
import { DAY_MS } from "../../lib/partitions/days.ts";
import { makePartitionsAhead } from "../../lib/partitions/make-ahead.ts";
import { retire } from "../../lib/partitions/retire.ts";
import { testDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { aWorkerProcess } from "../support/worker.ts";

// Behind PgBouncer a lock of the session would stay with whichever connection the pool happened to use.

const url = await testDatabase();
process.env.DATABASE_DIRECT_URL = `${url}?application_name=direct`;
const ending: (() => void)[] = [];
afterAll(() => {
  for (const end of ending) end();
});

/** Who holds an advisory lock of this name, by the name of the connection. */
async function holderOf(name: string): Promise<string | undefined> {
  const [row] = await hotSql()<{ holder: string }[]>`
    select application_name as holder from pg_locks join pg_stat_activity using (pid)
    where locktype = 'advisory' and pg_locks.database = (select oid from pg_database where datname = current_database())
      and hashtext(${name})::bit(32) in (classid::int8::bit(32), objid::int8::bit(32))`;
  return row?.holder;
}

test("a worker holds its number and listens on the direct connection", async () => {
  const worker = await aWorkerProcess();
  ending.push(() => worker.child.kill("SIGKILL"));
  expect(await holderOf("posthorn.worker")).toBe("direct");
  const listening = await hotSql()`
    select application_name as name from pg_stat_activity where datname = current_database() and query ilike 'listen %'`;
  expect(listening).toEqual([{ name: "direct" }]);
});

test("retention holds its lock on the direct connection", async () => {
  await makePartitionsAhead(hotSql(), new Date(Date.now() - 60 * DAY_MS));
  const reader = await hotSql().reserve();
  await reader`begin`;
  await reader`select from event limit 1`;
  const retiring = retire(30);
  await eventually(async () => (await holderOf("posthorn.retention")) !== undefined);
  expect(await holderOf("posthorn.retention")).toBe("direct");
  await reader`commit`;
  reader.release();
  expect((await retiring).length).toBeGreaterThan(0);
});
