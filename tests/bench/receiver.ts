import { createServer, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

// A process of its own: counts deliveries by path, and measures from the `sentAt` in each body. GET tells how many came
// to a path, with `?figures` the rest (sorting while a drain runs would be part of what is measured), DELETE forgets all.
// What is posted to /hang is counted and never answered.

export type Count = { count: number; unique: number };
export type Received = Count & {
  /** Milliseconds since the epoch of the first and the last delivery. */
  first: number;
  last: number;
  p50: number;
  p99: number;
};

class Tally {
  count = 0;
  #first = 0;
  #last = 0;
  readonly #latencies: number[] = [];
  readonly #seen = new Set<string>();

  add(id: string, body: string): void {
    const now = Date.now();
    this.count++;
    this.#first ||= now;
    this.#last = now;
    const sentAt = /"sentAt":(\d+)/.exec(body)?.[1];
    if (sentAt) this.#latencies.push(now - Number(sentAt));
    this.#seen.add(id);
  }

  counted(): Count {
    return { count: this.count, unique: this.#seen.size };
  }

  figures(): Received {
    const sorted = this.#latencies.toSorted((a, b) => a - b);
    const [first, last] = [this.#first, this.#last];
    return { ...this.counted(), first, last, p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
  }
}

function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

const tallies = new Map<string, Tally>();

function tallyOf(path: string): Tally {
  const tally = tallies.get(path) ?? new Tally();
  tallies.set(path, tally);
  return tally;
}

function tell(url: URL, response: ServerResponse): void {
  const tally = tallyOf(url.pathname);
  response.end(JSON.stringify(url.searchParams.has("figures") ? tally.figures() : tally.counted()));
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? "/", "http://receiver");
  if (request.method === "GET") return tell(url, response);
  if (request.method === "DELETE") {
    tallies.clear();
    return response.end();
  }
  tallyOf(url.pathname).add(String(request.headers["webhook-id"]), await text(request));
  if (url.pathname === "/hang") return;
  response.writeHead(200, { "content-length": 2 }).end("ok");
});
server.listen(Number(process.env.PORT), "127.0.0.1", () => process.send?.({ type: "ready" }));
process.on("disconnect", () => process.exit());
