import { refusal } from "../api/problem.ts";
import { renewIngestConnections } from "../db.ts";
import { log } from "../log.ts";
import { storeOrRefuse } from "./failures.ts";
import { FLUSH_MS } from "./limits.ts";
import { refuseUnit, type Unit, weightOf } from "./unit.ts";

/** Two: while one commits, the next is put together. */
const MAX_FLUSHES = 2;
const MAX_FLUSH_EVENTS = 500;
/**
 * A second flush begins beside one under way when so many events wait, or after so long: few large transactions cost
 * the database much less than many small ones, and one that hangs must not hold up the rest.
 */
const WORTH_A_FLUSH = 16;
const WORTH_A_FLUSH_AFTER_MS = 10;
/** A caller is not kept waiting for a database that does not answer. */
const PATIENCE_MS = 30_000;

const NOT_BEGUN = refusal("unavailable", "The database does not answer: nothing was stored, post the event again");
const UNCERTAIN = refusal(
  "uncertain",
  "The database does not answer, it is not known whether the event was stored: post it again with the same idempotency key",
);

let waiting: Unit[] = [];
/** With the moment each began. */
const inFlight = new Map<Unit[], number>();
let planned = false;
/** Whether somebody looks again soon if a second flush is worth it. */
let nudged = false;
let watch: NodeJS.Timeout | undefined;
const drained: (() => void)[] = [];

/** Puts a call into the next flush: one transaction carries all that wait at that moment. */
export function commitTogether(unit: Unit): void {
  waiting.push(unit);
  watch ??= setInterval(refuseOverdue, 1_000).unref();
  if (planned) return;
  planned = true;
  // After this turn of the event loop, so that calls which arrived together go together.
  setImmediate(() => {
    planned = false;
    startFlushes();
  });
}

/** Resolves when every call has its answer. */
export async function drainIngest(): Promise<void> {
  if (waiting.length === 0 && inFlight.size === 0) return;
  await new Promise<void>((resolve) => drained.push(resolve));
}

function startFlushes(): void {
  while (inFlight.size < MAX_FLUSHES && isWorthAFlush()) {
    const units = takeUnits();
    inFlight.set(units, performance.now());
    storeOrRefuse(units).finally(() => endFlush(units));
  }
  if (waiting.length === 0 || inFlight.size === MAX_FLUSHES) return;
  if (nudged) return;
  nudged = true;
  setTimeout(() => {
    nudged = false;
    startFlushes();
  }, WORTH_A_FLUSH_AFTER_MS);
}

function isWorthAFlush(): boolean {
  const [first] = waiting;
  if (!first) return false;
  if (inFlight.size === 0 || performance.now() - first.since >= WORTH_A_FLUSH_AFTER_MS) return true;
  let events = 0;
  for (let at = 0; at < waiting.length && events < WORTH_A_FLUSH; at++) {
    const unit = waiting[at];
    if (unit) events += weightOf(unit);
  }
  return events >= WORTH_A_FLUSH;
}

function endFlush(units: Unit[]): void {
  if (!inFlight.delete(units)) return;
  startFlushes();
  restWhenIdle();
}

function restWhenIdle(): void {
  if (waiting.length > 0 || inFlight.size > 0) return;
  clearInterval(watch);
  watch = undefined;
  for (const resolve of drained.splice(0)) resolve();
}

/** As many calls as fit, at least one: a batch may be larger than a flush. */
function takeUnits(): Unit[] {
  let events = 0;
  let count = 0;
  for (const unit of waiting) {
    if (count > 0 && events + weightOf(unit) > MAX_FLUSH_EVENTS) break;
    events += weightOf(unit);
    count++;
  }
  const taken = waiting.slice(0, count);
  waiting = waiting.slice(count);
  return taken;
}

function refuseOverdue(): void {
  const before = performance.now() - PATIENCE_MS;
  for (const units of inFlight.keys()) for (const unit of units) if (unit.since < before) refuseUnit(unit, UNCERTAIN);
  for (const unit of waiting) if (unit.since < before) refuseUnit(unit, NOT_BEGUN);
  waiting = waiting.filter((unit) => !unit.answered);
  giveUpSilent();
}

/**
 * The database ends what takes too long, so a flush that has heard nothing for longer than that never will: its
 * connection leads nowhere. The others take new ones, and the next calls do not wait behind it.
 */
function giveUpSilent(): void {
  const before = performance.now() - FLUSH_MS;
  const silent = [...inFlight].flatMap(([units, since]) => (since < before ? [units] : []));
  if (silent.length === 0) return;
  log("error", "ingest", { message: "The database is silent: giving up its connections", flushes: silent.length });
  renewIngestConnections();
  for (const units of silent) {
    for (const unit of units) refuseUnit(unit, UNCERTAIN);
    endFlush(units);
  }
}
