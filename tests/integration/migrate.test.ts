import { expect, test } from "vitest";
import { migrate } from "../../drizzle/migrate.ts";
import { hotSql } from "../../lib/db.ts";
import { testDatabase } from "../support/database.ts";

const url = await testDatabase();

test("migrating twice, from two processes at once, changes nothing", async () => {
  const before = await hotSql()`select count(*) from pg_class`;
  await Promise.all([migrate(url, 30), migrate(url, 30)]);
  expect(await hotSql()`select count(*) from pg_class`).toEqual(before);
});

test("the hot tables are partitioned by day, two weeks ahead", async () => {
  const tables = await hotSql()`
    select partrelid::regclass::text as name, count(inhrelid)::int as partitions
    from pg_partitioned_table left join pg_inherits on inhparent = partrelid
    where partrelid::regclass::text in ('event', 'delivery', 'attempt') group by 1 order by 1`;
  expect(tables).toEqual(["attempt", "delivery", "event"].map((name) => ({ name, partitions: 17 })));
});
