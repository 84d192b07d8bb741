import { connect } from "../../../lib/db.ts";
import { aGithubSource } from "../../support/github-source.ts";
import { type Bench, size } from "../harness.ts";
import type { InboundLoad, InboundLoaded } from "../inbound-load.ts";
import { type Figures, interleaved } from "../interleaved.ts";
import { message, type Part, startPart } from "../part.ts";
import { circumstances, type Line, rowsOf } from "../report.ts";
import { fill, micros, stopwatch } from "../round.ts";
import type { Scenario } from "../scenario.ts";
import { analyze, databaseUrl, ENCRYPTION_KEY, freshDatabase, productSide, type Side } from "../sides.ts";

const STEADY_PER_SECOND = 300;
const STEADY_CONNECTIONS = 50;
/** Enough of them to find out what the door can take. */
const FULL_CONNECTIONS = 64;
/** A crowd of callers that do not wait for one another. */
const CROWD_CONNECTIONS = 2_000;

const PRODUCT = { side: "product" };
const LINES: Line[] = [
  { figure: "p50", unit: "ms", ...PRODUCT },
  { figure: "p99", unit: "ms", ...PRODUCT, goal: { most: 50 } },
  { figure: "draining_p50", unit: "ms", ...PRODUCT },
  { figure: "draining_p99", unit: "ms", ...PRODUCT, goal: { most: 50 } },
  { figure: "most", unit: "requests/s", ...PRODUCT },
  { figure: "web_cpu", unit: "µs/request", ...PRODUCT },
  { figure: "postgres_cpu", unit: "µs/request", ...PRODUCT },
  { figure: "twice_p99", unit: "ms", ...PRODUCT, goal: { most: 1_000 } },
  { figure: "twice_taken", unit: "requests/s", ...PRODUCT },
  { figure: "twice_refused_p99", unit: "ms", ...PRODUCT },
  { figure: "without_event", unit: "answers of 200", ...PRODUCT, goal: { most: 0 } },
  { figure: "other_answers", unit: "calls", ...PRODUCT, goal: { most: 0 } },
];

/** What a scenario's rounds post with, and to. */
type Stage = { bench: Bench; side: Side; provider: Part; url: string };

export const inbound: Scenario = {
  about: "a provider posts 300 a second while 100,000 deliveries are queued, and twice what the door can take",
  mostMinutes: 30,
  async run(bench) {
    const backlog = size(bench.asked, "backlog", 100_000, 10_000);
    const seconds = size(bench.asked, "seconds", 15, 5);
    const side = await productSide(bench.clusterUrl, bench.receiverUrl);
    const sql = connect(databaseUrl(bench.clusterUrl, side.template), 1);
    const { path } = await aGithubSource(sql, ENCRYPTION_KEY);
    await sql.end();
    const provider = await startPart("tests/bench/inbound-load.ts", {});
    const stage = { bench, side, provider, url: new URL(path, side.single).href };
    const rounds = await interleaved(bench, [{ name: side.name, run: () => round(stage, backlog, seconds) }]);
    return {
      rows: rowsOf(rounds, LINES),
      headings: PRODUCT,
      facts: { ...circumstances(rounds), backlog, seconds, perSecond: STEADY_PER_SECOND },
    };
  },
};

async function round({ bench, side, provider, url }: Stage, backlog: number, seconds: number): Promise<Figures> {
  const database = await freshDatabase(bench.clusterUrl, side);
  const web = await side.startWeb(database.url);
  const calls = (load: Partial<InboundLoad> & { name: string }) =>
    postInbound(provider, { url, seconds, perSecond: STEADY_PER_SECOND, connections: STEADY_CONNECTIONS, ...load });

  await fill(side, backlog, bench);
  await analyze(database.url);
  await calls({ name: "warm", seconds: 2 });
  const working = stopwatch(bench, web.pid);
  const queued = await calls({ name: "queued" });
  const [webSeconds, postgresSeconds] = working();
  const worker = await side.startWorker(database.url);
  const draining = await calls({ name: "draining" });
  const full = await calls({ name: "full", perSecond: 0, connections: FULL_CONNECTIONS });
  const most = full.calls / seconds;
  const twice = await calls({ name: "twice", perSecond: Math.round(2 * most), connections: CROWD_CONNECTIONS });
  const all = [queued, draining, full, twice];
  bench.note(JSON.stringify({ queued, draining, full, twice }));
  const figures = {
    p50: queued.p50,
    p99: queued.p99,
    draining_p50: draining.p50,
    draining_p99: draining.p99,
    most,
    web_cpu: micros(webSeconds, queued.calls),
    postgres_cpu: micros(postgresSeconds, queued.calls),
    twice_p99: twice.p99,
    twice_taken: (twice.codes[200] ?? 0) / seconds,
    twice_refused_p99: twice.refusedP99,
    without_event: await withoutEvent(database.url, ["queued", "draining", "full", "twice"], all),
    other_answers: all.reduce((sum, { calls: made, codes }) => sum + made - (codes[200] ?? 0) - (codes[503] ?? 0), 0),
  };
  await worker.stop();
  await web.stop();
  await database.drop();
  return figures;
}

async function postInbound(provider: Part, load: InboundLoad): Promise<InboundLoaded> {
  const answer = message<{ type: string; loaded: InboundLoaded }>(provider.child, "loaded");
  provider.child.send(load);
  return (await answer).loaded;
}

/** Calls that were answered 200 and are no event: what must never be. */
async function withoutEvent(database: string, names: string[], loads: InboundLoaded[]): Promise<number> {
  const sql = connect(database, 1);
  const [row] = await sql<{ count: number }[]>`
    select count(distinct r.external_id)::int as count from request r join event e on e.request_id = r.id
    where split_part(r.external_id, '-', 1) = any(${names})`;
  await sql.end();
  const taken = loads.reduce((sum, { codes }) => sum + (codes[200] ?? 0), 0);
  return Math.max(0, taken - (row?.count ?? 0));
}
