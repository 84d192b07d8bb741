import { setTimeout as delay } from "node:timers/promises";
import type { Load, Loaded } from "./load.ts";
import { message, type Part } from "./part.ts";
import type { Count, Received } from "./receiver.ts";
import { analyze, freshDatabase, type Side } from "./sides.ts";

export type Sizes = { singles: number; backlog: number; latencySeconds: number };
export type Tools = { clusterUrl: string; receiverUrl: string; load: Part };
/** What one side did in one round, by figure. */
export type Figures = Record<string, number>;

const CONNECTIONS = 64;
const BATCH = 100;
const BATCH_CONNECTIONS = 8;
const LATENCY_PER_SECOND = 200;
const WARM_UP_POSTS = 500;
const NOTHING_ARRIVES_MS = 30_000;

/** All figures of one side, on a database of its own. */
export async function runRound(
  side: Side,
  { singles, backlog, latencySeconds }: Sizes,
  tools: Tools,
): Promise<Figures> {
  const database = await freshDatabase(tools.clusterUrl, side);
  const web = await side.startWeb(database.url);
  let worker = await side.startWorker(database.url);
  const single = { url: side.single, headers: side.headers, connections: CONNECTIONS, batch: 1, perSecond: 0 };

  await through({ ...single, posts: WARM_UP_POSTS }, tools);
  const flood = await through({ ...single, posts: singles }, tools);
  const steady = await through(
    { ...single, posts: latencySeconds * LATENCY_PER_SECOND, perSecond: LATENCY_PER_SECOND },
    tools,
  );
  let workerMegabytes = worker.peakMegabytes();
  await worker.stop();

  await forget(tools);
  const batches: Load = {
    ...single,
    url: side.batch,
    posts: backlog / BATCH,
    connections: BATCH_CONNECTIONS,
    batch: BATCH,
  };
  const filled = await post(batches, tools);
  await analyze(database.url);
  worker = await side.startWorker(database.url);
  const drained = await arrived(backlog, tools);
  workerMegabytes = Math.max(workerMegabytes, worker.peakMegabytes());
  const webMegabytes = web.peakMegabytes();
  await worker.stop();
  await web.stop();
  await database.drop();

  return {
    end_to_end: perSecond(singles, flood.received.last - flood.loaded.startedAt),
    latency_p50: steady.received.p50,
    latency_p99: steady.received.p99,
    batch_ingest: perSecond(backlog, filled.endedAt - filled.startedAt),
    drain: perSecond(backlog, drained.last - drained.first),
    web_memory: webMegabytes,
    worker_memory: workerMegabytes,
  };
}

function perSecond(count: number, ms: number): number {
  return Math.round((count / Math.max(1, ms)) * 1_000);
}

/** Posts, and waits until everything posted has arrived. */
async function through(load: Load, tools: Tools): Promise<{ loaded: Loaded; received: Received }> {
  await forget(tools);
  const loaded = await post(load, tools);
  return { loaded, received: await arrived(load.posts * load.batch, tools) };
}

async function post(load: Load, { load: generator }: Tools): Promise<Loaded> {
  const answer = message<{ type: string; loaded: Loaded }>(generator.child, "loaded");
  generator.child.send(load);
  const { loaded } = await answer;
  if (Object.keys(loaded.codes).join() !== "202") throw new Error(`Refused: ${JSON.stringify(loaded.codes)}`);
  return loaded;
}

async function forget({ receiverUrl }: Tools): Promise<void> {
  await fetch(receiverUrl, { method: "DELETE" });
}

async function arrived(count: number, { receiverUrl }: Tools): Promise<Received> {
  let last: Count | undefined;
  let changedAt = Date.now();
  while (Date.now() - changedAt < NOTHING_ARRIVES_MS) {
    const answer = await fetch(receiverUrl);
    const now = (await answer.json()) as Count;
    if (now.unique >= count) return (await fetch(`${receiverUrl}/figures`)).json() as Promise<Received>;
    if (now.count !== last?.count) changedAt = Date.now();
    last = now;
    await delay(100);
  }
  throw new Error(`Only ${last?.unique} of ${count} deliveries arrived`);
}
