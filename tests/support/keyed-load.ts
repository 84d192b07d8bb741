import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** Counts what arrives, by `webhook-id`. */
export async function countingReceiver() {
  const received = new Map<string, number>();
  const server = createServer((request, response) => {
    const id = String(request.headers["webhook-id"]);
    received.set(id, (received.get(id) ?? 0) + 1);
    request.resume().once("end", () => response.end());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    /** Calls beyond each event's first. */
    duplicates: () => [...received.values()].reduce((sum, count) => sum + count - 1, 0),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

type KeyedLoad = {
  url: string;
  apiKey: string;
  keys: string[];
  connections: number;
  onAcknowledged: (count: number) => void;
};

/** Posts one event a key, and each again with its key until it is acknowledged. Returns every event id that was answered, by key. */
export async function postUntilAcknowledged(load: KeyedLoad): Promise<Map<string, Set<string>>> {
  const answered = new Map<string, Set<string>>();
  const keys = load.keys.values();
  let acknowledged = 0;
  const connection = async () => {
    for (const key of keys) {
      answered.set(key, new Set([await acknowledgedId(load, key)]));
      load.onAcknowledged(++acknowledged);
    }
  };
  await Promise.all(Array.from({ length: load.connections }, connection));
  return answered;
}

/** What one event's id is, however often it had to be asked for. */
export async function acknowledgedId({ url, apiKey }: Pick<KeyedLoad, "url" | "apiKey">, key: string): Promise<string> {
  for (;;) {
    const answer = await fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      body: JSON.stringify({ type: "order.created", id: key, data: { key, pad: "x".repeat(300) } }),
    }).catch(() => null); // cut off by the kill: uncertain, so asked again with the same key
    if (answer?.ok) return ((await answer.json()) as { id: string }).id;
    if (answer && answer.status !== 503) throw new Error(`${answer.status}: ${await answer.text()}`);
    await answer?.body?.cancel();
    await delay(50);
  }
}
