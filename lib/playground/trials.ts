import { and, desc, eq, inArray, lt, notInArray } from "drizzle-orm";
import { trialCall } from "../../drizzle/schema/console.ts";
import type { Author } from "../audit/record.ts";
import { db } from "../db.ts";
import type { Outcome } from "../delivery/outcomes.ts";
import { newId } from "../ids.ts";
import type { Trial, TrialAnswer, TrialRequest } from "./trial-result.ts";

/** Of each workspace, the newest. */
export const MOST_TRIALS_KEPT = 100;
/** In the list beside the playground. */
const LISTED = 20;

/** What was asked for, so that it can be asked for again. A secret that was typed in for it is no part of it. */
export type Asked = {
  target: "endpoint" | "subscribers" | "url" | "verify";
  eventType: string;
  /** JSON text as it was typed; null for a ping. */
  payload: string | null;
  endpointId: string | null;
  /** As shown. */
  url: string;
};

type StoredRequest = { asked: Pick<Asked, "target" | "payload">; sent: TrialRequest | null };

/** Keeps a trial for the team, and the oldest no longer. Returns its id. */
export async function keepTrial(workspaceId: string, asked: Asked, trial: Trial, author: Author): Promise<string> {
  const id = newId();
  const { target, payload, eventType, endpointId, url } = asked;
  const { outcome, statusCode, totalMs } = trial.answer;
  const request: StoredRequest = { asked: { target, payload }, sent: trial.request };
  const [actor, actorName] = [author.id, author.name];
  await db()
    .insert(trialCall)
    .values({
      ...{ id, workspaceId, endpointId, url, eventType, actor, actorName, request, outcome, statusCode, totalMs },
      result: trial.answer,
      createdAt: trial.startedAt,
    });
  await forgetOldest(workspaceId);
  return id;
}

async function forgetOldest(workspaceId: string): Promise<void> {
  const newest = db()
    .select({ id: trialCall.id })
    .from(trialCall)
    .where(eq(trialCall.workspaceId, workspaceId))
    .orderBy(desc(trialCall.id))
    .limit(MOST_TRIALS_KEPT);
  await db()
    .delete(trialCall)
    .where(and(eq(trialCall.workspaceId, workspaceId), notInArray(trialCall.id, newest)));
}

const SUMMARY = {
  id: trialCall.id,
  endpointId: trialCall.endpointId,
  url: trialCall.url,
  eventType: trialCall.eventType,
  actorName: trialCall.actorName,
  outcome: trialCall.outcome,
  statusCode: trialCall.statusCode,
  totalMs: trialCall.totalMs,
  createdAt: trialCall.createdAt,
};

/** The newest trials, without their bodies. */
export async function listTrials(workspaceId: string, before: string | null = null) {
  const rows = await db()
    .select(SUMMARY)
    .from(trialCall)
    .where(and(eq(trialCall.workspaceId, workspaceId), before ? lt(trialCall.id, before) : undefined))
    .orderBy(desc(trialCall.id))
    .limit(LISTED + 1);
  const shown = rows.slice(0, LISTED).map((row) => ({ ...row, outcome: row.outcome as Outcome }));
  return { trials: shown, older: rows.length > LISTED ? (shown.at(-1)?.id ?? null) : null };
}
export type TrialSummary = Awaited<ReturnType<typeof listTrials>>["trials"][number];

/** Trials by their ids, in the order in which they were made; a stranger's are none. */
export async function findTrials(workspaceId: string, ids: string[]) {
  if (ids.length === 0) return [];
  const rows = await db()
    .select({ ...SUMMARY, request: trialCall.request, answer: trialCall.result })
    .from(trialCall)
    .where(and(eq(trialCall.workspaceId, workspaceId), inArray(trialCall.id, ids)))
    .orderBy(trialCall.id);
  return rows.map(({ request, answer, ...row }) => {
    const { asked, sent } = request as StoredRequest;
    return { ...row, outcome: row.outcome as Outcome, asked, request: sent, answer: answer as TrialAnswer };
  });
}
export type KeptTrial = Awaited<ReturnType<typeof findTrials>>[number];

/** How the newest trial of an endpoint went, or null. */
export async function lastTrialOf(workspaceId: string, endpointId: string) {
  const [row] = await db()
    .select(SUMMARY)
    .from(trialCall)
    .where(and(eq(trialCall.workspaceId, workspaceId), eq(trialCall.endpointId, endpointId)))
    .orderBy(desc(trialCall.id))
    .limit(1);
  return row ? { ...row, outcome: row.outcome as Outcome } : null;
}
