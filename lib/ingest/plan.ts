import { type Refusal, refusal } from "../api/problem.ts";
import { ENDPOINT_FAILING, ENDPOINT_PAUSED } from "../endpoints/states.ts";
import { newId } from "../ids.ts";
import { dedupeOf } from "./dedupe.ts";
import { askFilters, type FilteredOut } from "./filtered-out.ts";
import { fingerprintOf, type NewEvent } from "./new-event.ts";
import type { Route, Routing, TypeRule } from "./routing.ts";
import { enforceSchema } from "./schema-enforcement.ts";
import type { StateGate, StateGates } from "./state-gates.ts";

export type PlannedDelivery = {
  id: string;
  endpointId: string;
  status: "queued" | "held";
  /** It gets no job: the releaser lets it out when its turn has come. */
  parked: boolean;
  reason: string | null;
  /** The line it stands in, where order counts. */
  lane: string | null;
};
/** The rows an event will become. */
export type PlannedEvent = {
  event: NewEvent;
  id: string;
  warning: string | null;
  fingerprint: Buffer | null;
  /** Not before this moment; null = at once. */
  deliverAt: Date | null;
  deliveries: PlannedDelivery[];
  /** Deliveries that are written as over; there when a filter said no. */
  filteredOut?: FilteredOut[];
};
export type Plan =
  | { kind: "write"; planned: PlannedEvent }
  | { kind: "refused"; refusal: Refusal }
  /** The workspace makes types as they come: make this one, then plan again. */
  | { kind: "missing_type"; type: string };

/** Decides what becomes of an event under this routing. Pure but for the ids and the clock. */
export function planEvent(event: NewEvent, routing: Routing, gates: StateGates): Plan {
  if (event.endpointIds) return write(event, routing.routesTo(event.endpointIds), gates, null);
  const rule = routing.types.get(event.type);
  if (event.origin)
    return rule ? toSubscribed(event, routing, gates, rule) : { kind: "missing_type", type: event.type };
  if (!rule && routing.createsEventTypes) return { kind: "missing_type", type: event.type };
  if (!rule)
    return refused(refusal("unknown_event_type", unknownType(event.type), typeProblem("is not an event type here")));
  if (rule.archived) {
    const detail = `The event type ${event.type} is archived: unarchive it, or post another type`;
    return refused(refusal("archived_event_type", detail, typeProblem("is archived")));
  }
  return toSubscribed(event, routing, gates, rule);
}

/** The plan of an event for whoever subscribes to its type; `rule` is null for a type that nobody has made. */
export function toSubscribed(event: NewEvent, routing: Routing, gates: StateGates, rule: TypeRule | null): Plan {
  const verdict = rule && enforceSchema(event, rule);
  if (verdict?.refusal) return refused(verdict.refusal);
  // The event's id comes before those of its deliveries, the refused ones' too: whoever looks for them begins there.
  const id = newId();
  const { routes, filteredOut } = askFilters(event, routing.routesFor(event.type, event.customer));
  const plan = write(event, routes, gates, verdict?.warning ?? null, id);
  if (filteredOut) plan.planned.filteredOut = filteredOut;
  return plan;
}

type Write = Extract<Plan, { kind: "write" }>;

function write(event: NewEvent, routes: Route[], gates: StateGates, warning: string | null, id = newId()): Write {
  const deliverAt = event.deliverAt && event.deliverAt.getTime() > Date.now() ? event.deliverAt : null;
  const deliveries = routes.map((route): PlannedDelivery => {
    const lane = route.strict ? (event.orderingKey ?? null) : null;
    return {
      id: newId(),
      endpointId: route.id,
      lane,
      ...startOf(route, deliverAt, event.test ? undefined : gates.get(route.id)),
    };
  });
  const fingerprint = dedupeOf(event) ? fingerprintOf(event) : null;
  return { kind: "write", planned: { event, id, warning, fingerprint, deliverAt, deliveries } };
}

const RUNNABLE = { status: "queued", parked: false, reason: null } as const;
const IN_LINE = { status: "queued", parked: true, reason: null } as const;
const PAUSED = { status: "held", parked: true, reason: ENDPOINT_PAUSED } as const;
const FAILING = { status: "held", parked: true, reason: ENDPOINT_FAILING } as const;

/**
 * Where a delivery begins. One for later has a job whatever its endpoint is now: what counts is how it is then. A test
 * does not wait for an endpoint that failed so far: somebody wants to see whether it works again.
 */
function startOf({ paused, gated }: Route, deliverAt: Date | null, gate: StateGate | undefined) {
  if (deliverAt) return RUNNABLE;
  if (paused) return PAUSED;
  if (gate === "held") return FAILING;
  return gated || gate ? IN_LINE : RUNNABLE;
}

function refused(why: Refusal): Plan {
  return { kind: "refused", refusal: why };
}

function unknownType(type: string): string {
  return `There is no event type ${type} in this workspace: create it first, or let the workspace create unknown types`;
}

function typeProblem(message: string) {
  return [{ path: "type", message }];
}
