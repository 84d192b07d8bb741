import postgres from "postgres";
import { type Refusal, refusal } from "../api/problem.ts";
import { isDatabaseAway, isDataError, isDeadlock } from "../db-errors.ts";
import { errorFields, log } from "../log.ts";
import type { Progress } from "./commit.ts";
import { storeUnits } from "./store.ts";
import { refuseUnit, type Unit } from "./unit.ts";

const UNAVAILABLE = refusal("unavailable", "The database is away: nothing was stored, post the event again");
const UNCERTAIN = refusal(
  "uncertain",
  "It is not known whether the event was stored: post it again with the same idempotency key",
);
const INTERNAL = refusal("internal", "Nothing was stored, for a fault of ours: report it with the request id");

/** Stores the units and answers every one of them, whatever happens. */
export async function storeOrRefuse(units: Unit[], mayRepeat = true): Promise<void> {
  const progress: Progress = { committing: false };
  try {
    await storeUnits(units, progress);
  } catch (error) {
    const open = units.filter((unit) => !unit.answered);
    if (mayRepeat && isDeadlock(error)) return storeOrRefuse(open, false);
    if (isDataError(error) && open.length > 1) return bisect(open);
    log("error", "ingest", { ...errorFields(error), calls: open.length });
    for (const unit of open) refuseUnit(unit, whyNot(error, progress));
  }
}

/** One call that the database refuses must not fail its neighbours. */
async function bisect(units: Unit[]): Promise<void> {
  const half = Math.ceil(units.length / 2);
  await storeOrRefuse(units.slice(0, half));
  await storeOrRefuse(units.slice(half));
}

/** Postgres' own answer means that nothing was committed; a connection lost while committing leaves it open. */
function whyNot(error: unknown, { committing }: Progress): Refusal {
  if (committing && !(error instanceof postgres.PostgresError)) return UNCERTAIN;
  return isDatabaseAway(error) ? UNAVAILABLE : INTERNAL;
}
