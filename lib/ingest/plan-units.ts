import { refusal } from "../api/problem.ts";
import { MAX_TYPES_ON_THE_FLY, makeMissingTypes } from "./missing-types.ts";
import type { NewEvent } from "./new-event.ts";
import { type Plan, planEvent } from "./plan.ts";
import { forgetRouting, type Routing, routingOf } from "./routing.ts";
import { type StateGates, stateGates } from "./state-gates.ts";
import type { Unit } from "./unit.ts";

export type PlannedUnit = { unit: Unit; plans: Exclude<Plan, { kind: "missing_type" }>[] };
export type FlushPlan = { units: PlannedUnit[]; versions: Map<string, number> };

const NO_WORKSPACE = refusal("not_found", "This workspace is gone");
const TOO_MANY_TYPES = refusal(
  "too_many_event_types",
  `Events may create at most ${MAX_TYPES_ON_THE_FLY} event types in a workspace: create this one yourself`,
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
  const planned = units.map((unit) => ({ unit, plans: unit.events.map((event) => planWith(event, routings, gates)) }));
  return { units: planned, versions: new Map([...routings].map(([id, { version }]) => [id, version])) };
}

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
  for (const { workspaceId, type, endpointIds } of events) {
    const routing = routings.get(workspaceId);
    if (endpointIds || !routing?.createsEventTypes || routing.types.has(type)) continue;
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
  return plan.kind === "missing_type" ? ({ kind: "refused", refusal: TOO_MANY_TYPES } as const) : plan;
}
