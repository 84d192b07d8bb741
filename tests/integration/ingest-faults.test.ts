import { expect, test } from "vitest";
import { SYSTEM } from "../../lib/audit/record.ts";
import { connect } from "../../lib/db.ts";
import { createEndpoint } from "../../lib/endpoints/commands.ts";
import { endpointInput } from "../../lib/endpoints/input.ts";
import { accept } from "../../lib/ingest/accept.ts";
import { aType } from "../support/configuration.ts";
import { testDatabase } from "../support/database.ts";
import { roadTo } from "../support/database-road.ts";
import { aKey, openDoor, post } from "../support/door.ts";
import { eventually } from "../support/eventually.ts";
import { anEndpoint, aWorkspace } from "../support/traffic.ts";

const direct = await testDatabase();
const road = await roadTo(direct);
process.env.DATABASE_URL = road.url;
const sql = connect(direct, 1);
const door = await openDoor();

async function aSender() {
  const workspaceId = await aWorkspace();
  await aType(workspaceId, "a");
  return { workspaceId, secret: (await aKey(workspaceId)).secret };
}

async function rowsOf(workspaceId: string) {
  const [counts] = await sql`
    select (select count(*)::int from event where workspace_id = ${workspaceId}) as events,
      (select count(*)::int from delivery where workspace_id = ${workspaceId}) as deliveries,
      (select count(*)::int from pgboss.job j join delivery d on d.id = (j.data ->> 'd')::uuid
        where d.workspace_id = ${workspaceId}) as jobs`;
  return counts;
}

test("an endpoint that was created a moment ago is never missed", async () => {
  const { workspaceId, secret } = await aSender();
  await post(door, secret, { type: "a", data: 0 });
  for (let number = 1; number <= 10; number++) {
    const input = endpointInput.parse({ url: `https://receiver${number}.example.com/` });
    expect(await createEndpoint(workspaceId, input, SYSTEM)).toMatchObject({ result: "created" });
    const answers = await Promise.all([1, 2, 3].map((data) => post(door, secret, { type: "a", data })));
    expect(answers.map(({ body }) => body.deliveries)).toEqual([number, number, number]);
  }
});

test("what the queue refuses leaves neither event nor delivery nor job, and its neighbours are stored", async () => {
  const { workspaceId } = await aSender();
  const broken = await aSender();
  await anEndpoint(workspaceId);
  const poisoned = await anEndpoint(broken.workspaceId);
  const [queue] = await sql`select table_name from pgboss.queue where name = 'deliver'`;
  await sql.unsafe(`
    create function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'refused' using errcode = '23514'; end $$;
    create trigger refuse before insert on pgboss.${queue?.table_name}
      for each row when (new.data ->> 'p' = '${poisoned}') execute function refuse()`);

  const event = { type: "a", data: Buffer.from("1") };
  const answers = await Promise.all([
    accept({ ...event, workspaceId }),
    accept({ ...event, workspaceId: broken.workspaceId, idempotencyKey: "k" }),
    accept({ ...event, workspaceId }),
  ]);

  expect(answers).toMatchObject([
    { result: "accepted" },
    { result: "refused", code: "internal" },
    { result: "accepted" },
  ]);
  expect(await rowsOf(broken.workspaceId)).toEqual({ events: 0, deliveries: 0, jobs: 0 });
  expect(await sql`select from dedupe_key where scope = ${broken.workspaceId}`).toHaveLength(0);
  expect(await rowsOf(workspaceId)).toEqual({ events: 2, deliveries: 2, jobs: 2 });
});

test("a commit whose answer is lost is called uncertain, and the same call again is a duplicate", async () => {
  const { workspaceId, secret } = await aSender();
  const event = { type: "a", data: 1, id: "uncertain" };
  await post(door, secret, { type: "a", data: "warm" });
  road.loseNextCommit();

  const answer = await post(door, secret, event);
  expect(answer).toMatchObject({ status: 503, body: { code: "uncertain" } });
  expect(answer.headers.get("retry-after")).toBe("1");

  const again = await eventually(async () => {
    const { status, body } = await post(door, secret, event);
    return status < 300 && { status, body };
  });
  expect(again).toMatchObject({ status: 200, body: { duplicate: true } });
  expect(await rowsOf(workspaceId)).toMatchObject({ events: 2 });
});

test("while the database is away calls hear 503, and when it is back they are taken again", async () => {
  const { workspaceId, secret } = await aSender();
  await post(door, secret, { type: "a", data: "before" });
  road.cut();

  const away = await Promise.all([1, 2, 3].map((data) => post(door, secret, { type: "a", data })));
  // A connection that was just being opened is waited for a while, and then nobody knows: both mean "post it again".
  for (const { status, body } of away) {
    expect([status, ["unavailable", "uncertain"].includes(String(body.code))]).toEqual([503, true]);
  }
  expect((await fetch(`${door.url}/api/health`)).status).toBe(503);

  road.mend();
  await eventually(async () => (await post(door, secret, { type: "a", data: "after" })).status === 202);
  expect(await rowsOf(workspaceId)).toMatchObject({ events: 2 });
  expect((await fetch(`${door.url}/api/health`)).status).toBe(200);
});
