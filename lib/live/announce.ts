import { queueSql } from "../db.ts";
import { errorFields, log } from "../log.ts";
import { changeMessages, LIVE_CHANNEL, type LiveTopic } from "./channel.ts";

/** What commits together is said together. */
const LEAD_MS = 25;
/** However much is recorded, a process speaks no more often. */
const GAP_MS = 250;

const waiting: Record<LiveTopic, Set<string>> = { deliveries: new Set(), jobs: new Set() };
let planned: NodeJS.Timeout | undefined;
let saidAt = Number.NEGATIVE_INFINITY;
let saying: Promise<void> | null = null;

/**
 * Call it after the commit. Costs the caller one entry in a set: what is there is said a little later, on a connection
 * that nobody who delivers or takes in waits for. Should it be lost, open pages find out by asking.
 */
export function announceChange(workspaceId: string, topic: LiveTopic = "deliveries"): void {
  waiting[topic].add(workspaceId);
  if (planned === undefined && saying === null) plan();
}

/** Says at once what is waiting: the process is about to end. */
export async function announceNow(): Promise<void> {
  clearTimeout(planned);
  await saying;
  clearTimeout(planned);
  await say();
}

function plan(): void {
  planned = setTimeout(() => void say(), Math.max(LEAD_MS, saidAt + GAP_MS - performance.now())).unref();
}

async function say(): Promise<void> {
  planned = undefined;
  const messages = changeMessages(waiting);
  for (const ids of Object.values(waiting)) ids.clear();
  if (messages.length === 0) return;
  saying = notify(messages);
  await saying;
  saying = null;
  saidAt = performance.now();
  if (Object.values(waiting).some(({ size }) => size > 0)) plan();
}

async function notify(messages: string[]): Promise<void> {
  try {
    await queueSql()`select pg_notify(${LIVE_CHANNEL}, message) from unnest(${messages}::text[]) as message`;
  } catch (error) {
    // Nobody is told, and nothing depends on it.
    log("warn", "announce", errorFields(error));
  }
}
