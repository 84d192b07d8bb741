import fs from "node:fs";
import os from "node:os";
import { parseArgs } from "node:util";
import { freePort } from "../../lib/run/ports.ts";
import { type Cluster, PRODUCT_SETTINGS, startCluster } from "../../lib/run/postgres.ts";
import { temporaryFolder } from "../support/posthorn.ts";
import { busyShare, MOST_BUSY } from "./machine.ts";
import { type Part, startPart } from "./part.ts";
import { lines, type Round } from "./report.ts";
import { runRound, type Sizes, type Tools } from "./round.ts";
import { bareSide, productSide } from "./sides.ts";

// npm run bench [-- --quick] [--force] [--rounds 5] [--singles 20000] [--backlog 100000] [--latency-seconds 15]
// The product against the bare pipeline, in turn, on one cluster with the product's settings and durability.

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    force: { type: "boolean", default: false },
    rounds: { type: "string" },
    singles: { type: "string" },
    backlog: { type: "string" },
    "latency-seconds": { type: "string" },
  },
});
const pick = (given: string | undefined, full: number, quick: number) => Number(given ?? (flags.quick ? quick : full));
const rounds = pick(flags.rounds, 5, 2);
const sizes: Sizes = {
  singles: pick(flags.singles, 20_000, 3_000),
  backlog: pick(flags.backlog, 100_000, 10_000),
  latencySeconds: pick(flags["latency-seconds"], 15, 5),
};
const note = (line: string) => console.error(line);

let cluster: Cluster | undefined;
const parts: Part[] = [];
const folder = temporaryFolder("bench");

async function bench(): Promise<void> {
  await refuseBusyMachine();
  cluster = await startCluster(folder, PRODUCT_SETTINGS);
  const port = String(await freePort());
  const receiverUrl = `http://127.0.0.1:${port}`;
  parts.push(await startPart("tests/bench/receiver.ts", { PORT: port }), await startPart("tests/bench/load.ts", {}));
  const tools: Tools = { clusterUrl: cluster.url, receiverUrl, load: parts[1]! };
  const sides = [await bareSide(cluster.url, receiverUrl), await productSide(cluster.url, receiverUrl)];
  const done: Round[] = [];
  for (let number = 1; number <= rounds; number++) {
    const round: Round = { bare: {}, product: {}, load: os.loadavg()[0] ?? 0, busy: await busyShare() };
    // Whatever warms up or wears down over time meets both in turn.
    for (const side of number % 2 ? sides : sides.toReversed()) {
      round[side.name] = await runRound(side, sizes, tools);
      note(`round ${number} of ${rounds}, ${side.name}: ${JSON.stringify(round[side.name])}`);
    }
    done.push(round);
  }
  for (const line of lines(done, sizes)) process.stdout.write(`${line}\n`);
}

async function refuseBusyMachine(): Promise<void> {
  const busy = await busyShare();
  const { length } = os.cpus();
  note(
    `${length} cores, ${Math.round(busy * 100)} % in use by others, load ${os
      .loadavg()
      .map((load) => load.toFixed(2))
      .join(" ")}`,
  );
  if (busy <= MOST_BUSY || flags.force) return;
  note("The machine is busy: figures taken now would not be ours. Wait, or take them all the same with --force.");
  process.exit(1);
}

try {
  await bench();
} finally {
  for (const part of parts) await part.stop();
  await cluster?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}
