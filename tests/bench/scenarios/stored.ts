import fs from "node:fs";
import os from "node:os";
import { type Bench, size } from "../harness.ts";
import { interleaved } from "../interleaved.ts";
import { timeListPages } from "../list-pages.ts";
import { circumstances, type Line, measured, type Row, rowsOf } from "../report.ts";
import { runRound } from "../round.ts";
import { storeDeliveries } from "../rows.ts";
import type { Scenario } from "../scenario.ts";
import { databaseUrl, freshDatabase, productSide } from "../sides.ts";
import { HOOK } from "../traffic.ts";
import { roundSizes } from "./standard.ts";

const COMPARED = { side: "stored", against: "empty" };
const LINES: Line[] = [
  { figure: "single_ingest", unit: "events/s", ...COMPARED, goal: { least: 0.9 } },
  { figure: "batch_ingest", unit: "events/s", ...COMPARED, goal: { least: 0.9 } },
  { figure: "end_to_end", unit: "events/s", ...COMPARED },
  { figure: "drain", unit: "deliveries/s", ...COMPARED },
  { figure: "latency_p50", unit: "ms", ...COMPARED },
  { figure: "latency_p99", unit: "ms", ...COMPARED },
  { figure: "ingest_postgres_cpu", unit: "µs/event", ...COMPARED },
  { figure: "drain_postgres_cpu", unit: "µs/delivery", ...COMPARED },
];
const LISTS = new Set(["deliveries", "events", "endpoints", "event_types"]);
const MOST_PAGE_MS = 100;
const ENDPOINTS = 24;
/** On disk, with its event, attempts, indexes, and the log of writing them. */
const BYTES_A_DELIVERY = 3_500;

export const stored: Scenario = {
  about: "millions of deliveries of past days stored: ingest and drain against an empty database, list pages",
  mostMinutes: 120,
  async run(bench) {
    const count = size(bench.asked, "stored", 5_000_000, 200_000);
    const sizes = roundSizes(bench);
    refuseFullDisk(count);
    // Both know the same endpoints; only one of them wants what is posted.
    const endpoints = [
      { path: HOOK, subscriptions: ["order.created"] },
      ...Array.from({ length: ENDPOINTS }, (_, index) => ({ path: HOOK, subscriptions: [`stored.type-${index}`] })),
    ];
    const empty = await productSide(bench.clusterUrl, bench.receiverUrl, { name: "empty", endpoints });
    const full = await productSide(bench.clusterUrl, bench.receiverUrl, { name: "stored", endpoints });
    const url = databaseUrl(bench.clusterUrl, full.template);
    await makeRows(bench, url, count);
    const pages = pageRows(await timeListPages(url));
    const rounds = await interleaved(bench, [
      {
        name: empty.name,
        run: async () => runRound(empty, await freshDatabase(bench.clusterUrl, empty), sizes, bench),
      },
      // Too large to copy each time: what a round adds is little beside what is there.
      { name: full.name, run: () => runRound(full, { url, drop: async () => {} }, sizes, bench) },
    ]);
    const facts = { ...circumstances(rounds), stored: count, ...sizes };
    return { rows: [...rowsOf(rounds, LINES), ...pages], headings: COMPARED, facts };
  },
};

async function makeRows(bench: Bench, url: string, count: number): Promise<void> {
  bench.note(`making ${count} deliveries with their events and attempts …`);
  const startedAt = Date.now();
  await bench.withoutSync(() => storeDeliveries(url, count));
  bench.note(`made in ${Math.round((Date.now() - startedAt) / 1_000)} s`);
}

/** The slowest of twenty readings is what a page promises. */
function pageRows(times: Record<string, number[]>): Row[] {
  return Object.entries(times).map(([page, values]) => {
    const sorted = values.toSorted((a, b) => a - b);
    const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
    const goal = LISTS.has(page) ? { most: MOST_PAGE_MS } : undefined;
    return { ...measured(`page_${page}_p95`, "ms", sorted, goal), value: p95 };
  });
}

function refuseFullDisk(count: number): void {
  const { bavail, bsize } = fs.statfsSync(os.tmpdir());
  const needed = count * BYTES_A_DELIVERY;
  if (bavail * bsize > needed) return;
  const gigabytes = Math.ceil(needed / 1e9);
  throw new Error(
    `This needs ${gigabytes} GB below ${os.tmpdir()}: make room there, point TMPDIR elsewhere, or ask for fewer with --stored`,
  );
}
