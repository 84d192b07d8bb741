import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "../../lib/db.ts";
import { urlOfRunning } from "../../lib/run/postgres.ts";
import { eventually } from "../support/eventually.ts";
import { ensureBuilt, type Posthorn, spawnPosthorn, startPosthorn, temporaryFolder } from "../support/posthorn.ts";
import { aliveOf, descendantRunning, descendantsOf } from "../support/processes.ts";

const dataDir = temporaryFolder("life");
let posthorn: Posthorn;

beforeAll(async () => {
  await ensureBuilt();
  posthorn = await startPosthorn({ DATA_DIR: dataDir });
}, 180_000);
afterAll(async () => {
  await posthorn.stop();
  fs.rmSync(dataDir, { recursive: true, force: true });
});

const supervisorPid = () => posthorn.supervisor.pid!;
const processNamed = (text: string) => eventually(() => descendantRunning(supervisorPid(), text));
const pageAnswers = () =>
  eventually(
    async () => {
      const answer = await fetch(`${posthorn.url}/sign-in`, { signal: AbortSignal.timeout(10_000) });
      return answer.status === 200;
    },
    { withinMs: 40_000 },
  );

async function markerRows(): Promise<number> {
  const sql = connect(urlOfRunning(dataDir)!, 1);
  await sql.unsafe("create table if not exists marker (at timestamptz default now())");
  await sql.unsafe("insert into marker default values");
  const [row] = await sql`select count(*)::int as count from marker`;
  await sql.end();
  return row!.count;
}

test("secrets are made on the first start, for their owner's eyes only, and stay", () => {
  for (const name of ["auth-secret", "encryption-key", "pg-password"]) {
    expect(fs.statSync(path.join(dataDir, name)).mode & 0o777, name).toBe(0o600);
  }
});

test("a second start says where the first one is", async () => {
  const second = spawnPosthorn({ DATA_DIR: dataDir });
  expect(await second.ended).toBe(1);
  expect(second.output().trim()).toBe(`Posthorn is already running at ${posthorn.url} (process ${supervisorPid()}).`);
});

test.each([
  ["web", "dist/server.mjs"],
  ["worker", "dist/worker.mjs"],
  ["Postgres", "bin/postgres"],
])("a killed %s process is started again by itself", async (_, text) => {
  const before = await processNamed(text);
  process.kill(before, "SIGKILL");
  const after = await eventually(() => {
    const now = descendantRunning(supervisorPid(), text);
    return now !== before && now;
  });
  expect(after).not.toBe(before);
  await pageAnswers();
});

test("after kill -9 of the supervisor its processes end, and the next start takes over the database that went on", async () => {
  expect(await markerRows()).toBe(1);
  const children = descendantsOf(supervisorPid());
  const database = await processNamed("bin/postgres -D");
  posthorn.supervisor.kill("SIGKILL");
  const ours = children.filter((pid) => pid !== database);
  await eventually(() => aliveOf(ours).filter((pid) => !descendantsOf(database).includes(pid)).length === 0);
  posthorn = await startPosthorn({ DATA_DIR: dataDir });
  expect(aliveOf([database])).toEqual([database]);
  expect(await markerRows()).toBe(2);
});

test("after kill -9 of everything the next start recovers what was committed", async () => {
  const running = Number(
    fs.readFileSync(path.join(fs.realpathSync(path.join(dataDir, "pg")), "postmaster.pid"), "utf8").split("\n")[0],
  );
  const everything = [supervisorPid(), ...descendantsOf(supervisorPid()), running, ...descendantsOf(running)];
  for (const pid of everything) {
    if (aliveOf([pid]).length > 0) process.kill(pid, "SIGKILL");
  }
  await eventually(() => aliveOf(everything).length === 0);
  posthorn = await startPosthorn({ DATA_DIR: dataDir });
  expect(await markerRows()).toBe(3);
});

test("SIGTERM stops everything, the database last, with exit code 0 and no process left", async () => {
  const all = descendantsOf(supervisorPid());
  expect(all.length).toBeGreaterThanOrEqual(3);
  expect(await posthorn.stop()).toBe(0);
  expect(aliveOf(all)).toEqual([]);
  expect(fs.existsSync(path.join(dataDir, "supervisor.lock"))).toBe(false);
  expect(fs.readFileSync(path.join(dataDir, "pg.log"), "utf8")).toMatch(/database system is shut down\s*$/);
});
