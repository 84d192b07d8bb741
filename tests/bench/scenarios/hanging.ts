import { type Bench, size } from "../harness.ts";
import { type Figures, interleaved } from "../interleaved.ts";
import { circumstances, rowsOf } from "../report.ts";
import { singlePosts } from "../round.ts";
import type { Scenario } from "../scenario.ts";
import { freshDatabase, productSide, type Side } from "../sides.ts";
import { arrived, counted, forget, HOOK, post, through } from "../traffic.ts";

const COMPARED = { side: "hanging", against: "healthy" };
const [GOOD, OTHER] = ["order.created", "order.updated"];
const WARM_UP_POSTS = 500;

export const hanging: Scenario = {
  about: "one endpoint that never answers gets half the traffic: what the others notice",
  mostMinutes: 40,
  async run(bench) {
    const seconds = size(bench.asked, "seconds", 30, 8);
    const perSecond = size(bench.asked, "per-second", 200, 200);
    // The same traffic either way: the other half goes to an endpoint that answers, or to one that does not.
    const contenders = [];
    for (const [name, path] of [
      ["healthy", "/other"],
      ["hanging", "/hang"],
    ] as const) {
      const endpoints = [
        { path: HOOK, subscriptions: [GOOD] },
        { path, subscriptions: [OTHER] },
      ];
      const side = await productSide(bench.clusterUrl, bench.receiverUrl, { name, endpoints });
      contenders.push({ name, run: () => latency(bench, side, path, seconds, perSecond) });
    }
    const rounds = await interleaved(bench, contenders);
    const rows = rowsOf(rounds, [
      { figure: "others_p50", unit: "ms", ...COMPARED },
      { figure: "others_p99", unit: "ms", ...COMPARED, goal: { most: 2 } },
      { figure: "calls_of_the_other_half", unit: "", ...COMPARED },
      { figure: "worker_memory", unit: "MB", ...COMPARED },
    ]);
    return { rows, headings: COMPARED, facts: { ...circumstances(rounds), seconds, perSecond } };
  },
};

async function latency(bench: Bench, side: Side, path: string, seconds: number, perSecond: number): Promise<Figures> {
  const database = await freshDatabase(bench.clusterUrl, side);
  const web = await side.startWeb(database.url);
  const worker = await side.startWorker(database.url);
  const single = singlePosts(side);
  await through({ ...single, posts: WARM_UP_POSTS }, bench);
  await forget(bench);
  const posts = seconds * perSecond;
  await post({ ...single, posts, perSecond, types: [GOOD, OTHER] }, bench);
  const received = await arrived(posts / 2, bench);
  const other = await counted(bench, path);
  const figures = {
    others_p50: received.p50,
    others_p99: received.p99,
    calls_of_the_other_half: other.count,
    worker_memory: worker.peakMegabytes(),
  };
  // It would wait for the calls that hang.
  await worker.stop("SIGKILL");
  await web.stop();
  await database.drop();
  return figures;
}
