import { once } from "node:events";
import net, { type AddressInfo, type Socket } from "node:net";
import { afterAll, expect, test } from "vitest";
import { connect, hotSql } from "../../lib/db.ts";
import { socketsThatAnswer } from "../../lib/db-silence.ts";
import { testDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";

const url = await testDatabase();
const ending: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of ending) await end();
});

/** A way to the database whose connections can be made to swallow everything, without an end. */
async function forgetfulWay() {
  const { port } = new URL(url);
  const passages = new Set<{ near: Socket; far: Socket; forgotten: boolean }>();
  const server = net.createServer((near) => {
    const passage = { near, far: net.connect(Number(port), "127.0.0.1"), forgotten: false };
    passages.add(passage);
    for (const [from, to] of [
      [near, passage.far],
      [passage.far, near],
    ] as const) {
      from.on("data", (bytes) => passage.forgotten || to.write(bytes));
      from.on("error", () => {});
      from.on("close", () => passage.forgotten || to.destroy());
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ending.push(() => {
    for (const { near, far } of passages) for (const socket of [near, far]) socket.destroy();
    server.close();
  });
  const way = new URL(url);
  way.port = String((server.address() as AddressInfo).port);
  const forget = () => {
    for (const passage of passages) passage.forgotten = true;
  };
  const reset = () => {
    for (const { near } of passages) near.resetAndDestroy();
  };
  return { url: way.toString(), forget, reset };
}

test("a statement on a connection that swallows it fails in time, and the next one gets a new connection", async () => {
  const way = await forgetfulWay();
  const sql = connect(way.url, 1, socketsThatAnswer(1_000) as object);
  ending.push(() => sql.end({ timeout: 0 }));
  await sql`select 1`;
  way.forget();
  await expect(sql`select 2`).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
  expect(await sql`select 3 as n`).toEqual([{ n: 3 }]);
});

test("a transaction that is swallowed in its middle ends too", async () => {
  const way = await forgetfulWay();
  const sql = connect(way.url, 1, socketsThatAnswer(1_000) as object);
  ending.push(() => sql.end({ timeout: 0 }));
  const swallowed = sql.begin(async (tx) => {
    await tx`select 1`;
    way.forget();
    await Promise.all([tx`select 2`, tx`select 3`]);
  });
  await expect(swallowed).rejects.toThrow();
  expect(await sql`select 4 as n`).toEqual([{ n: 4 }]);
});

test("what is asked for at the moment a connection breaks off is answered or refused, never forgotten", async () => {
  const way = await forgetfulWay();
  const sql = connect(way.url, 1);
  ending.push(() => sql.end({ timeout: 0 }));
  await sql`select 1`;
  const broken = sql`select pg_sleep(30)`.catch(() => sql`select 2 as n`);
  way.reset();
  await broken.catch((error) => expect(error).toMatchObject({ code: "CONNECTION_CLOSED" }));
  await eventually(async () => expect(await sql`select 3 as n`).toEqual([{ n: 3 }]));
});

test("a connection that waits for notifications alone is left open, and a slow statement until its time is up", async () => {
  const sql = connect(url, 1, socketsThatAnswer(3_000) as object);
  ending.push(() => sql.end({ timeout: 0 }));
  const heard: string[] = [];
  await sql.listen("silence", (message) => heard.push(message));
  const [mine] = await sql`select pg_backend_pid() as pid, pg_sleep(2)`;
  await sql`select pg_sleep(2)`;
  await sql.notify("silence", "still there");
  await eventually(() => heard.length === 1);
  expect((await sql`select pg_backend_pid() as pid`)[0]).toEqual({ pid: mine!.pid });
});

test("a process that froze in mid-transaction loses its locks", async () => {
  const [setting] = await hotSql()`show idle_in_transaction_session_timeout`;
  expect(setting).toEqual({ idle_in_transaction_session_timeout: "10s" });
});
