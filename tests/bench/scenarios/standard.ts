import { type Bench, size } from "../harness.ts";
import { interleaved } from "../interleaved.ts";
import type { Line } from "../report.ts";
import { circumstances, rowsOf } from "../report.ts";
import { runRound, type Sizes } from "../round.ts";
import type { Scenario } from "../scenario.ts";
import { bareSide, freshDatabase, productSide } from "../sides.ts";

const COMPARED = { side: "product", against: "bare" };
const LINES: Line[] = [
  { figure: "end_to_end", unit: "events/s", ...COMPARED, goal: { least: 0.7 } },
  { figure: "batch_ingest", unit: "events/s", ...COMPARED, goal: { least: 0.5 } },
  { figure: "drain", unit: "deliveries/s", ...COMPARED, goal: { least: 0.6 } },
  { figure: "latency_p50", unit: "ms", side: "product", goal: { most: 25 } },
  { figure: "latency_p99", unit: "ms", side: "product", goal: { most: 150 } },
  { figure: "web_cpu", unit: "µs/event", ...COMPARED },
  { figure: "ingest_postgres_cpu", unit: "µs/event", ...COMPARED },
  { figure: "worker_cpu", unit: "µs/delivery", ...COMPARED },
  { figure: "drain_postgres_cpu", unit: "µs/delivery", ...COMPARED },
  { figure: "web_memory", unit: "MB", side: "product", goal: { most: 450 } },
  { figure: "worker_memory", unit: "MB", side: "product", goal: { most: 300 } },
];

/** The sizes of a full round, as asked for. */
export function roundSizes({ asked }: Bench): Sizes {
  return {
    singles: size(asked, "singles", 20_000, 3_000),
    backlog: size(asked, "backlog", 100_000, 10_000),
    latencySeconds: size(asked, "latency-seconds", 15, 5),
  };
}

export const standard: Scenario = {
  about: "the product against the bare pipeline: single posts, batches, a backlog's drain, latency, memory",
  mostMinutes: 60,
  async run(bench) {
    const sizes = roundSizes(bench);
    const sides = [
      await bareSide(bench.clusterUrl, bench.receiverUrl),
      await productSide(bench.clusterUrl, bench.receiverUrl),
    ];
    const contenders = sides.map((side) => ({
      name: side.name,
      run: async () => runRound(side, await freshDatabase(bench.clusterUrl, side), sizes, bench),
    }));
    const rounds = await interleaved(bench, contenders);
    return { rows: rowsOf(rounds, LINES), headings: COMPARED, facts: { ...circumstances(rounds), ...sizes } };
  },
};
