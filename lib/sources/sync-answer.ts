import { hotSql } from "../db.ts";
import type { Outcome } from "../delivery/outcomes.ts";
import { waitForFirstAttempts } from "../ingest/first-attempts.ts";
import { mayPass } from "./answer-headers.ts";

/** Whose answer the caller of a source gets, when it comes in time. */
export type Sync = { endpointId: string; timeoutMs: number; headers: string[] };
export type SyncAnswer = { status: number; headers: [string, string][]; body: Buffer };

type Asked = {
  /** The events that the call became, or the one that it repeats. */
  eventIds: string[];
  /** When the call came, as `performance.now()` tells it: the caller has been waiting since. */
  since: number;
  gone: AbortSignal;
};

const VALUE = /^[\t\x20-\x7e]{0,4096}$/;

/**
 * What the source's endpoint answered to its first attempt, if it was a success and whole; null when there is no such
 * answer within the deadline. Whatever becomes of the delivery goes on without the caller: retries included.
 */
export async function syncAnswer(sync: Sync, { eventIds, since, gone }: Asked): Promise<SyncAnswer | null> {
  const deliveryId = await findDelivery(sync.endpointId, eventIds);
  if (deliveryId === null) return null;
  const left = sync.timeoutMs - (performance.now() - since);
  if (!(await waitForFirstAttempts([deliveryId], left, gone))) return null;
  const [made] = await hotSql()<Made[]>`
    select outcome, status_code as "statusCode", response_headers as headers, response_body as body,
      response_cut as cut
    from attempt where delivery_id = ${deliveryId} and number = 1`;
  return made ? passedOn(made, sync.headers) : null;
}

/** Of several events it is the first one's answer that counts. */
async function findDelivery(endpointId: string, eventIds: string[]): Promise<string | null> {
  const ids = eventIds.toSorted();
  const [first] = ids;
  if (first === undefined) return null;
  const [found] = await hotSql()<{ id: string }[]>`
    select id from delivery
    where event_id = any(${ids}) and id >= ${first} and endpoint_id = ${endpointId} and replay_of is null
      and status not in ('held', 'discarded')
    order by id limit 1`;
  return found?.id ?? null;
}

type Made = {
  outcome: Outcome;
  statusCode: number | null;
  headers: [string, string][] | null;
  body: Buffer | null;
  cut: boolean;
};

/** A failure is ours to repeat, not the caller's: a provider that hears of it would send the same once more. */
export function passedOn({ outcome, statusCode, headers, body, cut }: Made, wanted: string[]): SyncAnswer | null {
  if (outcome !== "success" || statusCode === null || statusCode < 200 || statusCode > 299 || cut) return null;
  const given = (headers ?? []).map(([name, value]): [string, string] => [name.toLowerCase(), value]);
  const coding = given.find(([name]) => name === "content-encoding")?.[1] ?? "identity";
  // Nobody asked for it, and the caller may not understand it.
  if (coding.toLowerCase() !== "identity") return null;
  const names = new Set(["content-type", ...wanted.map((name) => name.toLowerCase()).filter(mayPass)]);
  const passed = given.filter(([name, value]) => names.has(name) && VALUE.test(value));
  // These have no body, whatever came after their headers.
  const isEmpty = statusCode === 204 || statusCode === 205;
  return { status: statusCode, headers: passed, body: isEmpty || body === null ? Buffer.alloc(0) : body };
}
