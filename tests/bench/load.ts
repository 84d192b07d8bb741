import { setTimeout as delay } from "node:timers/promises";
import { Pool } from "undici";

// A process of its own: posts events and reports how it went.

export type Load = {
  url: string;
  headers: Record<string, string>;
  posts: number;
  connections: number;
  /** Events in a post; 1 = single posts. */
  batch: number;
  /** Posts a second; 0 = as fast as they are answered. */
  perSecond: number;
  /** The events' types, in turn. */
  types: string[];
};
export type Loaded = { startedAt: number; endedAt: number; codes: Record<string, number> };

const items = JSON.stringify(Array.from({ length: 8 }, (_, index) => ({ sku: `sku-${index}`, qty: 1, price: 199 })));

function event(number: number, types: string[]): string {
  return `{"type":"${types[number % types.length]}","data":{"n":${number},"sentAt":${Date.now()},"amount":1999,"currency":"USD","customer":{"id":"cus_1","email":"a@example.com"},"items":${items}}}`;
}

function body(post: number, { batch, types }: Load): string {
  if (batch === 1) return event(post, types);
  return `[${Array.from({ length: batch }, (_, index) => event(post * batch + index, types)).join()}]`;
}

async function run(load: Load): Promise<Loaded> {
  const { url, headers, posts, connections, perSecond } = load;
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const codes: Record<string, number> = {};
  const startedAt = Date.now();
  let next = 0;
  const connection = async () => {
    for (let post = next++; post < posts; post = next++) {
      if (perSecond > 0) await delay(Math.max(0, startedAt + (post / perSecond) * 1_000 - Date.now()));
      const answer = await pool.request({
        path: pathname,
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: body(post, load),
      });
      await answer.body.dump();
      codes[answer.statusCode] = (codes[answer.statusCode] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  await pool.close();
  return { startedAt, endedAt: Date.now(), codes };
}

process.on("message", async (load: Load) => process.send?.({ type: "loaded", loaded: await run(load) }));
process.on("disconnect", () => process.exit());
process.send?.({ type: "ready" });
