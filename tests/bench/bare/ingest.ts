import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { type BareEvent, openBare, store } from "./store.ts";

const FLUSHES_AT_ONCE = 2;
const MOST_IN_A_FLUSH = 500;

const bare = await openBare(process.env.DATABASE_URL ?? "", false);
type Waiting = BareEvent & { done: (id: string | undefined) => void };
const waiting: Waiting[] = [];
let flushing = 0;

async function flush(): Promise<void> {
  if (flushing >= FLUSHES_AT_ONCE || waiting.length === 0) return;
  flushing++;
  const batch = waiting.splice(0, MOST_IN_A_FLUSH);
  const ids = await stored(batch);
  for (const [index, event] of batch.entries()) event.done(ids[index]);
  flushing--;
  void flush();
}

async function stored(events: BareEvent[]): Promise<string[]> {
  return store(bare, events).catch((error) => {
    console.error(error);
    return [];
  });
}

function answer(response: ServerResponse, body: unknown): void {
  response.writeHead(body ? 202 : 500, { "content-type": "application/json" }).end(JSON.stringify(body ?? null));
}

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const payload = await text(request);
  const posted: { type: string } | { type: string }[] = JSON.parse(payload);
  if (Array.isArray(posted)) {
    const ids = await stored(posted.map((event) => ({ type: event.type, payload: JSON.stringify(event) })));
    return answer(response, ids.length > 0 ? ids : undefined);
  }
  waiting.push({ type: posted.type, payload, done: (id) => answer(response, id && { id }) });
  setImmediate(flush);
}

createServer(take).listen(Number(process.env.PORT), "127.0.0.1", () => process.send?.({ type: "ready" }));
process.on("SIGTERM", () => process.exit());
process.on("disconnect", () => process.exit());
