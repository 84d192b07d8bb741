import { setTimeout as delay } from "node:timers/promises";
import { size } from "../harness.ts";
import { busyShare } from "../machine.ts";
import { type Part, startPart } from "../part.ts";
import { drainedQueueSize, type QueueSize } from "../queue-size.ts";
import { measured, type Row } from "../report.ts";
import { singlePosts } from "../round.ts";
import type { Scenario } from "../scenario.ts";
import { freshDatabase, productSide, type Side } from "../sides.ts";
import { arrived, counted, forget, post, type Tools } from "../traffic.ts";

const MINUTE_MS = 60_000;
const SAMPLE_EVERY_MS = 5_000;
/** Memory of the first part of the run is what it takes to get going. */
const WARM_UP_SHARE = 1 / 3;
const BATCH = 100;
const STEADY_SECONDS = 50;
/** What flat means, in megabytes an hour. */
const MOST_SLOPE = 60;
/** What a drained queue may have grown since the first minutes; less than this is no growth. */
const MOST_GROWTH = 1.2;
const LEAST_MEGABYTES = 8;

type Sample = { minute: number; web: number; worker: number };

export const soak: Scenario = {
  about: "steady traffic with a burst each minute, for a quarter of an hour: memory's slope, the queue's tables",
  mostMinutes: 180,
  async run(bench) {
    const minutes = size(bench.asked, "minutes", 15, 1);
    const perSecond = size(bench.asked, "per-second", 200, 200);
    const burst = size(bench.asked, "burst", 10_000, 2_000);
    const busy = await busyShare();
    const side = await productSide(bench.clusterUrl, bench.receiverUrl);
    const database = await freshDatabase(bench.clusterUrl, side);
    const web = await side.startWeb(database.url);
    const worker = await side.startWorker(database.url);
    const bursts: Tools = { ...bench, load: await startPart("tests/bench/load.ts", {}) };

    await forget(bench);
    await post(burstOf(side, burst), bursts);
    await arrived(burst, bench);
    const sizes: QueueSize[] = [];
    const samples = await sampled([web, worker], async () => {
      for (let minute = 1; minute <= minutes; minute++) {
        const nextAt = Date.now() + MINUTE_MS;
        const steady = { ...singlePosts(side), posts: perSecond * STEADY_SECONDS, perSecond };
        await Promise.all([post(steady, bench), post(burstOf(side, burst), bursts)]);
        await arrived(burst + minute * (steady.posts + burst), bench);
        sizes.push(await drainedQueueSize(database.url));
        bench.note(`minute ${minute} of ${minutes}: ${web.megabytes()} and ${worker.megabytes()} MB`);
        await delay(Math.max(0, nextAt - Date.now()));
      }
    });
    const received = await arrived(0, bench);
    const { count, unique } = await counted(bench);
    await worker.stop();
    await web.stop();
    await database.drop();
    const rows = [
      ...memoryRows(samples),
      ...queueRows(sizes),
      measured("latency_p50", "ms", [received.p50]),
      measured("latency_p99", "ms", [received.p99]),
    ];
    return {
      rows,
      headings: { side: "product" },
      facts: { minutes, perSecond, burst, delivered: unique, repeated: count - unique, busy },
    };
  },
};

function burstOf(side: Side, events: number) {
  return { ...singlePosts(side), url: side.batch, posts: events / BATCH, batch: BATCH, connections: 4 };
}

/** What both processes have resident, every few seconds while the work runs. */
async function sampled([web, worker]: [Part, Part], work: () => Promise<void>): Promise<Sample[]> {
  const samples: Sample[] = [];
  const begun = Date.now();
  const sample = () =>
    samples.push({ minute: (Date.now() - begun) / MINUTE_MS, web: web.megabytes(), worker: worker.megabytes() });
  const timer = setInterval(sample, SAMPLE_EVERY_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return samples;
}

function memoryRows(samples: Sample[]): Row[] {
  const settled = samples.slice(Math.floor(samples.length * WARM_UP_SHARE));
  const of = (name: "web" | "worker") => settled.map((sample) => sample[name]);
  const slope = (name: "web" | "worker") => slopeOf(settled.map((sample) => [sample.minute, sample[name]]));
  return [
    measured("web_memory", "MB", of("web"), { most: 450 }),
    measured("worker_memory", "MB", of("worker"), { most: 300 }),
    measured("web_memory_slope", "MB/h", [60 * slope("web")], { most: MOST_SLOPE }),
    measured("worker_memory_slope", "MB/h", [60 * slope("worker")], { most: MOST_SLOPE }),
  ];
}

/** Least squares: how much the second value grows for each one of the first. */
function slopeOf(points: [x: number, y: number][]): number {
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const above = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const below = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return below === 0 ? 0 : above / below;
}

/** The last size, once drained, against the largest of the first minutes. */
function queueRows(sizes: QueueSize[]): Row[] {
  return (["table", "indexes"] as const).map((part) => {
    const values = sizes.map((size) => size[part]);
    const early = Math.max(...values.slice(0, Math.ceil(values.length * WARM_UP_SHARE)));
    const goal = { most: Math.max(LEAST_MEGABYTES, early * MOST_GROWTH) };
    return { ...measured(`queue_${part}_drained`, "MB", values, goal), value: values.at(-1) ?? 0 };
  });
}
