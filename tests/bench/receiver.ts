import { createServer, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

// A process of its own: counts deliveries, and measures from the `sentAt` in each body. GET tells how many, GET /figures
// the rest (sorting while a drain runs would be part of what is measured), DELETE forgets.

export type Count = { count: number; unique: number };
export type Received = Count & {
  /** Milliseconds since the epoch of the first and the last delivery. */
  first: number;
  last: number;
  p50: number;
  p99: number;
};

let first = 0;
let last = 0;
let count = 0;
let latencies: number[] = [];
let seen = new Set<string>();

function forget(): void {
  [first, last, count] = [0, 0, 0];
  latencies = [];
  seen = new Set();
}

function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function tell(path: string | undefined, response: ServerResponse): void {
  if (path !== "/figures") return void response.end(JSON.stringify({ count, unique: seen.size } satisfies Count));
  const sorted = latencies.toSorted((a, b) => a - b);
  const answer: Received = {
    count,
    unique: seen.size,
    first,
    last,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
  };
  response.end(JSON.stringify(answer));
}

const server = createServer(async (request, response) => {
  if (request.method === "GET") return tell(request.url, response);
  if (request.method === "DELETE") {
    forget();
    return response.end();
  }
  const body = await text(request);
  const now = Date.now();
  count++;
  first ||= now;
  last = now;
  const sentAt = /"sentAt":(\d+)/.exec(body)?.[1];
  if (sentAt) latencies.push(now - Number(sentAt));
  seen.add(String(request.headers["webhook-id"]));
  response.writeHead(200, { "content-length": 2 }).end("ok");
});
server.listen(Number(process.env.PORT), "127.0.0.1", () => process.send?.({ type: "ready" }));
process.on("disconnect", () => process.exit());
