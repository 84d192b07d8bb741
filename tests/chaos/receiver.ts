import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type CountingReceiver = {
  url: string;
  /** How often each event arrived. */
  received: Map<string, number>;
  /** When the calls of those that were refused once arrived. */
  arrivals: Map<string, number[]>;
  /** Calls beyond each event's first, and beyond the second of those that were refused once. */
  duplicates: () => number;
  close: () => void;
};
export type ReceiverOptions = {
  host?: string;
  answerAfterMs?: number;
  /** The first call of every so many'th event is refused, and its arrivals are noted. */
  refuseEvery?: number;
};

/** Counts what arrives, by `webhook-id`. An answer that takes a moment keeps deliveries in flight, for faults to hit. */
export async function countingReceiver(options: ReceiverOptions = {}): Promise<CountingReceiver> {
  const { host = "127.0.0.1", answerAfterMs = 0, refuseEvery = 0 } = options;
  const received = new Map<string, number>();
  const arrivals = new Map<string, number[]>();
  const server = createServer((request, response) => {
    const id = String(request.headers["webhook-id"]);
    const times = (received.get(id) ?? 0) + 1;
    received.set(id, times);
    const refused = times === 1 && refuseEvery > 0 && received.size % refuseEvery === 0;
    if (refused || arrivals.has(id)) arrivals.set(id, [...(arrivals.get(id) ?? []), Date.now()]);
    const answer = () => response.writeHead(refused ? 500 : 200).end();
    request.resume().once("end", () => (answerAfterMs > 0 ? setTimeout(answer, answerAfterMs) : answer()));
  });
  server.listen(0, host);
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${address.port}/hook`,
    received,
    arrivals,
    duplicates: () => [...received].reduce((sum, [id, count]) => sum + count - (arrivals.has(id) ? 2 : 1), 0),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
