import { and, count, desc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { gapCheck, missingRequest, request, source } from "../../drizzle/schema/inbound.ts";
import { db } from "../db.ts";
import { firstIdAt } from "../ids.ts";
import { type MissingState, QUARANTINED } from "../sources/states.ts";

export const MISSING_PAGE = 50;
/** A provider may say that it sent a call a little after we got it. */
const CLOCKS_APART_MS = 3_600_000;

/** What may be shown of a source's check; the token never. Null: there is none. */
export async function findGapCheck(workspaceId: string, sourceId: string) {
  const [row] = await db()
    .select({
      subject: gapCheck.subject,
      everyMinutes: gapCheck.everyMinutes,
      nextRunAt: gapCheck.nextRunAt,
      lastRunAt: gapCheck.lastRunAt,
      lastError: gapCheck.lastError,
      checked: gapCheck.checked,
    })
    .from(gapCheck)
    .innerJoin(source, eq(source.id, gapCheck.sourceId))
    .where(and(eq(gapCheck.sourceId, sourceId), eq(source.workspaceId, workspaceId), isNull(source.deletedAt)));
  return row ?? null;
}
export type GapCheckFacts = NonNullable<Awaited<ReturnType<typeof findGapCheck>>>;

/** What has come in the meantime is no longer missing, before the next run has noted it. */
const HAS_ARRIVED = sql`exists (select from dedupe_key d
  where d.scope = ${missingRequest.sourceId} and d.key = ${missingRequest.externalId})`;
const STATE = sql<MissingState>`case when ${missingRequest.state} in ('missing', 'asked') and ${HAS_ARRIVED}
  then 'arrived' else ${missingRequest.state} end`;

export type MissingRow = {
  externalId: string;
  type: string | null;
  sentAt: Date;
  state: MissingState;
  /** A call with its id that was not believed, and waits in quarantine. */
  quarantined: string | null;
};
export type MissingPage = { rows: MissingRow[]; next: string | null };

/** What the provider sent and no accepted request shows, newest first; with `all`, what was missing once as well. */
export async function listMissing(
  workspaceId: string,
  sourceId: string,
  { all = false, before = null }: { all?: boolean; before?: string | null } = {},
): Promise<MissingPage> {
  const cursor = before === null ? undefined : readCursor(before);
  const rows = await db()
    .select({
      externalId: missingRequest.externalId,
      type: missingRequest.type,
      sentAt: missingRequest.sentAt,
      state: STATE,
    })
    .from(missingRequest)
    .innerJoin(source, eq(source.id, missingRequest.sourceId))
    .where(
      and(
        ofSource(workspaceId, sourceId),
        all ? undefined : inArray(STATE, ["missing", "asked"]),
        cursor &&
          sql`(${missingRequest.sentAt}, ${missingRequest.externalId}) < (${cursor.sentAt.toISOString()}::timestamptz, ${cursor.externalId})`,
      ),
    )
    .orderBy(desc(missingRequest.sentAt), desc(missingRequest.externalId))
    .limit(MISSING_PAGE + 1);
  const shown = rows.slice(0, MISSING_PAGE);
  const last = rows.length > MISSING_PAGE ? shown.at(-1) : undefined;
  const waiting = await quarantinedOnes(workspaceId, sourceId, shown);
  return {
    rows: shown.map((row) => ({ ...row, quarantined: waiting.get(row.externalId) ?? null })),
    next: last ? `${last.sentAt.toISOString()}~${last.externalId}` : null,
  };
}

/** How many are in which state. */
export async function countMissing(workspaceId: string, sourceId: string): Promise<Record<MissingState, number>> {
  const rows = await db()
    .select({ state: STATE, count: count() })
    .from(missingRequest)
    .innerJoin(source, eq(source.id, missingRequest.sourceId))
    .where(ofSource(workspaceId, sourceId))
    .groupBy(sql`1`);
  const counts = { missing: 0, asked: 0, imported: 0, arrived: 0 };
  for (const { state, count } of rows) counts[state] += count;
  return counts;
}

function ofSource(workspaceId: string, sourceId: string): SQL | undefined {
  return and(eq(missingRequest.sourceId, sourceId), eq(source.workspaceId, workspaceId), isNull(source.deletedAt));
}

function readCursor(text: string): { sentAt: Date; externalId: string } | undefined {
  const [time = "", externalId = ""] = text.split(/~(.*)/s);
  const sentAt = new Date(time);
  return Number.isNaN(sentAt.getTime()) ? undefined : { sentAt, externalId };
}

async function quarantinedOnes(
  workspaceId: string,
  sourceId: string,
  rows: { externalId: string; sentAt: Date }[],
): Promise<Map<string, string>> {
  const oldest = Math.min(...rows.map(({ sentAt }) => sentAt.getTime()));
  if (rows.length === 0) return new Map();
  const found = await db()
    .select({ id: request.id, externalId: request.externalId })
    .from(request)
    .where(
      and(
        eq(request.sourceId, sourceId),
        eq(request.workspaceId, workspaceId),
        sql`${request.id} >= ${firstIdAt(oldest - CLOCKS_APART_MS)}`,
        // As the index of the quarantine has it.
        sql`${request.verdict} in (${sql.raw(QUARANTINED.map((verdict) => `'${verdict}'`).join(", "))})`,
        inArray(
          request.externalId,
          rows.map(({ externalId }) => externalId),
        ),
      ),
    )
    .orderBy(request.id);
  return new Map(found.flatMap(({ id, externalId }) => (externalId === null ? [] : [[externalId, id]])));
}
