import fs from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { connect, type Sql } from "../../lib/db.ts";
import { urlOfRunning } from "../../lib/run/postgres.ts";
import { startOf } from "../../lib/run/processes.mjs";
import { eventually } from "../support/eventually.ts";
import { type Posthorn, startPosthorn, temporaryFolder } from "../support/posthorn.ts";
import { commandsBelow } from "../support/processes.ts";
import { ADMIN, API_KEY, createSubscription } from "./account.ts";
import { eventsDoor, Load, type LoadDoor } from "./load.ts";
import { type CountingReceiver, countingReceiver } from "./receiver.ts";
import { type Findings, judge, type Stored, storedEvents } from "./verdict.ts";

// Through the supervisor, on a durable cluster of its own: a load, and kill -9 in its middle, again and again.

export type KillPlan = {
  events: number;
  workers: number;
  webs: number;
  postgres: number;
  everyMs: number;
  /** Where the load comes in; an app's events unless something else is said. */
  gate?: Gate;
};
export type Gate = {
  /** Gets a running product ready to be posted to. */
  open: (posthorn: Posthorn, sql: Sql) => Promise<LoadDoor>;
  /** Puts the events' ids into the journal, where answers do not tell them. */
  name?: (sql: Sql, load: Load) => Promise<void>;
  stored: Stored;
};
type Victim = "worker" | "web" | "Postgres";

const IN_FLIGHT = 50;
const WORKERS = 2;
const COMMANDS: Record<Victim, string> = {
  worker: "dist/worker.mjs",
  web: "dist/server.mjs",
  Postgres: "bin/postgres -D",
};
const WORKER_RECOVERY_MS = 30_000;
const DATABASE_RECOVERY_MS = 10_000;
const STARTED_AGAIN_MS = 60_000;
/** Time for the first and the last events to be posted in peace. */
const PEACE_MS = 1_500;

const EVENTS: Gate = { open: async () => eventsDoor(API_KEY), stored: storedEvents };

type Stage = {
  posthorn: Posthorn;
  sql: Sql;
  load: Load;
  receiver: CountingReceiver;
  gate: Gate;
  say: (line: string) => void;
};

/** What a run notes as it goes. */
type Notes = { bound: number; recoveries: Record<string, number>; broken: string[]; cut: Map<string, Date> };

export async function killRun(plan: KillPlan, say: (line: string) => void = () => {}): Promise<Findings> {
  const dataDir = temporaryFolder("kills");
  const receiver = await countingReceiver({ answerAfterMs: 25 });
  const posthorn = await startPosthorn({
    ...ADMIN,
    DATA_DIR: dataDir,
    DELIVERY_CONCURRENCY: String(IN_FLIGHT),
    WORKERS: String(WORKERS),
  });
  const sql = connect(urlOfRunning(dataDir) ?? "", 1);
  try {
    await createSubscription(posthorn.url, receiver.url);
    const gate = plan.gate ?? EVENTS;
    const order = victims(plan);
    const seconds = (order.length * plan.everyMs + 2 * PEACE_MS) / 1_000;
    const load = new Load({
      urls: [posthorn.url],
      door: await gate.open(posthorn, sql),
      events: plan.events,
      perSecond: Math.ceil(plan.events / seconds),
      connections: 32,
      name: "kill",
    });
    return await run(order, plan.everyMs, { posthorn, sql, load, receiver, gate, say }).finally(() => load.stop());
  } finally {
    await sql.end({ timeout: 1 });
    receiver.close();
    await posthorn.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Spread evenly over the run, workers in between. */
function victims({ workers, webs, postgres }: KillPlan): Victim[] {
  const each = (victim: Victim, count: number) =>
    Array.from({ length: count }, (_, n) => ({ victim, at: (n + 0.5) / count }));
  return [...each("worker", workers), ...each("web", webs), ...each("Postgres", postgres)]
    .sort((a, b) => a.at - b.at)
    .map(({ victim }) => victim);
}

async function run(order: Victim[], everyMs: number, stage: Stage): Promise<Findings> {
  const notes: Notes = { bound: 0, recoveries: {}, broken: [], cut: new Map() };
  const loading = stage.load.run();
  loading.catch(() => {}); // heard below, when the kills are done
  await delay(PEACE_MS);
  for (const [index, victim] of order.entries()) {
    const next = delay(everyMs);
    stage.say(`kill ${index + 1} of ${order.length}: ${victim}, ${stage.load.acknowledged} acknowledged`);
    await KILLS[victim](stage, notes);
    await next;
  }
  await loading;
  await stage.gate.name?.(stage.sql, stage.load);
  const counts = await judge({ ...stage, stored: stage.gate.stored });
  await noteWorkerRecovery(stage.sql, notes);
  const { bound, recoveries, broken } = notes;
  return { ...counts, bound, recoveries, broken };
}

const KILLS: Record<Victim, (stage: Stage, notes: Notes) => Promise<void>> = {
  async worker({ posthorn, sql, receiver }, notes) {
    process.kill(await oldest(posthorn, "worker"), "SIGKILL");
    const arrived = receiver.received.size;
    const [now] = await sql<{ at: Date; open: number; delivered: number }[]>`
      select clock_timestamp() as at, count(*) filter (where status = 'delivered')::int as delivered,
        count(*) filter (where status <> 'delivered' and id = any(${[...notes.cut.keys()]}))::int as open
      from delivery`;
    const claimed = await sql<{ id: string }[]>`
      select data ->> 'd' as id from pgboss.job where name = 'deliver' and state = 'active'`;
    for (const { id } of claimed) notes.cut.set(id, now!.at);
    notes.bound += IN_FLIGHT + Math.max(0, arrived - now!.delivered - now!.open);
  },
  async web({ posthorn, load }, notes) {
    const before = load.acknowledged;
    const killed = performance.now();
    process.kill(await oldest(posthorn, "web"), "SIGKILL");
    await delay(250);
    await eventually(() => load.acknowledged > before + 50, { withinMs: 60_000 });
    noteRecovery(notes, "web", performance.now() - killed);
  },
  async Postgres({ posthorn, sql, load, receiver }, notes) {
    const others = () => commandsBelow(posthorn.supervisor.pid!, [COMMANDS.web, COMMANDS.worker]);
    const before = others();
    process.kill(await oldest(posthorn, "Postgres"), "SIGKILL");
    await delay(100);
    await eventually(() => sql`select 1`.then(() => true), { withinMs: 60_000 });
    const back = performance.now();
    const [posted, arrived] = [load.acknowledged, receiver.received.size];
    await eventually(() => load.acknowledged > posted + 50 && receiver.received.size > arrived + 50, {
      withinMs: 60_000,
    });
    noteRecovery(notes, "Postgres", performance.now() - back, DATABASE_RECOVERY_MS);
    // One that ended with its connections and was started again would have found the database too.
    if (others().join() !== before.join()) notes.broken.push("web or worker did not survive the database");
  },
};

/**
 * The process that has run longest: of two workers each in its turn, since the supervisor starts a killed one again. On
 * a busy machine it may be a while until there is one.
 */
async function oldest({ supervisor }: Posthorn, victim: Victim): Promise<number> {
  const found = await eventually(
    () => {
      const pids = commandsBelow(supervisor.pid!, [COMMANDS[victim]]);
      return pids.length > 0 && pids;
    },
    { withinMs: STARTED_AGAIN_MS },
  );
  return found.reduce((first, pid) => (Number(startOf(pid)) < Number(startOf(first)) ? pid : first));
}

function noteRecovery({ recoveries, broken }: Notes, what: string, ms: number, mostMs?: number): void {
  recoveries[what] = Math.max(recoveries[what] ?? 0, ms);
  if (mostMs !== undefined && ms > mostMs) broken.push(`${what} took ${Math.round(ms)} ms to be used again`);
}

/** From the last kill that a delivery was claimed at until it was delivered, by the database's clock. */
async function noteWorkerRecovery(sql: Sql, notes: Notes): Promise<void> {
  const ids = [...notes.cut.keys()].sort();
  const rows = await sql<{ id: string; finishedAt: Date }[]>`
    select id, finished_at as "finishedAt" from delivery where id = any(${ids}) and status = 'delivered'`;
  const slowest = Math.max(0, ...rows.map(({ id, finishedAt }) => finishedAt.getTime() - notes.cut.get(id)!.getTime()));
  noteRecovery(notes, "worker", slowest, WORKER_RECOVERY_MS);
}
