import { expect, test } from "vitest";
import { connect } from "../../lib/db.ts";
import { aType } from "../support/configuration.ts";
import { testDatabase } from "../support/database.ts";
import { roadTo } from "../support/database-road.ts";
import { aKey, openDoor, post } from "../support/door.ts";
import { eventually } from "../support/eventually.ts";
import { aWorkspace } from "../support/traffic.ts";

const direct = await testDatabase();
const road = await roadTo(direct);
process.env.DATABASE_URL = road.url;
const sql = connect(direct, 2);
const door = await openDoor();
const workspaceId = await aWorkspace();
await aType(workspaceId, "a");
const { secret } = await aKey(workspaceId);

/** Calls of one after the other, until one is stored. */
function untilStored(event: object) {
  return eventually(async () => (await post(door, secret, event)).status < 300, { withinMs: 40_000 });
}

test("a network that goes dead in the middle of a flush stalls ingest for seconds, and nothing stays locked", async () => {
  await untilStored({ type: "a", data: "before" });
  const started = performance.now();
  road.swallowAfter("INSERT");
  const calls = [1, 2, 3].map((n) => ({ type: "a", data: 1, id: `call-${n}` }));

  const answers = calls.map((event) => post(door, secret, event));
  expect(await Promise.race(answers)).toMatchObject({ status: 503, body: { code: "uncertain" } });
  expect(performance.now() - started).toBeLessThan(20_000);

  road.mend();
  await Promise.all(answers);
  await Promise.all(calls.map(untilStored));
  expect(performance.now() - started).toBeLessThan(35_000);
  const [stored] = await sql`select count(*)::int as count from event where workspace_id = ${workspaceId}`;
  expect(stored?.count).toBe(4);
});

test("a call that waits for a lock hears 503 after seconds, and the same call again is stored", async () => {
  await untilStored({ type: "a", data: "before" });
  const event = { type: "a", data: 1, id: "locked" };
  const locked = sql.begin(async (tx) => {
    await tx`
      insert into dedupe_key (scope, key, fingerprint, event_id, expires_at)
      values (${workspaceId}, 'locked', '', uuidv7(), now() + interval '1 hour')`;
    const answer = await post(door, secret, event);
    expect(answer).toMatchObject({ status: 503, body: { code: "unavailable" } });
    throw new Error("let go");
  });
  await expect(locked).rejects.toThrow("let go");
  expect((await post(door, secret, event)).status).toBe(202);
});
