import { createHash } from "node:crypto";
import type { FormattedEvent } from "../formats/outgoing.ts";
import { formatOf } from "../formats/registry.ts";
import { decideAfterSending, putBack, type Sent } from "./decide.ts";
import { deliver, outgoing, type Ready, readyToGo, standInLine, type Tools } from "./deliver.ts";
import { written } from "./formatted-event.ts";
import { type Claimed, loadPayload } from "./load.ts";
import { post, unsent } from "./post.ts";
import type { Settlement } from "./settlement.ts";

/** One request; what is more goes in another. */
export const MAX_BATCH_BYTES = 8 * 1_024 * 1_024;
/** What stands around a payload at most: id, type, time, source. */
const ENVELOPE_BYTES = 1_024;
/** Of the one answer that every delivery of a request keeps. */
const MAX_SHARED_RESPONSE_BYTES = 4_096;

type Member = { ready: Ready; event: FormattedEvent };

/** Everything that was claimed at once: deliveries that were let out together go in one request, the others each for itself. */
export function deliverAll(claims: Claimed[], tools: Tools): [Claimed, Promise<Settlement>][] {
  const groups = new Map<string, Claimed[]>();
  const alone: [Claimed, Promise<Settlement>][] = [];
  for (const claimed of claims) {
    if (!takesBatches(claimed)) alone.push([claimed, deliver(claimed, tools)]);
    else addTo(groups, `${claimed.job.data.p}:${claimed.job.data.g ?? claimed.job.data.d}`, claimed);
  }
  const together = [...groups.values()].flatMap((group) => {
    const delivering = deliverTogether(group, tools);
    return group.map((claimed): [Claimed, Promise<Settlement>] => [
      claimed,
      delivering.then((all) => of(all, claimed)),
    ]);
  });
  return [...alone, ...together];
}

/** A receiver of batches gets a list every time, also of one. */
function takesBatches({ endpoint }: Claimed): boolean {
  const configuration = endpoint?.configuration;
  return configuration != null && configuration.batchSize !== null && formatOf(configuration.format).many !== undefined;
}

async function deliverTogether(claims: Claimed[], tools: Tools): Promise<Settlement[]> {
  // The oldest first, however they were claimed.
  const all = claims.toSorted((a, b) => (a.job.data.d < b.job.data.d ? -1 : 1)).map(readyToGo);
  const ready = all.filter((one) => "configuration" in one);
  const unready = all.filter((one) => "job" in one);
  const parts = inParts(ready, ({ event }) => event.bytes);
  // Side by side: one after the other could outlast the claim.
  const sent = await Promise.all(parts.map((part) => withPayloads(part, tools)));
  return [...unready, ...sent.flat()];
}

async function withPayloads(part: Ready[], tools: Tools): Promise<Settlement[]> {
  const large = part.reduce((sum, { event }) => sum + (event.payload ? 0 : event.bytes), 0);
  if (large > 0 && !(await tools.budget.take(large))) return part.map((one) => putBack(one, tools.stopped.aborted));
  try {
    const made = await Promise.all(part.map((ready) => madeOf(ready, tools)));
    const ended = made.filter((one) => "job" in one);
    const members = made.filter((one) => "ready" in one);
    // A transformation may have made more of an event than it was.
    const requests = inParts(members, ({ event }) => event.payload.length);
    const sent = await Promise.all(requests.map((request) => send(request, tools)));
    return [...ended, ...sent.flat()];
  } finally {
    if (large > 0) tools.budget.giveBack(large);
  }
}

async function madeOf(ready: Ready, tools: Tools): Promise<Member | Settlement> {
  const payload = ready.event.payload ?? (await loadPayload(tools.sql, ready.event.id));
  if (!payload || tools.stopped.aborted) return putBack(ready, true);
  const event = await outgoing(ready, payload, tools);
  return "job" in event ? event : { ready, event };
}

async function send(members: Member[], tools: Tools): Promise<Settlement[]> {
  const [first] = members;
  if (!first) return [];
  const { configuration } = first.ready;
  const events = members.map(({ event }) => event);
  const id = batchId(events);
  const formatted = written(configuration.format, ({ one, many }) => many?.(events) ?? one(first.event));
  const sent = "problem" in formatted ? unsent(formatted.problem) : await post(id, formatted, configuration, tools);
  if (sent) return settledAlike(members, shared(sent, members.length), id);
  return Promise.all(
    members.map(({ ready }) => (tools.stopped.aborted ? putBack(ready, true) : standInLine(ready, tools))),
  );
}

/**
 * Every delivery has its own attempt of the one call. Those at the same step of the schedule are tried again together; a
 * new one does not wait as long as one that failed many times before.
 */
function settledAlike(members: Member[], sent: Sent, id: string): Settlement[] {
  const settlements = members.map(({ ready }) => decideAfterSending(ready, sent));
  const waits = new Map<number, number>();
  for (const { change } of settlements) {
    if (typeof change?.nextInSeconds !== "number") continue;
    waits.set(change.scheduleStep, Math.max(waits.get(change.scheduleStep) ?? 0, change.nextInSeconds));
  }
  return settlements.map((settlement) => {
    const { attempts, change, next } = settlement;
    const wait = typeof change?.nextInSeconds === "number" ? waits.get(change.scheduleStep) : undefined;
    return {
      ...settlement,
      attempts: attempts.map((attempt, index) =>
        index === attempts.length - 1 ? { ...attempt, batchId: id } : attempt,
      ),
      change: change && wait !== undefined ? { ...change, nextInSeconds: wait } : change,
      next: next && wait !== undefined ? { ...next, startAfterSeconds: wait } : next,
    };
  });
}

function shared(sent: Sent, count: number): Sent {
  const { responseBody } = sent.result;
  if (count === 1 || !responseBody || responseBody.length <= MAX_SHARED_RESPONSE_BYTES) return sent;
  const cut = { responseBody: responseBody.subarray(0, MAX_SHARED_RESPONSE_BYTES), responseCut: true };
  return { ...sent, result: { ...sent.result, ...cut } };
}

/** The same for the same events in the same order, so that a receiver knows a repeated request. */
function batchId(events: FormattedEvent[]): string {
  const ids = createHash("sha256").update(events.map(({ id }) => id).join());
  return `batch_${ids.digest("hex").slice(0, 32)}`;
}

/** As few parts as fit, in order. */
function inParts<T>(all: T[], bytesOf: (one: T) => number): T[][] {
  const parts: T[][] = [];
  let room = 0;
  for (const one of all) {
    const bytes = bytesOf(one) + ENVELOPE_BYTES;
    if (parts.length === 0 || bytes > room) {
      parts.push([]);
      room = MAX_BATCH_BYTES;
    }
    parts.at(-1)?.push(one);
    room -= bytes;
  }
  return parts;
}

function addTo<T>(groups: Map<string, T[]>, key: string, one: T): void {
  const group = groups.get(key);
  if (group) group.push(one);
  else groups.set(key, [one]);
}

function of(settlements: Settlement[], { job }: Claimed): Settlement {
  const mine = settlements.find((settlement) => settlement.job === job);
  if (!mine) throw new Error("A delivery of a batch was left out");
  return mine;
}
