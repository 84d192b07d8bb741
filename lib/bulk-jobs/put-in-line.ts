import type { SqlTransaction } from "../db.ts";
import { refilled } from "../delivery/gate/token-bucket.ts";
import { announceParked } from "../queue/gate-channel.ts";
import type { StoredStatus } from "../reports/sending.ts";
import { listBegun, listReached, listSent } from "./elsewhere.ts";
import { type LeftOut, whyClosed, whyLeftOut } from "./left-out.ts";
import { changeItems, type ItemChange, type Line } from "./line.ts";
import { listQueued, takeFromQueue } from "./queued.ts";
import { makeReplays } from "./replays.ts";

/** Rows in one transaction, so that none is locked for long. */
const WINDOW = 500;
/** Rows of a job that stand in one endpoint's line at once: what a stop has to take back, and what a restart finds. */
const MOST_OPEN = 1_000;

type Item = { deliveryId: string; eventId: string | null };
export type Row = {
  id: string;
  eventId: string;
  status: StoredStatus;
  parked: boolean;
  attempts: number;
  reason: string | null;
  finishedAt: Date | null;
};

/**
 * Puts the next rows of a job in their endpoint's line, from which the releaser lets them out by the endpoint's own
 * limits, circuit and order. What must not or need not be attempted is left out, and why is kept.
 * @returns how many rows were dealt with
 */
export async function putInLine(tx: SqlTransaction, line: Line): Promise<number> {
  const room = await roomFor(tx, line);
  if (room <= 0) return 0;
  const items = await chooseItems(tx, line, room);
  const changes = await decide(tx, line, items);
  await changeItems(tx, line, "waiting", changes);
  if (changes.some(({ state }) => state === "open")) await announceParked(tx, [line.endpointId]);
  return changes.length;
}

/** With a pace, tokens are taken for rows that may still turn out to be left out: it is a limit, not a promise. */
async function roomFor(tx: SqlTransaction, { jobId, endpointId, pace, waiting, ...line }: Line): Promise<number> {
  const room = Math.min(WINDOW, MOST_OPEN - line.open, waiting);
  if (pace === null || room <= 0 || whyClosed(line.endpoint)) return room;
  const { tokens, tokensAt, now } = line;
  const bucket = tokens === null || tokensAt === null ? null : { tokens, at: tokensAt.getTime() };
  const full = refilled(bucket, { perSecond: pace, burst: pace }, now.getTime());
  const paced = Math.min(room, Math.floor(full));
  if (paced <= 0) return 0;
  await tx`
    update bulk_job_endpoint set tokens = ${full - paced}, tokens_at = ${now.toISOString()}
    where job_id = ${jobId} and endpoint_id = ${endpointId}`;
  return paced;
}

function chooseItems(tx: SqlTransaction, { jobId, endpointId, scope }: Line, most: number): Promise<Item[]> {
  return tx<Item[]>`
    select delivery_id as "deliveryId", event_id as "eventId" from bulk_job_item
    where job_id = ${jobId} and endpoint_id = ${endpointId} and state = 'waiting'
    order by delivery_id ${scope.order === "newest" ? tx`desc` : tx``} limit ${most}`;
}

async function decide(tx: SqlTransaction, line: Line, items: Item[]): Promise<ItemChange[]> {
  const ids = items.map(({ deliveryId }) => deliveryId).sort();
  const rows = await lockDeliveries(tx, line.workspaceId, ids);
  const queued = await listQueued(tx, [...rows.keys()]);
  const eventOf = ({ deliveryId, eventId }: Item) => rows.get(deliveryId)?.eventId ?? eventId;
  const known = await readKnown(
    tx,
    line,
    items.flatMap((item) => eventOf(item) ?? []),
  );
  const again: Row[] = [];
  const anew: { deliveryId: string; eventId: string }[] = [];
  const changes: ItemChange[] = [];
  for (const item of items) {
    const { deliveryId, eventId } = item;
    const row = rows.get(deliveryId);
    const event = eventOf(item) ?? "";
    const reached = known.reached.has(event);
    const why =
      !row && eventId
        ? whyNotMade(line, { reached, sent: known.sent.has(event) })
        : whyLeftOut(row ? { ...row, job: queued.get(deliveryId) ?? "none" } : null, line.endpoint, reached);
    // Before one of the two has had its attempt, nobody knows whether the other is still needed.
    const skipped = why ?? (known.begun?.has(event) ? "same_event" : null);
    if (!skipped) known.begun?.add(event);
    if (skipped) changes.push({ deliveryId, state: "skipped", skipped });
    else if (row) again.push(row);
    else if (eventId) anew.push({ deliveryId, eventId });
  }
  changes.push(...(await putBack(tx, line, again)));
  changes.push(...(await makeReplays(tx, line, anew)));
  return changes;
}

const NONE: ReadonlySet<string> = new Set();

/** What has become of these events at the endpoint on other ways; only what the job has to know. */
async function readKnown(tx: SqlTransaction, line: Line, eventIds: string[]) {
  const { skipDelivered, onlyMissing } = line.scope;
  return {
    reached: skipDelivered ? await listReached(tx, line.endpointId, eventIds) : NONE,
    begun: skipDelivered ? await listBegun(tx, line, eventIds) : null,
    sent: onlyMissing ? await listSent(tx, line.endpointId, eventIds) : NONE,
  };
}

function whyNotMade({ endpoint }: Line, { reached, sent }: { reached: boolean; sent: boolean }): LeftOut | null {
  const closed = whyClosed(endpoint);
  if (closed) return closed;
  if (reached) return "delivered_otherwise";
  return sent ? "sent_meanwhile" : null;
}

/** Nobody else touches them until this transaction ends. In the order of ids, as everybody locks them. */
async function lockDeliveries(tx: SqlTransaction, workspaceId: string, ids: string[]): Promise<Map<string, Row>> {
  const rows = await tx<Row[]>`
    select id, event_id as "eventId", status, parked, attempts, reason, finished_at as "finishedAt" from delivery
    where id = any(${ids}) and id >= ${ids[0] ?? null} and id <= ${ids.at(-1) ?? null}
      and workspace_id = ${workspaceId} order by id for update`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** In line a delivery has no job: one that waits for its next planned attempt gives its job up. */
async function putBack(tx: SqlTransaction, line: Line, rows: Row[]): Promise<ItemChange[]> {
  const planned = rows.filter(({ status }) => status === "retrying").map(({ id }) => id);
  const taken = await takeFromQueue(tx, planned);
  const ready = rows.filter(({ id, status }) => status !== "retrying" || taken.has(id));
  const ids = ready.map(({ id }) => id).sort();
  await tx`
    update delivery set status = 'queued', parked = true, released = false, reason = null, finished_at = null,
      next_attempt_at = null, next_trigger = 'bulk', next_actor = ${line.actor}
    where id = any(${ids}) and id >= ${ids[0] ?? null} and id <= ${ids.at(-1) ?? null}`;
  return rows.map(({ id, attempts, status, reason, finishedAt }): ItemChange => {
    // A worker has just claimed it.
    if (status === "retrying" && !taken.has(id)) return { deliveryId: id, state: "skipped", skipped: "on_its_way" };
    return { deliveryId: id, state: "open", before: { attempts, status, reason, finishedAt } };
  });
}
