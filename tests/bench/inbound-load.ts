import { setTimeout as delay } from "node:timers/promises";
import { Agent, request } from "undici";
import { signedPush } from "../support/github-source.ts";

// A process of its own: a provider that posts to a source, at its own pace whether it is answered or not.

export type InboundLoad = {
  url: string;
  /** What the ids of its deliveries begin with. */
  name: string;
  seconds: number;
  /** Calls begun a second; 0 = as fast as `connections` are answered. */
  perSecond: number;
  connections: number;
};
export type InboundLoaded = {
  calls: number;
  /** How many were answered with each status; 0 = cut off. */
  codes: Record<string, number>;
  /** From when a call was due to its whole answer, so that a call which could not even be begun counts as slow. */
  p50: number;
  p99: number;
  slowest: number;
  /** Of the calls that were refused. */
  refusedP99: number;
};

/** How far the pace may lag before calls are begun in a bunch. */
const TICK_MS = 5;

async function run({ url, name, seconds, perSecond, connections }: InboundLoad): Promise<InboundLoaded> {
  // Given up well before the server would: a call that meets its end of the connection would be cut off.
  const dispatcher = new Agent({ connections, pipelining: 1, keepAliveTimeout: 1_000, keepAliveMaxTimeout: 1_000 });
  const codes: Record<string, number> = {};
  const took: number[] = [];
  const refused: number[] = [];
  let next = 0;
  const begun = performance.now();
  const post = async (dueAt: number) => {
    const code = await answered(`${name}-${next++}`);
    const ms = performance.now() - dueAt;
    codes[code] = (codes[code] ?? 0) + 1;
    took.push(ms);
    if (code !== 200) refused.push(ms);
  };
  const answered = async (delivery: string) => {
    try {
      const answer = await request(url, { dispatcher, method: "POST", ...signedPush(delivery) });
      await answer.body.dump();
      return answer.statusCode;
    } catch {
      // Cut off: it is counted among the answers that must not be.
      return 0;
    }
  };
  const until = begun + seconds * 1_000;
  if (perSecond === 0) {
    const connection = async () => {
      while (performance.now() < until) await post(performance.now());
    };
    await Promise.all(Array.from({ length: connections }, connection));
  } else {
    const calls: Promise<void>[] = [];
    for (const total = seconds * perSecond; calls.length < total; await delay(TICK_MS)) {
      const due = Math.min(total, Math.floor(((performance.now() - begun) / 1_000) * perSecond) + 1);
      while (calls.length < due) calls.push(post(begun + (calls.length / perSecond) * 1_000));
    }
    await Promise.all(calls);
  }
  await dispatcher.close();
  return {
    calls: next,
    codes,
    p50: quantile(took, 0.5),
    p99: quantile(took, 0.99),
    slowest: quantile(took, 1),
    refusedP99: quantile(refused, 0.99),
  };
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
}

process.on("message", async (load: InboundLoad) => process.send?.({ type: "loaded", loaded: await run(load) }));
process.on("disconnect", () => process.exit());
process.send?.({ type: "ready" });
