import { and, eq, inArray, isNull, ne } from "drizzle-orm";
import { endpoint } from "../../drizzle/schema/configuration.ts";
import { delivery, event } from "../../drizzle/schema/traffic.ts";
import type { Database, Transaction } from "../db.ts";
import { wants } from "../endpoints/subscription-tree.ts";
import { storedFilter } from "../filters/filter.ts";
import { judgeOf } from "../filters/judge-event.ts";
import { newId } from "../ids.ts";
import type { Match } from "./matches.ts";
import type { JobScope } from "./scope.ts";

type Reader = Database | Transaction;
type StoredEvent = { id: string; type: string; customer: string | null; contentType: string };
export type Candidate = { id: string; customer: string | null; subscriptions: string[]; filter: string | null };

/** Endpoints that replays may go to: the one that is asked for, or all that are not disabled. */
export async function listTargets(reader: Reader, workspaceId: string, scope: JobScope): Promise<Candidate[]> {
  const { id, customer, subscriptions, filter } = endpoint;
  return reader
    .select({ id, customer, subscriptions, filter })
    .from(endpoint)
    .where(
      and(
        eq(endpoint.workspaceId, workspaceId),
        isNull(endpoint.deletedAt),
        scope.endpointId ? eq(endpoint.id, scope.endpointId) : ne(endpoint.status, "disabled"),
      ),
    )
    .orderBy(endpoint.id);
}

/** Whether it would get such an event today, as far as its filter is not concerned. Named events go to a named endpoint as they are. */
export function wouldGet(
  target: Candidate,
  event: { type: string; customer: string | null },
  scope: JobScope,
): boolean {
  if (target.customer !== null && target.customer !== event.customer) return false;
  return isAsked(scope) || wants(target.subscriptions, event.type);
}

function isAsked({ over, endpointId, onlyMissing }: JobScope): boolean {
  return over.by === "ids" && endpointId !== null && !onlyMissing;
}

/** What replaying these events means: one delivery for each endpoint that would get such an event today. */
export async function aimAtEndpoints(
  reader: Reader,
  workspaceId: string,
  scope: JobScope,
  events: StoredEvent[],
): Promise<Match[]> {
  const targets = await listTargets(reader, workspaceId, scope);
  const missing = scope.onlyMissing ? await deliveredTo(reader, events, targets) : new Set<string>();
  const rows: Match[] = [];
  for (const one of events) {
    const aimed = targets.filter((target) => wouldGet(target, one, scope) && !missing.has(`${one.id} ${target.id}`));
    const wanted = isAsked(scope) ? aimed : await withoutFilteredOut(reader, one, aimed);
    rows.push(...wanted.map(({ id }) => ({ deliveryId: newId(), endpointId: id, eventId: one.id })));
  }
  return rows;
}

/** Pairs of event and endpoint between which there is a delivery, however it ended. */
async function deliveredTo(reader: Reader, events: StoredEvent[], targets: Candidate[]): Promise<Set<string>> {
  if (events.length === 0 || targets.length === 0) return new Set();
  const ids = events.map(({ id }) => id);
  const rows = await reader
    .select({ eventId: delivery.eventId, endpointId: delivery.endpointId })
    .from(delivery)
    .where(
      and(
        inArray(delivery.eventId, ids),
        inArray(
          delivery.endpointId,
          targets.map(({ id }) => id),
        ),
      ),
    );
  return new Set(rows.map(({ eventId, endpointId }) => `${eventId} ${endpointId}`));
}

/** Payloads are read one by one: they may be large, and only endpoints with a filter ask. */
async function withoutFilteredOut(reader: Reader, one: StoredEvent, targets: Candidate[]): Promise<Candidate[]> {
  if (!targets.some(({ filter }) => filter)) return targets;
  const [stored] = await reader.select({ data: event.payload }).from(event).where(eq(event.id, one.id));
  if (!stored) return [];
  const judge = judgeOf({ data: stored.data, contentType: one.contentType });
  return targets.filter(({ filter }) => filter === null || judge(storedFilter(filter)).wanted);
}
