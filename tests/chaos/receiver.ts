import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type CountingReceiver = {
  url: string;
  /** How often each event arrived. */
  received: Map<string, number>;
  /** When each event's calls arrived, for receivers that are asked to note it. */
  arrivals: Map<string, number[]>;
  /** Calls beyond each event's first. */
  duplicates: () => number;
  close: () => void;
};
type Options = { host?: string; port?: number; answerAfterMs?: number; failFirst?: boolean };

/** Counts what arrives, by `webhook-id`. An answer that takes a moment keeps deliveries in flight, for faults to hit. */
export async function countingReceiver(options: Options = {}): Promise<CountingReceiver> {
  const { host = "127.0.0.1", port = 0, answerAfterMs = 0, failFirst = false } = options;
  const received = new Map<string, number>();
  const arrivals = new Map<string, number[]>();
  const server = createServer((request, response) => {
    const id = String(request.headers["webhook-id"]);
    const times = (received.get(id) ?? 0) + 1;
    received.set(id, times);
    if (failFirst) arrivals.set(id, [...(arrivals.get(id) ?? []), Date.now()]);
    const answer = () => response.writeHead(failFirst && times === 1 ? 500 : 200).end();
    request.resume().once("end", () => (answerAfterMs > 0 ? setTimeout(answer, answerAfterMs) : answer()));
  });
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${address.port}/hook`,
    received,
    arrivals,
    duplicates: () => [...received.values()].reduce((sum, count) => sum + count - 1, 0),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
