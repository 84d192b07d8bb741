import { refusal } from "../api/problem.ts";
import { ingestSql, type SqlTransaction } from "../db.ts";
import { claimKeys, dedupeName, dedupeOf, type Holder, type Keyed } from "./dedupe.ts";
import { insertRequests, type KeptRequest, type StoredRequest, whatBecameOf } from "./kept-request.ts";
import type { Acceptance } from "./new-event.ts";
import type { PlannedEvent } from "./plan.ts";
import type { FlushPlan, PlannedUnit } from "./plan-units.ts";
import { type AgainOutcome, lockRequests, type RequestAgain, updateRequests } from "./request-again.ts";
import { type Unit, withoutAccepted } from "./unit.ts";
import { findStale, isStale, type Stale } from "./verify.ts";
import { writeRows } from "./write.ts";

export type Answers = Map<Unit, Acceptance[]>;
/** Stored, or nothing of it: the assumptions were out of date, or a batch as a whole was refused. */
export type Committed =
  | { result: "stored"; answers: Answers }
  | { result: "stale"; stale: Stale }
  | { result: "refused"; answers: Answers };

/** An error while it commits leaves open whether it did. */
export type Progress = { committing: boolean };

class Rollback extends Error {
  readonly reason: Committed;
  constructor(reason: Committed) {
    super("rolled back");
    this.reason = reason;
  }
}

/** One transaction for all of it: what it assumed is checked, keys are claimed, rows and jobs are written. */
export async function commitPlan(plan: FlushPlan, progress: Progress): Promise<Committed> {
  const keyIds = new Set(plan.units.flatMap(({ unit }) => unit.keyId ?? []));
  const requests = plan.units.flatMap(({ unit }) => unit.request ?? []);
  const again = plan.units.flatMap(({ unit }) => unit.again ?? []);
  const sources = assumedVersions(requests);
  const assumed = { versions: plan.versions, keyIds, sources };
  const writing = plan.units.map(writtenBy);
  if (requests.length === 0 && again.length === 0 && writing.every((events) => events.length === 0)) {
    const stale = await findStale(null, assumed);
    return isStale(stale)
      ? { result: "stale", stale }
      : { result: "stored", answers: answersOf(plan.units, new Map()) };
  }
  try {
    return await ingestSql().begin(async (tx) => {
      const verified = findStale(tx, assumed);
      if (again.length > 0) await lockAgain(tx, plan.units, again, verified);
      const holders = await claim(tx, writing.flat(), verified);
      const answers = answersOf(plan.units, holders);
      refuseBatches(plan.units, answers);
      const own = writing.flat().filter((event) => isOwn(event, holders));
      const kept = storedRequests(plan.units, answers);
      const changed = updateRequests(tx, judgedAnew(plan.units, answers));
      const [stale] = await Promise.all([verified, writeRows(tx, own), insertRequests(tx, kept), changed]);
      if (isStale(stale)) throw new Rollback({ result: "stale", stale });
      progress.committing = true;
      return { result: "stored" as const, answers };
    });
  } catch (error) {
    if (error instanceof Rollback) return error.reason;
    throw error;
  }
}

/** The oldest that any of a source's calls was judged by: when it is out of date, all of them are judged again. */
function assumedVersions(requests: KeptRequest[]): Map<string, number> {
  const sources = new Map<string, number>();
  for (const { sourceId, sourceVersion } of requests) {
    sources.set(sourceId, Math.min(sourceVersion, sources.get(sourceId) ?? sourceVersion));
  }
  return sources;
}

/** The rows a unit asks for: none when one of a batch is refused and all or none was wanted. */
function writtenBy({ unit, plans }: PlannedUnit): PlannedEvent[] {
  if (unit.atomic && plans.some(({ kind }) => kind === "refused")) return [];
  return plans.flatMap((plan) => (plan.kind === "write" ? [plan.planned] : []));
}

async function claim(tx: SqlTransaction, events: PlannedEvent[], verified: Promise<Stale>) {
  const first = new Map<string, Keyed>();
  for (const event of events) {
    const dedupe = dedupeOf(event.event);
    if (!dedupe || event.fingerprint === null) continue;
    const name = dedupeName(dedupe);
    if (!first.has(name)) first.set(name, { ...event, dedupe, fingerprint: event.fingerprint });
  }
  if (first.size === 0) return new Map<string, Holder>();
  const [stale, holders] = await Promise.all([verified, claimKeys(tx, [...first.values()])]);
  // Looked at before anything is answered: a plan that is out of date says nothing about duplicates either.
  if (isStale(stale)) throw new Rollback({ result: "stale", stale });
  return holders;
}

function holderOf(event: PlannedEvent, holders: Map<string, Holder>): Holder | undefined {
  const dedupe = dedupeOf(event.event);
  return dedupe ? holders.get(dedupeName(dedupe)) : undefined;
}

function isOwn(event: PlannedEvent, holders: Map<string, Holder>): boolean {
  const holder = holderOf(event, holders);
  return holder === undefined || holder.eventId === event.id;
}

/** The inbound calls to keep, with what became of each. One whose events are refused is not: it is to come again. */
function storedRequests(units: PlannedUnit[], answers: Answers): StoredRequest[] {
  return units.flatMap(({ unit }) => {
    const given = answers.get(unit) ?? [];
    return unit.request && !given.some(isRefused) ? [whatBecameOf(unit.request, unit.events, given)] : [];
  });
}

const GONE = refusal("source_changed", "The request, or its source, is not what it was a moment ago");

/** Those that somebody else has taken up meanwhile, or whose source has changed, go back; the others go again without. */
async function lockAgain(tx: SqlTransaction, units: PlannedUnit[], again: RequestAgain[], verified: Promise<Stale>) {
  const [stale, open] = await Promise.all([verified, lockRequests(tx, again)]);
  if (isStale(stale)) throw new Rollback({ result: "stale", stale });
  const gone = units.flatMap(({ unit }) => {
    const refused = { result: "refused" as const, ...GONE };
    return unit.again && !open.has(unit.again.id) ? [[unit, [refused]] as [Unit, Acceptance[]]] : [];
  });
  if (gone.length > 0) throw new Rollback({ result: "refused", answers: new Map(gone) });
}

/** One that is refused stays as it was. */
function judgedAnew(units: PlannedUnit[], answers: Answers): AgainOutcome[] {
  return units.flatMap(({ unit }) => {
    const given = answers.get(unit) ?? [];
    return unit.again && !given.some(isRefused) ? [{ again: unit.again, answers: given }] : [];
  });
}

function answersOf(units: PlannedUnit[], holders: Map<string, Holder>): Answers {
  return new Map(
    units.map(({ unit, plans }) => {
      const answers = plans.map((plan) =>
        plan.kind === "refused" ? { result: "refused" as const, ...plan.refusal } : answerTo(plan.planned, holders),
      );
      return [unit, unit.atomic && answers.some(isRefused) ? withoutAccepted(answers) : answers];
    }),
  );
}

const REUSED = refusal(
  "idempotency_key_reused",
  "This idempotency key was used for a different event in the last 24 hours: use a new key",
);

function answerTo(planned: PlannedEvent, holders: Map<string, Holder>): Acceptance {
  if (isOwn(planned, holders)) {
    return { result: "accepted", eventId: planned.id, deliveryIds: planned.deliveries.map(({ id }) => id) };
  }
  const holder = holderOf(planned, holders);
  if (!holder || !planned.fingerprint?.equals(holder.fingerprint)) return { result: "refused", ...REUSED };
  return { result: "duplicate", eventId: holder.eventId };
}

function isRefused({ result }: Acceptance): boolean {
  return result === "refused";
}

/** A batch that wanted all or none and has claimed keys already takes everything back; the others go again without it. */
function refuseBatches(units: PlannedUnit[], answers: Answers): void {
  const refused = units.flatMap((planned) => {
    const given = answers.get(planned.unit) ?? [];
    return planned.unit.atomic && writtenBy(planned).length > 0 && given.some(isRefused)
      ? [[planned.unit, given] as const]
      : [];
  });
  if (refused.length > 0) throw new Rollback({ result: "refused", answers: new Map(refused) });
}
