import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { connect } from "../../lib/db.ts";
import { closeWebServer, createWebServer } from "../../lib/web/web-server.ts";
import { testDatabase } from "../support/database.ts";
import { roadTo } from "../support/database-road.ts";
import { openDoor } from "../support/door.ts";
import { eventually } from "../support/eventually.ts";
import { aPosting, aSource, eventsFrom, requestsOf, send, type TestSource } from "../support/inbound.ts";
import { aWorkspace } from "../support/traffic.ts";

const direct = await testDatabase();
const road = await roadTo(direct);
process.env.DATABASE_URL = road.url;
const sql = connect(direct, 2);
const door = await openDoor();
const workspaceId = await aWorkspace();
const SECRETS = ["whsec_one"];

const body = (id: string) => JSON.stringify({ id, type: "invoice.paid" });
const post = async (to: TestSource, id: string, at = door) =>
  send(await aPosting(at, to, "stripe", { body: body(id) }));

/** Runs while nothing that is kept can be committed. */
async function whileLocked(run: () => Promise<void>): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`lock table request in exclusive mode`;
    await run();
  });
}

async function callsWaiting(): Promise<boolean> {
  const [row] = await sql`select count(*)::int as n from pg_stat_activity 
    where wait_event_type = 'Lock' and datname = current_database()`;
  return row?.n > 0;
}

test("a commit whose answer is lost is answered 503; sent again, it is the same event", async () => {
  const source = await aSource(workspaceId, { secrets: SECRETS });
  expect((await post(source, "warm")).status).toBe(200);
  road.loseNextCommit();
  const answer = await post(source, "uncertain");
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ code: "uncertain" });
  await eventually(async () => (await post(source, "uncertain")).status === 200);
  expect(await eventsFrom(source.id)).toHaveLength(2);
  expect((await requestsOf(source.id)).map(({ verdict }) => verdict)).toEqual(["accepted", "accepted", "duplicate"]);
});

test("no caller is answered before the commit, refused ones neither", async () => {
  const source = await aSource(workspaceId, { secrets: SECRETS });
  await post(source, "warm");
  let answered = 0;
  const forged = aPosting(door, source, "stripe", { secret: "forged" });
  let answers: Promise<number>[] = [];
  await whileLocked(async () => {
    answers = [post(source, "one"), forged.then(send)].map(async (answer) => {
      const { status } = await answer;
      answered++;
      return status;
    });
    await eventually(callsWaiting);
    expect(answered).toBe(0);
  });
  expect(await Promise.all(answers)).toEqual([200, 401]);
});

test("a server that stops answers the calls it has taken, after their commit", async () => {
  const source = await aSource(workspaceId, { secrets: SECRETS });
  const server = createWebServer((_request, response) => response.end());
  let taken = 0;
  server.on("request", () => taken++);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const at = { ...door, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  await post(source, "warm", at);
  let answers: Promise<Response>[] = [];
  let closed = Promise.resolve();
  await whileLocked(async () => {
    answers = Array.from({ length: 20 }, (_, n) => post(source, `call-${n}`, at));
    await eventually(async () => taken === 21 && (await callsWaiting()));
    closed = closeWebServer(server);
  });
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(20).fill(200));
  await closed;
  expect(await eventsFrom(source.id)).toHaveLength(21);
});

test("when too many wait for the database the others hear 503 at once, and none that waits is lost", async () => {
  const source = await aSource(workspaceId, { secrets: SECRETS });
  await post(source, "warm");
  let answers: Promise<number>[] = [];
  const early: number[] = [];
  await whileLocked(async () => {
    answers = Array.from({ length: 600 }, async (_, n) => (await post(source, `call-${n}`)).status);
    for (const answer of answers) answer.then((status) => early.push(status));
    await eventually(() => early.length === 100);
    expect(new Set(early)).toEqual(new Set([503]));
  });
  const statuses = await Promise.all(answers);
  expect(statuses.filter((status) => status === 200)).toHaveLength(500);
  expect(await eventsFrom(source.id)).toHaveLength(501);
});

test("while the database is away callers hear 503 and when to come back, never 200; then it goes on", async () => {
  const [known, unknown] = [
    await aSource(workspaceId, { secrets: SECRETS }),
    await aSource(workspaceId, { secrets: SECRETS }),
  ];
  expect((await post(known, "before")).status).toBe(200);
  road.cut();
  for (const source of [known, unknown]) {
    const answer = await post(source, "during");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "1"]);
  }
  road.mend();
  await eventually(async () => (await post(known, "after")).status === 200);
  await eventually(async () => (await post(unknown, "after")).status === 200);
  expect(await requestsOf(known.id)).toHaveLength(2);
  expect(await eventsFrom(unknown.id)).toHaveLength(1);
});
