import { cpuSeconds } from "./cpu.ts";
import type { Bench } from "./harness.ts";
import type { Figures } from "./interleaved.ts";
import type { Load } from "./load.ts";
import { analyze, type BenchDatabase, type Side } from "./sides.ts";
import { arrived, forget, perSecond, post, through } from "./traffic.ts";

export type Sizes = { singles: number; backlog: number; latencySeconds: number };

const CONNECTIONS = 64;
const BATCH = 100;
const BATCH_CONNECTIONS = 8;
const LATENCY_PER_SECOND = 200;
const WARM_UP_POSTS = 500;

/** All figures of one side, on a database that nothing else uses. */
export async function runRound(
  side: Side,
  database: BenchDatabase,
  { singles, backlog, latencySeconds }: Sizes,
  bench: Bench,
): Promise<Figures> {
  const web = await side.startWeb(database.url);
  let worker = await side.startWorker(database.url);
  const single = singlePosts(side);

  await through({ ...single, posts: WARM_UP_POSTS }, bench);
  const flood = await through({ ...single, posts: singles }, bench);
  const steady = await through(
    { ...single, posts: latencySeconds * LATENCY_PER_SECOND, perSecond: LATENCY_PER_SECOND },
    bench,
  );
  let workerMegabytes = worker.peakMegabytes();
  await worker.stop();

  const filling = stopwatch(bench, web.pid);
  const filled = await fill(side, backlog, bench);
  const [webSeconds, fillSeconds] = filling();
  await analyze(database.url);
  worker = await side.startWorker(database.url);
  const draining = stopwatch(bench, worker.pid);
  const drained = await arrived(backlog, bench);
  const [workerSeconds, drainSeconds] = draining();
  workerMegabytes = Math.max(workerMegabytes, worker.peakMegabytes());
  const webMegabytes = web.peakMegabytes();
  await worker.stop();
  await web.stop();
  await database.drop();

  return {
    end_to_end: perSecond(singles, flood.received.last - flood.loaded.startedAt),
    single_ingest: perSecond(singles, flood.loaded.endedAt - flood.loaded.startedAt),
    latency_p50: steady.received.p50,
    latency_p99: steady.received.p99,
    batch_ingest: perSecond(backlog, filled.endedAt - filled.startedAt),
    drain: perSecond(backlog, drained.last - drained.first),
    web_cpu: micros(webSeconds, backlog),
    ingest_postgres_cpu: micros(fillSeconds, backlog),
    worker_cpu: micros(workerSeconds, backlog),
    drain_postgres_cpu: micros(drainSeconds, backlog),
    web_memory: webMegabytes,
    worker_memory: workerMegabytes,
  };
}

export function singlePosts(side: Side): Load {
  const { single: url, headers } = side;
  return { url, headers, posts: 1, connections: CONNECTIONS, batch: 1, perSecond: 0, types: ["order.created"] };
}

/** Posts a backlog in batches; nothing that came before counts any more. */
export async function fill(side: Side, backlog: number, bench: Bench) {
  await forget(bench);
  const posts = Math.ceil(backlog / BATCH);
  return post({ ...singlePosts(side), url: side.batch, posts, connections: BATCH_CONNECTIONS, batch: BATCH }, bench);
}

/** Seconds of processor time a process and Postgres use from now on. */
export function stopwatch(bench: Bench, pid: number): () => [process: number, postgres: number] {
  const [own, postgres] = [cpuSeconds(pid), bench.postgresSeconds()];
  return () => [cpuSeconds(pid) - own, bench.postgresSeconds() - postgres];
}

export function micros(seconds: number, count: number): number {
  return Math.round((seconds / count) * 1_000_000);
}
