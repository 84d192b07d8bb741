import { afterAll, expect, test } from "vitest";
import { connectDirect, hotSql, type Sql } from "../../lib/db.ts";
import { Slot } from "../../lib/worker/slot.ts";
import { testDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";

await testDatabase();
const connections: Sql[] = [];
afterAll(() => Promise.all(connections.map((sql) => sql.end())));

function aConnection(): Sql {
  const sql = connectDirect();
  connections.push(sql);
  return sql;
}

/** What a restart of the database does to a connection. */
async function cut(sql: Sql): Promise<void> {
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  await hotSql()`select pg_terminate_backend(${row!.pid})`;
  await eventually(async () => (await sql`select pg_backend_pid() as pid`)[0]?.pid !== row!.pid);
}

test("a worker whose connection was lost takes its number again, or another when somebody has it by now", async () => {
  const [first, second] = [aConnection(), aConnection()];
  const slot = await Slot.take(first);
  expect(slot.number).toBe(0);
  const moves: number[] = [];
  await slot.renew((number) => moves.push(number));

  await cut(first);
  await slot.renew((number) => moves.push(number));
  expect([slot.number, moves]).toEqual([0, []]);
  expect((await Slot.take(second)).number).toBe(1);

  await cut(first);
  const third = await Slot.take(aConnection());
  expect(third.number).toBe(0);
  await slot.renew((number) => moves.push(number));
  expect([slot.number, moves]).toEqual([2, [2]]);
});
