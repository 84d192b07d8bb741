import { setImmediate } from "node:timers/promises";
import { refusal } from "../api/problem.ts";
import { MAX_TYPES_ON_THE_FLY, makeMissingTypes } from "./missing-types.ts";
import type { NewEvent } from "./new-event.ts";
import { type Plan, planEvent, toSubscribed } from "./plan.ts";
import { forgetRouting, type Routing, routingOf } from "./routing.ts";
import { type StateGates, stateGates } from "./state-gates.ts";
import type { Unit } from "./unit.ts";

export type PlannedUnit = { unit: Unit; plans: Exclude<Plan, { kind: "missing_type" }>[] };
export type FlushPlan = { units: PlannedUnit[]; versions: Map<string, number> };

/** Longer than this, planning lets the process do something else. */
const LONGEST_HOLD_MS = 20;
/** Planning the events of one workspace, in one flush. */
const MOST_MS = 2_000;
const NO_WORKSPACE = refusal("not_found", "This workspace is gone");
const TOO_MANY_TYPES = refusal(
  "too_many_event_types",
  `Events may create at most ${MAX_TYPES_ON_THE_FLY} event types in a workspace: create this one yourself`,
);

const TOO_SLOW = refusal(
  "overloaded",
  "The schemas and filters of this workspace take too long over so many events: post fewer at once, or simplify them",
);

/** Plans every event under its workspace's routing, and makes the types that workspaces let their events make. */
export async function planUnits(units: Unit[]): Promise<FlushPlan> {
  const events = units.flatMap((unit) => unit.events);
  let routings = await routingsOf(events);
  const missing = missingTypes(events, routings);
  if (missing.size > 0) {
    await makeTypes(missing);
    routings = await routingsOf(events);
  }
  const gates = await stateGates();
  return {
    units: await planAll(units, routings, gates),
    versions: new Map([...routings].map(([id, { version }]) => [id, version])),
  };
}

/**
 * Schemas and filters may take milliseconds each, of a thousand events: other calls are heard in between, and one
 * workspace does not use up the time of a flush, in which others wait too.
 */
async function planAll(units: Unit[], routings: Map<string, Routing>, gates: StateGates): Promise<PlannedUnit[]> {
  const planned: PlannedUnit[] = [];
  const spent = new Map<string, number>();
  let since = performance.now();
  for (const unit of units) {
    const plans: PlannedUnit["plans"] = [];
    for (const event of unit.events) {
      const before = spent.get(event.workspaceId) ?? 0;
      if (before > MOST_MS) break;
      const began = performance.now();
      plans.push(planWith(event, routings, gates));
      const now = performance.now();
      spent.set(event.workspaceId, before + now - began);
      if (now - since < LONGEST_HOLD_MS) continue;
      await setImmediate();
      since = performance.now();
    }
    // All of a call or nothing: what is answered with "post fewer" was not stored in part.
    planned.push({ unit, plans: plans.length === unit.events.length ? plans : unit.events.map(() => REFUSED) });
  }
  return planned;
}

const REFUSED = { kind: "refused", refusal: TOO_SLOW } as const;

async function routingsOf(events: NewEvent[]): Promise<Map<string, Routing>> {
  const routings = new Map<string, Routing>();
  for (const id of new Set(events.map(({ workspaceId }) => workspaceId))) {
    const routing = await routingOf(id);
    if (routing) routings.set(id, routing);
  }
  return routings;
}

function missingTypes(events: NewEvent[], routings: Map<string, Routing>): Map<string, Set<string>> {
  const missing = new Map<string, Set<string>>();
  for (const { workspaceId, type, endpointIds, origin } of events) {
    const routing = routings.get(workspaceId);
    if (endpointIds || !routing || routing.types.has(type)) continue;
    if (!routing.createsEventTypes && !origin) continue;
    missing.set(workspaceId, (missing.get(workspaceId) ?? new Set()).add(type));
  }
  return missing;
}

async function makeTypes(missing: Map<string, Set<string>>): Promise<void> {
  for (const [workspaceId, names] of missing) {
    await makeMissingTypes(workspaceId, [...names]);
    forgetRouting(workspaceId);
  }
}

function planWith(event: NewEvent, routings: Map<string, Routing>, gates: StateGates) {
  const routing = routings.get(event.workspaceId);
  if (!routing) return { kind: "refused", refusal: NO_WORKSPACE } as const;
  const plan = planEvent(event, routing, gates);
  if (plan.kind !== "missing_type") return plan;
  // What a provider sends is not lost for being of one type too many.
  const untyped = event.origin ? toSubscribed(event, routing, gates, null) : null;
  return untyped && untyped.kind !== "missing_type" ? untyped : ({ kind: "refused", refusal: TOO_MANY_TYPES } as const);
}
