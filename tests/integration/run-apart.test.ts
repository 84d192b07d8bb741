import { afterAll, beforeAll, expect, test } from "vitest";
import { ADMIN, API_KEY, createSubscription } from "../chaos/account.ts";
import { countingReceiver } from "../chaos/receiver.ts";
import { testDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { ensureBuilt, spawnPosthorn } from "../support/posthorn.ts";

// As on two machines that share a database: npm run web on one, npm run worker on the other.

const DATABASE_URL = await testDatabase();
const SECRETS = { AUTH_SECRET: "a".repeat(40), ENCRYPTION_KEY: `k1:${Buffer.alloc(32, 7).toString("base64")}` };
beforeAll(ensureBuilt, 240_000);

const started: ReturnType<typeof spawnPosthorn>[] = [];
afterAll(async () => {
  for (const { supervisor } of started) supervisor.kill("SIGTERM");
  await Promise.all(started.map(({ ended }) => ended));
});

function start(part: "web" | "worker", environment: Record<string, string> = {}) {
  const one = spawnPosthorn({ DATABASE_URL, ...SECRETS, ...ADMIN, ...environment }, { part });
  started.push(one);
  return one;
}

test("a web process alone takes events, workers alone deliver them, and each stops with 0", async () => {
  const receiver = await countingReceiver();
  const web = start("web");
  const url = await eventually(() => /running at (\S+)/.exec(web.output())?.[1], { withinMs: 60_000 });
  await createSubscription(url, receiver.url);
  const posted = await fetch(`${url}/api/v1/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" },
    body: JSON.stringify({ type: "order.created", data: {} }),
  });
  expect(posted.status).toBe(202);
  const { id }: { id: string } = await posted.json();
  expect(receiver.received.size).toBe(0);
  const worker = start("worker", { WORKERS: "2" });
  await eventually(() => receiver.received.has(id), { withinMs: 60_000 });
  receiver.close();
  expect(worker.output()).toContain("2 Posthorn workers are running");
  for (const { supervisor, ended } of [worker, web]) {
    supervisor.kill("SIGTERM");
    expect(await ended).toBe(0);
  }
});

test("a part without a database to share says what it needs", async () => {
  const alone = spawnPosthorn({}, { part: "worker" });
  expect(await alone.ended).toBe(1);
  expect(alone.output()).toMatch(/set DATABASE_URL to the database they share/);
});
