import type { SqlTransaction } from "../db.ts";
import type { RequestFault, Verdict } from "../sources/states.ts";
import type { Acceptance } from "./new-event.ts";

/** A request that is on record and was judged anew: its row is changed in the transaction of the events it becomes. */
export type RequestAgain = {
  id: string;
  workspaceId: string;
  sourceId: string;
  /** The source's version that it was judged by. */
  sourceVersion: number;
  /** What the row must still say: whoever is second finds that it does not, and changes nothing. */
  from: readonly Verdict[];
  /** `accepted` becomes `duplicate` when nothing in it is new. */
  verdict: Verdict;
  /** Null leaves what it was refused for, which stays told. */
  fault: RequestFault | null;
  type: string | null;
  externalId: string | null;
  /** Who asked. */
  by: string;
};

/** What became of one, beside its events. */
export type AgainOutcome = { again: RequestAgain; answers: Acceptance[] };

/**
 * Locks the rows that are still to be judged, and their sources' versions.
 * @returns the ids of those
 */
export async function lockRequests(tx: SqlTransaction, rows: RequestAgain[]): Promise<Set<string>> {
  const found = await tx<{ id: string }[]>`
    select r.id from request r
    join unnest(
      ${rows.map(({ id }) => id)}::uuid[],
      ${rows.map(({ sourceVersion }) => sourceVersion)}::int[],
      ${rows.map(({ from }) => from.join(","))}::text[]
    ) as g (id, version, verdicts) on g.id = r.id
    join source s on s.id = r.source_id
    where r.id = any(${rows.map(({ id }) => id)}::uuid[]) and r.verdict = any(string_to_array(g.verdicts, ','))
      and s.version = g.version and s.deleted_at is null
    order by r.id
    for update of r for share of s`;
  return new Set(found.map(({ id }) => id));
}

/** Credentials that were kept to prove it are not needed again once it is proven. */
export async function updateRequests(tx: SqlTransaction, outcomes: AgainOutcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const rows = outcomes.map(({ again, answers }) => {
    const eventIds = answers.flatMap((answer) => (answer.result === "accepted" ? answer.eventId : []));
    const known = answers.find((answer) => answer.result === "duplicate");
    const verdict: Verdict = known && eventIds.length === 0 ? "duplicate" : again.verdict;
    return { ...again, verdict, eventIds, duplicateOf: known?.eventId ?? null };
  });
  const column = <T>(read: (row: (typeof rows)[number]) => T) => rows.map(read);
  await tx`
    update request r set verdict = g.verdict, fault = coalesce(g.fault, r.fault),
      type = coalesce(g.type, r.type), external_id = coalesce(g.external_id, r.external_id),
      event_ids = string_to_array(g.event_ids, ',')::uuid[],
      duplicate_of = coalesce(g.duplicate_of, r.duplicate_of),
      sealed = case when g.verdict = 'unparsable' then r.sealed end,
      accepted_at = case when g.verdict <> 'unparsable' then now() end,
      accepted_by = case when g.verdict <> 'unparsable' then g.accepted_by end
    from unnest(
      ${column(({ id }) => id)}::uuid[],
      ${column(({ verdict }) => verdict)}::text[],
      ${column(({ fault }) => fault && JSON.stringify(fault))}::text[]::json[],
      ${column(({ type }) => type)}::text[],
      ${column(({ externalId }) => externalId)}::text[],
      ${column(({ eventIds }) => eventIds.join(","))}::text[],
      ${column(({ duplicateOf }) => duplicateOf)}::uuid[],
      ${column(({ by }) => by)}::text[]
    ) as g (id, verdict, fault, type, external_id, event_ids, duplicate_of, accepted_by)
    where r.id = g.id and r.id = any(${column(({ id }) => id)}::uuid[])`.execute();
}
