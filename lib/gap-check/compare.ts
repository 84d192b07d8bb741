import type { Sql } from "../db.ts";
import { ApiProblem } from "./ask-api.ts";
import { MOST_DAYS_BACK } from "./limits.ts";
import { openCheck, type StoredCheck } from "./open-check.ts";
import type { SentCall } from "./provider-api.ts";

const DAY_MS = 86_400_000;
/** What was sent a moment ago may still be on its way. */
const SETTLE_MS = 2 * 60_000;
/** Looked at twice: what the provider lists late, or under the time of its first attempt. */
const OVERLAP_MS = 15 * 60_000;
const MOST_PAGES = 100;

export type DueCheck = StoredCheck & { lookedUntil: Date | null; sourceSince: Date };
export type Comparison = { checked: number; lookedUntil: Date; note: string | null };

/**
 * Asks the provider what it sent since the last look, and notes what no accepted request shows. May be repeated at any
 * time: what is known stays as it is.
 * @throws ApiProblem
 */
export async function compare(sql: Sql, check: DueCheck, now: Date, signal?: AbortSignal): Promise<Comparison> {
  const opened = openCheck(check, signal);
  if (!opened) throw new ApiProblem("This provider has no API that tells what it sent");
  const { api, ask, label } = opened;
  const since = lookFrom(check, now);
  const until = new Date(now.getTime() - SETTLE_MS);
  await noteArrived(sql, check.sourceId);
  let checked = 0;
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { sent, next } = await api.list(ask, check.subject, since, cursor);
    const settled = sent.filter(({ sentAt }) => sentAt <= until);
    await noteMissing(sql, check.sourceId, settled);
    checked += settled.length;
    if (next === null || next === cursor) return { checked, lookedUntil: until, note: null };
    cursor = next;
  }
  const note = `${label} sent so much that only the newest ${MOST_PAGES} pages of its list were compared`;
  return { checked, lookedUntil: until, note };
}

/** Not before the source was made, nor further back than is known of what arrived. */
function lookFrom({ lookedUntil, sourceSince }: DueCheck, now: Date): Date {
  const known = now.getTime() - MOST_DAYS_BACK * DAY_MS;
  const looked = lookedUntil ? lookedUntil.getTime() - OVERLAP_MS : 0;
  return new Date(Math.max(known, looked, sourceSince.getTime()));
}

/** What was missing and has come since, whoever sent it again. */
async function noteArrived(sql: Sql, sourceId: string): Promise<void> {
  await sql`
    update missing_request m set state = 'arrived' where source_id = ${sourceId} and state in ('missing', 'asked')
      and exists (select from dedupe_key d where d.scope = m.source_id and d.key = m.external_id)`;
}

/** By the key that makes its repetition a duplicate: whatever has become an event has one. */
async function noteMissing(sql: Sql, sourceId: string, sent: SentCall[]): Promise<void> {
  // The newest call stands first and counts: a provider lists one for each time it tried.
  const once = new Map(sent.toReversed().map((one) => [one.externalId, one]));
  const rows = [...once.values()].sort((a, b) => (a.externalId < b.externalId ? -1 : 1));
  if (rows.length === 0) return;
  await sql`
    insert into missing_request (source_id, external_id, type, sent_at, reference)
    select ${sourceId}, external_id, type, sent_at, reference
    from unnest(
      ${rows.map((row) => row.externalId)}::text[],
      ${rows.map((row) => row.type)}::text[],
      ${rows.map((row) => row.sentAt.toISOString())}::text[]::timestamptz[],
      ${rows.map((row) => row.reference)}::text[]
    ) as s (external_id, type, sent_at, reference)
    where not exists (select from dedupe_key d where d.scope = ${sourceId} and d.key = s.external_id)
    on conflict (source_id, external_id) do update set sent_at = excluded.sent_at, reference = excluded.reference
    where excluded.sent_at > missing_request.sent_at`;
}
