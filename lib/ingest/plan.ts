import { type Refusal, refusal } from "../api/problem.ts";
import { newId } from "../ids.ts";
import { fingerprintOf, type NewEvent } from "./new-event.ts";
import type { Route, Routing } from "./routing.ts";
import { enforceSchema } from "./schema-enforcement.ts";

export type PlannedDelivery = { id: string; endpointId: string; held: boolean };
/** The rows an event will become. */
export type PlannedEvent = {
  event: NewEvent;
  id: string;
  warning: string | null;
  fingerprint: Buffer | null;
  deliveries: PlannedDelivery[];
};
export type Plan =
  | { kind: "write"; planned: PlannedEvent }
  | { kind: "refused"; refusal: Refusal }
  /** The workspace makes types as they come: make this one, then plan again. */
  | { kind: "missing_type"; type: string };

/** Decides what becomes of an event under this routing. Pure but for the ids. */
export function planEvent(event: NewEvent, routing: Routing): Plan {
  if (event.endpointIds) return write(event, routing.routesTo(event.endpointIds), null);
  const rule = routing.types.get(event.type);
  if (!rule && routing.createsEventTypes) return { kind: "missing_type", type: event.type };
  if (!rule)
    return refused(refusal("unknown_event_type", unknownType(event.type), typeProblem("is not an event type here")));
  if (rule.archived) {
    const detail = `The event type ${event.type} is archived: unarchive it, or post another type`;
    return refused(refusal("archived_event_type", detail, typeProblem("is archived")));
  }
  const verdict = enforceSchema(event, rule);
  if (verdict.refusal) return refused(verdict.refusal);
  return write(event, routing.routesFor(event.type, event.customer), verdict.warning);
}

function write(event: NewEvent, routes: Route[], warning: string | null): Plan {
  const id = newId();
  const deliveries = routes.map(({ id: endpointId, paused }) => ({ id: newId(), endpointId, held: paused }));
  const fingerprint = event.idempotencyKey === undefined ? null : fingerprintOf(event);
  return { kind: "write", planned: { event, id, warning, fingerprint, deliveries } };
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
