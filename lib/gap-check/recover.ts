import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { gapCheck, missingRequest, source } from "../../drizzle/schema/inbound.ts";
import { type Author, recordAudit } from "../audit/record.ts";
import { db } from "../db.ts";
import { formatId } from "../ids.ts";
import type { MissingState } from "../sources/states.ts";
import { ApiProblem } from "./ask-api.ts";
import { importCall } from "./import-call.ts";
import { MOST_AT_ONCE } from "./limits.ts";
import { openCheck, type StoredCheck } from "./open-check.ts";

/** A person waits for it; what is left is a second press away. */
const LONGEST_MS = 20_000;

export type RecoverResult =
  | { result: "done"; how: "redeliver" | "import"; done: number; left: number; problem: string | null }
  | { result: "not_found" };

type Found = StoredCheck & { name: string };
type Missing = { externalId: string; reference: string | null };

/**
 * Brings calls that never arrived: asks the provider to send them again, or fetches them from its API, oldest first. One
 * that has arrived in the meantime is left alone.
 * @param ids empty = the oldest that are missing and were not asked for
 */
export async function recoverMissing(
  workspaceId: string,
  sourceId: string,
  ids: string[],
  author: Author,
): Promise<RecoverResult> {
  const check = await findCheck(workspaceId, sourceId);
  const opened = check && openCheck(check, AbortSignal.timeout(LONGEST_MS));
  if (!check || !opened) return { result: "not_found" };
  const { api, ask, base } = opened;
  const missing = await listOldest(sourceId, ids);
  const recovered: string[] = [];
  let problem: string | null = null;
  for (const one of missing) {
    try {
      const state = await bring(one);
      await setState(sourceId, one.externalId, state);
      recovered.push(one.externalId);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      problem = error.message;
      break;
    }
  }
  const { how } = api.recovery;
  if (recovered.length > 0) await audit(workspaceId, author, check, how, recovered);
  return { result: "done", how, done: recovered.length, left: missing.length - recovered.length, problem };

  async function bring({ externalId, reference }: Missing): Promise<MissingState> {
    if (api.recovery.how === "import") {
      return importCall(sourceId, new URL(base).host, await api.recovery.fetch(ask, externalId));
    }
    await api.recovery.ask(ask, check?.subject ?? {}, reference ?? externalId);
    return "asked";
  }
}

async function findCheck(workspaceId: string, sourceId: string): Promise<Found | null> {
  const [row] = await db()
    .select({
      sourceId: gapCheck.sourceId,
      name: source.name,
      provider: source.provider,
      token: gapCheck.token,
      subject: gapCheck.subject,
    })
    .from(gapCheck)
    .innerJoin(source, eq(source.id, gapCheck.sourceId))
    .where(and(eq(gapCheck.sourceId, sourceId), eq(source.workspaceId, workspaceId), isNull(source.deletedAt)));
  return row ?? null;
}

/** Named ones may be asked for again. */
function listOldest(sourceId: string, ids: string[]): Promise<Missing[]> {
  return db()
    .select({ externalId: missingRequest.externalId, reference: missingRequest.reference })
    .from(missingRequest)
    .where(
      and(
        eq(missingRequest.sourceId, sourceId),
        ids.length > 0 ? inArray(missingRequest.externalId, ids) : undefined,
        inArray(missingRequest.state, ids.length > 0 ? ["missing", "asked"] : ["missing"]),
        sql`not exists (select from dedupe_key d
          where d.scope = ${missingRequest.sourceId} and d.key = ${missingRequest.externalId})`,
      ),
    )
    .orderBy(asc(missingRequest.sentAt), asc(missingRequest.externalId))
    .limit(MOST_AT_ONCE);
}

async function setState(sourceId: string, externalId: string, state: MissingState): Promise<void> {
  await db()
    .update(missingRequest)
    .set({ state })
    .where(and(eq(missingRequest.sourceId, sourceId), eq(missingRequest.externalId, externalId)));
}

async function audit(workspaceId: string, author: Author, check: Found, how: string, ids: string[]): Promise<void> {
  await recordAudit(db(), workspaceId, author, {
    action: how === "import" ? "source.missing_imported" : "source.redelivery_asked",
    target: formatId("src", check.sourceId),
    targetName: check.name,
    detail: { calls: ids.length, ids },
  });
}
