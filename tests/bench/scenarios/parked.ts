import { type Bench, size } from "../harness.ts";
import { type Figures, interleaved } from "../interleaved.ts";
import { circumstances, rowsOf } from "../report.ts";
import { fill } from "../round.ts";
import { parkDeliveries } from "../rows.ts";
import type { Scenario } from "../scenario.ts";
import { analyze, databaseUrl, freshDatabase, productSide, type Side } from "../sides.ts";
import { CLAIM, forgetStatements, meanMs, STATEMENT_TIMES } from "../statements.ts";
import { arrived, HOOK, perSecond } from "../traffic.ts";

const COMPARED = { side: "parked", against: "none" };
const [WANTED, PARKED] = ["order.created", "order.parked"];
/** What the endpoint with the long line lets through: the releaser is at work for it all the time. */
const RATE_LIMIT = 10;

export const parked: Scenario = {
  about: "a million deliveries wait for one endpoint: how fast the others' backlog drains, and what a claim takes",
  mostMinutes: 45,
  settings: STATEMENT_TIMES,
  async run(bench) {
    const count = size(bench.asked, "parked", 1_000_000, 50_000);
    const backlog = size(bench.asked, "backlog", 100_000, 10_000);
    const endpoints = [
      { path: HOOK, subscriptions: [WANTED] },
      { path: "/limited", subscriptions: [PARKED], settings: { rateLimit: RATE_LIMIT } },
    ];
    const none = await productSide(bench.clusterUrl, bench.receiverUrl, { name: "none", endpoints });
    const many = await productSide(bench.clusterUrl, bench.receiverUrl, { name: "parked", endpoints });
    bench.note(`making ${count} deliveries that wait …`);
    await parkDeliveries(databaseUrl(bench.clusterUrl, many.template), PARKED, count);
    const rounds = await interleaved(
      bench,
      [none, many].map((side) => ({ name: side.name, run: () => drain(bench, side, backlog) })),
    );
    const rows = rowsOf(rounds, [
      { figure: "others_drain", unit: "deliveries/s", ...COMPARED, goal: { least: 0.9 } },
      { figure: "claim", unit: "ms", ...COMPARED },
      { figure: "worker_memory", unit: "MB", ...COMPARED },
    ]);
    return { rows, headings: COMPARED, facts: { ...circumstances(rounds), parked: count, backlog } };
  },
};

async function drain(bench: Bench, side: Side, backlog: number): Promise<Figures> {
  const database = await freshDatabase(bench.clusterUrl, side);
  const web = await side.startWeb(database.url);
  await fill(side, backlog, bench);
  await web.stop();
  await analyze(database.url);
  await forgetStatements(database.url);
  const worker = await side.startWorker(database.url);
  const drained = await arrived(backlog, bench);
  const figures = {
    others_drain: perSecond(backlog, drained.last - drained.first),
    claim: await meanMs(database.url, CLAIM),
    worker_memory: worker.peakMegabytes(),
  };
  await worker.stop();
  await database.drop();
  return figures;
}
