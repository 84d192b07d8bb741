import { expect, test } from "vitest";
import { hotSql, queueSql } from "../../lib/db.ts";
import { testDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";

await testDatabase();

test("a connection lost in mid-transaction ends the transaction, not the process, and is made anew", async () => {
  await queueSql()`select 1`;
  const lost = hotSql().begin(async (tx) => {
    const [mine] = await tx`select pg_backend_pid() as pid`;
    await queueSql()`select pg_terminate_backend(${mine!.pid})`;
    await eventually(async () => {
      const left = await queueSql()`select from pg_stat_activity where pid = ${mine!.pid}`;
      return left.length === 0;
    });
    await tx`select 1`;
  });
  await expect(lost).rejects.toThrow(/CONNECTION_CLOSED|terminating/);
  const again = await Promise.all(Array.from({ length: 16 }, (_, n) => hotSql()`select ${n}::int as n`));
  expect(again.map(([row]) => row!.n)).toEqual(Array.from({ length: 16 }, (_, n) => n));
});
