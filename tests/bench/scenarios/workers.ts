import os from "node:os";
import { type Bench, size } from "../harness.ts";
import { type Figures, interleaved } from "../interleaved.ts";
import { machineSeconds } from "../machine.ts";
import { circumstances, rowsOf } from "../report.ts";
import { fill } from "../round.ts";
import type { Scenario } from "../scenario.ts";
import { analyze, freshDatabase, productSide, type Side } from "../sides.ts";
import { arrived, perSecond } from "../traffic.ts";

const COMPARED = { side: "two workers", against: "one worker" };

export const workers: Scenario = {
  about: "one worker process against two, on the same backlog",
  mostMinutes: 30,
  async run(bench) {
    const backlog = size(bench.asked, "backlog", 100_000, 10_000);
    const side = await productSide(bench.clusterUrl, bench.receiverUrl);
    const rounds = await interleaved(bench, [
      { name: "one worker", run: () => drain(bench, side, backlog, 1) },
      { name: "two workers", run: () => drain(bench, side, backlog, 2) },
    ]);
    const rows = rowsOf(rounds, [
      { figure: "drain", unit: "deliveries/s", ...COMPARED },
      { figure: "cores_in_use", unit: `of ${os.cpus().length}`, ...COMPARED },
    ]);
    return { rows, headings: COMPARED, facts: { ...circumstances(rounds), backlog } };
  },
};

async function drain(bench: Bench, side: Side, backlog: number, count: number): Promise<Figures> {
  const database = await freshDatabase(bench.clusterUrl, side);
  const web = await side.startWeb(database.url);
  await fill(side, backlog, bench);
  await web.stop();
  await analyze(database.url);
  const before = machineSeconds();
  const started = await Promise.all(Array.from({ length: count }, () => side.startWorker(database.url)));
  const drained = await arrived(backlog, bench);
  const after = machineSeconds();
  for (const worker of started) await worker.stop();
  await database.drop();
  return {
    drain: perSecond(backlog, drained.last - drained.first),
    cores_in_use: (os.cpus().length * (after.all - after.idle - before.all + before.idle)) / (after.all - before.all),
  };
}
