import { and, count, notExists, sql } from "drizzle-orm";
import { delivery, event } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { endpointNames } from "../reports/endpoint-names.ts";
import { type Reader, withinTime } from "../reports/within-time.ts";
import { aimAtEndpoints, type Candidate, listTargets, wouldGet } from "./aim.ts";
import { whyClosed } from "./left-out.ts";
import { eventsOf } from "./matches.ts";
import { COUNTED_WITHIN_MS, listStates, MOST_COUNTED } from "./preview-retry.ts";
import type { JobScope } from "./scope.ts";
import { type Preview, shares, sumOf } from "./shares.ts";

/** So few are aimed one by one, filters and all; of more, filters are not asked before the job begins. */
const MOST_AIMED = 200;

type Group = { type: string; customer: string | null; count: number };
type Aimed = { endpointId: string; type: string; count: number };

/** What a replay would make, by the rules it will follow; null when counting takes too long for a page. */
export async function previewReplay(workspaceId: string, scope: JobScope): Promise<Preview | null> {
  const groups = await withinTime(COUNTED_WITHIN_MS, (reader) => countGroups(reader, workspaceId, scope));
  if (!groups) return null;
  const matching = sumOf(groups);
  const targets = await listTargets(db(), workspaceId, scope);
  const exact = matching <= MOST_AIMED;
  const aimed = exact ? await aimEach(workspaceId, scope) : aimGroups(groups, targets, scope);
  const ids = targets.map(({ id }) => id);
  const [states, names] = await Promise.all([listStates(workspaceId, ids), endpointNames(workspaceId, ids)]);
  const judged = aimed.map((row) => ({ ...row, why: whyClosed(states.get(row.endpointId) ?? null) }));
  const running = judged.filter(({ why }) => why === null);
  const leftOut = judged.flatMap(({ why, count: rows }) => (why ? [{ why, count: rows }] : []));
  return {
    matching: Math.min(matching, MOST_COUNTED),
    more: matching > MOST_COUNTED,
    willRun: sumOf(running),
    atMost: !exact && (targets.some(({ filter }) => filter !== null) || (scope.onlyMissing && !scope.endpointId)),
    leftOut: shares(leftOut, ({ why }) => why),
    byEndpoint: shares(
      running.map(({ endpointId, count: rows }) => {
        return { endpointId, endpoint: names.get(endpointId) ?? null, count: rows };
      }),
      ({ endpointId }) => endpointId,
    ),
    byType: shares(
      running.map(({ type, count: rows }) => ({ type, count: rows })),
      ({ type }) => type,
    ),
    byError: [],
  };
}

async function countGroups(reader: Reader, workspaceId: string, scope: JobScope): Promise<Group[]> {
  const matching = reader
    .select({ type: event.type, customer: event.customer })
    .from(event)
    .where(and(...eventsOf(workspaceId, scope.over), missingOf(reader, scope)))
    .limit(MOST_COUNTED + 1)
    .as("matching");
  return reader
    .select({ type: matching.type, customer: matching.customer, count: count() })
    .from(matching)
    .groupBy(matching.type, matching.customer);
}

function missingOf(reader: Reader, { onlyMissing, endpointId }: JobScope) {
  if (!onlyMissing || !endpointId) return undefined;
  const sent = sql`${delivery.eventId} = ${event.id} and ${delivery.endpointId} = ${endpointId} and ${delivery.id} >= ${event.id}`;
  return notExists(reader.select({ id: delivery.id }).from(delivery).where(sent));
}

async function aimEach(workspaceId: string, scope: JobScope): Promise<Aimed[]> {
  const events = await db()
    .select({ id: event.id, type: event.type, customer: event.customer, contentType: event.contentType })
    .from(event)
    .where(and(...eventsOf(workspaceId, scope.over), missingOf(db(), scope)))
    .limit(MOST_AIMED);
  const types = new Map(events.map(({ id, type }) => [id, type]));
  const rows = await aimAtEndpoints(db(), workspaceId, scope, events);
  return rows.map(({ endpointId, eventId }) => ({ endpointId, type: types.get(eventId ?? "") ?? "", count: 1 }));
}

function aimGroups(groups: Group[], targets: Candidate[], scope: JobScope): Aimed[] {
  return targets.flatMap((target) =>
    groups
      .filter((group) => wouldGet(target, group, scope))
      .map(({ type, count: rows }) => ({ endpointId: target.id, type, count: rows })),
  );
}
