import type { ProblemCode } from "../api/problem.ts";
import { type Author, recordAudit } from "../audit/record.ts";
import { db } from "../db.ts";
import { formatId } from "../ids.ts";
import { storeOrRefuse } from "../ingest/failures.ts";
import type { Acceptance, NewEvent } from "../ingest/new-event.ts";
import type { RequestAgain } from "../ingest/request-again.ts";
import type { Unit } from "../ingest/unit.ts";
import type { Call } from "../providers/call.ts";
import { eventsOf } from "./events-of.ts";
import { believeWhole, type Judgement, judge } from "./judge.ts";
import { type OpenSource, openSource } from "./open-source.ts";
import { readStoredCalls, type StoredCall } from "./quarantined.ts";
import { storedText } from "./receive.ts";
import { openSealed } from "./sealed.ts";
import { QUARANTINED, type Verdict } from "./states.ts";
import { INBOUND_PATH } from "./token.ts";

/** What one call may ask for by id; all of a source goes on in the background. */
export const MAX_AGAIN = 200;
/** How often requests are judged again because their source changed meanwhile. */
const MAX_ROUNDS = 5;

/** What became of requests that were looked at again. */
export type Again = {
  /** They are events now, or the handshake they always were. */
  accepted: number;
  /** An earlier call with the same id is an event already. */
  duplicates: number;
  /** They stay where they are. */
  refused: number;
  /** Not stored for a reason that passes, such as a database that is away. */
  failed: number;
};

type Way = {
  /** Verdicts that a request must still have. */
  from: readonly Verdict[];
  decide: (source: OpenSource, call: Call, row: StoredCall) => Judgement | Promise<Judgement>;
  shape?: (event: NewEvent) => NewEvent;
};

/** By what the source knows now, and the clock as it was when the request came. */
const VERIFYING: Way = {
  from: QUARANTINED,
  decide: (source, call, { remoteAddress }) => judge(source, call, remoteAddress),
};
/** A person answers for what proved nothing. */
const BELIEVING: Way = {
  from: QUARANTINED,
  decide: (source, call, { verdict }) => {
    const believed = believeWhole(source, call);
    return verdict === "refused" ? { ...believed, proven: "person" } : believed;
  },
};
/**
 * An event of its own, whatever came before it. One that was refused first may have been let through by a person: nothing
 * proves it to endpoints.
 */
const REPEATING: Way = {
  from: ["duplicate"],
  decide: (source, call, { fault, path }) => {
    const believed = believeWhole(source, call);
    if (fault) return { ...believed, proven: "person" };
    return path.startsWith(INBOUND_PATH) ? believed : { ...believed, proven: "api" };
  },
  shape: (event) => (event.origin ? { ...event, origin: { ...event.origin, dedupeKey: null } } : event),
};

/** Verifies requests in quarantine again; those that prove themselves go on as if they had been accepted when they came. */
export async function reverify(workspaceId: string, author: Author, requestIds: readonly string[]): Promise<Again> {
  const again = await lookAgain(workspaceId, requestIds.slice(0, MAX_AGAIN), VERIFYING, author.id);
  const [first] = requestIds;
  if (first && again.accepted + again.duplicates > 0) {
    const target = requestIds.length === 1 ? formatId("req", first) : `${requestIds.length} requests`;
    await recordAudit(db(), workspaceId, author, {
      action: "request.reverified",
      target: formatId("req", first),
      targetName: target,
      detail: { ...again },
    });
  }
  return again;
}

/** One chunk of a source's quarantine, for the runner: its audit entry was written when it was asked for. */
export function reverifyChunk(workspaceId: string, by: string, requestIds: readonly string[]): Promise<Again> {
  return lookAgain(workspaceId, requestIds, VERIFYING, by);
}

export type OneAgain = "accepted" | "duplicate" | "not_found" | "failed";

/** Lets one request through that proves nothing. */
export function acceptAnyway(workspaceId: string, author: Author, requestId: string): Promise<OneAgain> {
  return one(workspaceId, author, requestId, BELIEVING, "request.accepted_anyway");
}

/** Makes an event of a request that was a repetition, such as a redelivery somebody asked the provider for. */
export function processAgain(workspaceId: string, author: Author, requestId: string): Promise<OneAgain> {
  return one(workspaceId, author, requestId, REPEATING, "request.processed_again");
}

async function one(workspaceId: string, author: Author, id: string, way: Way, action: string): Promise<OneAgain> {
  const { accepted, duplicates, failed } = await lookAgain(workspaceId, [id], way, author.id);
  if (failed > 0) return "failed";
  if (accepted + duplicates === 0) return "not_found";
  const target = formatId("req", id);
  await recordAudit(db(), workspaceId, author, { action, target, targetName: target });
  return accepted > 0 ? "accepted" : "duplicate";
}

/** Judges requests again and stores what they become, in order of arrival; a changed source has them judged once more. */
async function lookAgain(workspaceId: string, ids: readonly string[], way: Way, by: string): Promise<Again> {
  const sum: Again = { accepted: 0, duplicates: 0, refused: 0, failed: 0 };
  let open = ids;
  for (let round = 0; open.length > 0 && round < MAX_ROUNDS; round++) {
    const units = await judgedUnits(await readStoredCalls(workspaceId, open, way.from), way, by);
    sum.refused += units.refused;
    if (units.ready.length > 0) await storeOrRefuse(units.ready.map(({ unit }) => unit));
    const next: string[] = [];
    for (const { id, outcome } of units.ready) {
      const became = await outcome;
      if (became === "changed") next.push(id);
      else sum[became]++;
    }
    open = next;
  }
  sum.failed += open.length;
  return sum;
}

type Ready = { id: string; unit: Unit; outcome: Promise<keyof Again | "changed"> };

async function judgedUnits(rows: StoredCall[], way: Way, by: string): Promise<{ ready: Ready[]; refused: number }> {
  const ready: Ready[] = [];
  const sources = new Map<string, OpenSource | null>();
  for (const row of rows) {
    if (!sources.has(row.sourceId)) sources.set(row.sourceId, await openSource(row.sourceId));
    const source = sources.get(row.sourceId);
    const made = source ? await judgedUnit(source, row, way, by) : null;
    if (made) ready.push(made);
  }
  return { ready, refused: rows.length - ready.length };
}

/** Null: it is what it was. */
async function judgedUnit(source: OpenSource, row: StoredCall, way: Way, by: string): Promise<Ready | null> {
  const call = openSealed(row);
  const judgement = await way.decide(source, call, row);
  const { verdict, reading, fault } = judgement;
  if (verdict === row.verdict || verdict === "refused") return null;
  const events = eventsOf(source, judgement, call, row.id).map((event) => ({
    ...(way.shape?.(event) ?? event),
    occurredAt: event.occurredAt ?? call.receivedAt,
  }));
  const { id, workspaceId, sourceId } = row;
  const said = { type: storedText(reading?.type), externalId: storedText(reading?.id) };
  const again = { id, workspaceId, sourceId, sourceVersion: source.version, from: way.from, verdict, ...said, by };
  return readyUnit({ ...again, fault: verdict === "unparsable" ? fault : null }, events);
}

function readyUnit(again: RequestAgain, events: NewEvent[]): Ready {
  const { promise, resolve: answer } = Promise.withResolvers<Acceptance[]>();
  const unit: Unit = { events, atomic: true, keyId: null, again, since: performance.now(), answered: false, answer };
  return { id: again.id, unit, outcome: promise.then((given) => outcomeOf(again.verdict, given)) };
}

/** It will pass: the same may be tried again. */
const PASSING: readonly ProblemCode[] = ["unavailable", "uncertain", "overloaded"];

function outcomeOf(verdict: Verdict, answers: Acceptance[]): keyof Again | "changed" {
  const refusal = answers.find((answer) => answer.result === "refused");
  if (refusal?.code === "source_changed") return "changed";
  if (refusal) return PASSING.includes(refusal.code) ? "failed" : "refused";
  if (verdict === "unparsable") return "refused";
  return answers.length > 0 && answers.every(({ result }) => result === "duplicate") ? "duplicates" : "accepted";
}
