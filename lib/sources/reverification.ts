import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { reverification, source } from "../../drizzle/schema/inbound.ts";
import { type Author, recordAudit } from "../audit/record.ts";
import { type Database, db, type Transaction } from "../db.ts";
import { formatId, newId } from "../ids.ts";
import { announceChange } from "../live/announce.ts";
import { type Again, MAX_AGAIN, reverify, reverifyChunk } from "./accept-again.ts";
import { aliveSource } from "./change.ts";
import { countQuarantined, listNextQuarantined } from "./quarantined.ts";

/** One transaction carries as many: few enough that other events are heard in between. */
const CHUNK = { most: 100, mostBytes: 8 * 1_024 * 1_024 };
/** A quarantine is bounded far below. */
const MOST_COUNTED = 1_000_000;
/** How long a finished one is told. */
const TOLD_FOR_MS = 3_600_000;

export type Started = { result: "started"; total: number } | { result: "nothing" } | { result: "not_found" };

/**
 * Looks again at all that a source has in quarantine now, in the background and in order of arrival. Asked for once more
 * while it runs, it begins at the oldest again: the source may know more by now.
 */
export async function reverifyAll(workspaceId: string, author: Author, sourceId: string): Promise<Started> {
  return db().transaction(async (tx): Promise<Started> => {
    const found = await findName(workspaceId, sourceId, tx);
    if (!found) return { result: "not_found" };
    const { count: total, newest: upTo } = await countQuarantined(sourceId, { most: MOST_COUNTED });
    if (!upTo) return { result: "nothing" };
    const id = newId();
    const askedBy = author.id;
    await tx
      .insert(reverification)
      .values({ id, workspaceId, sourceId, upTo, total, askedBy })
      .onConflictDoUpdate({
        target: reverification.sourceId,
        targetWhere: isNull(reverification.finishedAt),
        // Under another id, so that a chunk under way by the old one does not move it on.
        set: { id, upTo, total, lookedTo: null, refused: 0, askedBy, createdAt: sql`now()` },
      });
    await recordAudit(tx, workspaceId, author, {
      action: "source.reverified",
      target: formatId("src", sourceId),
      targetName: found.name,
      detail: { requests: total },
    });
    return { result: "started", total };
  });
}

/** Null: a stranger's source, or one that was deleted. */
async function findName(workspaceId: string, sourceId: string, on: Database | Transaction = db()) {
  const [found] = await on
    .select({ name: source.name })
    .from(source)
    .where(and(aliveSource(workspaceId), eq(source.id, sourceId)));
  return found ?? null;
}

/** The same, and at once when it is little: the answer then says what became of them. */
export async function reverifySource(
  workspaceId: string,
  author: Author,
  sourceId: string,
): Promise<Started | ({ result: "done" } & Again)> {
  if (!(await findName(workspaceId, sourceId))) return { result: "not_found" };
  const { count, newest: upTo } = await countQuarantined(sourceId, { most: MAX_AGAIN + 1 });
  const few = { most: MAX_AGAIN, mostBytes: CHUNK.mostBytes };
  const ids = upTo ? await listNextQuarantined({ sourceId, after: null, upTo }, few) : [];
  if (ids.length === 0 || ids.length < count) return reverifyAll(workspaceId, author, sourceId);
  return { result: "done", ...(await reverify(workspaceId, author, ids)) };
}

export type Progress = {
  total: number;
  accepted: number;
  /** They proved nothing again. */
  refused: number;
  finishedAt: Date | null;
};

/** How far looking again has come, or how it ended within the last hour; null when there is nothing to tell. */
export async function reverificationOf(workspaceId: string, sourceId: string): Promise<Progress | null> {
  const [row] = await db()
    .select()
    .from(reverification)
    .where(and(eq(reverification.workspaceId, workspaceId), eq(reverification.sourceId, sourceId)))
    .orderBy(desc(reverification.id))
    .limit(1);
  if (!row || (row.finishedAt && row.finishedAt.getTime() < Date.now() - TOLD_FOR_MS)) return null;
  const { total, refused, finishedAt, lookedTo: after, upTo } = row;
  const ahead = finishedAt ? 0 : (await countQuarantined(sourceId, { after, upTo, most: MOST_COUNTED })).count;
  return { total, refused, finishedAt, accepted: Math.max(0, total - refused - ahead) };
}

export type Step = "moved" | "finished" | "waits";

/**
 * One chunk further. What it stores and the marks on the requests commit together, so that a worker that is cut off
 * anywhere does nothing twice: whoever comes next finds only what is left.
 */
export async function stepReverification(id: string): Promise<Step> {
  const [row] = await db().select().from(reverification).where(eq(reverification.id, id));
  if (!row || row.finishedAt) return "finished";
  const { workspaceId, sourceId, lookedTo, upTo, askedBy } = row;
  const ids = await listNextQuarantined({ sourceId, after: lookedTo, upTo }, CHUNK);
  const last = ids.at(-1);
  // A change of the row in between began it anew: what was found out by the old state is not written over it.
  const asItWas = and(
    eq(reverification.id, id),
    sql`${reverification.lookedTo} is not distinct from ${lookedTo}::uuid`,
  );
  if (last === undefined) {
    await db().update(reverification).set({ finishedAt: new Date() }).where(asItWas);
    announceChange(workspaceId);
    return "finished";
  }
  const { failed } = await reverifyChunk(workspaceId, askedBy, ids);
  if (failed > 0) return "waits";
  const { count: refused } = await countQuarantined(sourceId, { after: lookedTo, upTo: last, most: CHUNK.most });
  await db()
    .update(reverification)
    .set({ lookedTo: last, refused: sql`${reverification.refused} + ${refused}` })
    .where(asItWas);
  announceChange(workspaceId);
  return "moved";
}

/** Those that are under way, the oldest first. */
export async function listOpenReverifications(): Promise<string[]> {
  const rows = await db()
    .select({ id: reverification.id })
    .from(reverification)
    .where(isNull(reverification.finishedAt))
    .orderBy(reverification.id);
  return rows.map(({ id }) => id);
}
