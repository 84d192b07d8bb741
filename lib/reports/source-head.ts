import { and, desc, eq, gt, isNull, or } from "drizzle-orm";
import { endpoint } from "../../drizzle/schema/configuration.ts";
import { source, sourceSecret } from "../../drizzle/schema/inbound.ts";
import { db } from "../db.ts";
import { QUARANTINED } from "../sources/states.ts";
import { countRequests } from "./requests.ts";

const DAY_MS = 86_400_000;

/** What stands over a source's requests; null for a stranger's id, or a source that was deleted. */
export async function findSourceHead(workspaceId: string, id: string, now = new Date()) {
  const [row] = await db()
    .select()
    .from(source)
    .where(and(eq(source.workspaceId, workspaceId), eq(source.id, id), isNull(source.deletedAt)));
  if (!row) return null;
  const today = { sourceId: id, from: new Date(now.getTime() - DAY_MS) };
  const [secrets, inDay, quarantinedInDay, quarantined, endpoints] = await Promise.all([
    activeSecrets(id, now),
    countRequests(workspaceId, today),
    countRequests(workspaceId, { ...today, verdict: QUARANTINED }),
    countRequests(workspaceId, { sourceId: id, verdict: QUARANTINED }),
    db().$count(endpoint, and(eq(endpoint.workspaceId, workspaceId), isNull(endpoint.deletedAt))),
  ]);
  return { ...row, secrets, inDay, quarantinedInDay, quarantined, hasEndpoints: endpoints > 0 };
}
export type SourceHead = NonNullable<Awaited<ReturnType<typeof findSourceHead>>>;

/** Whether the workspace has such a source. */
export async function hasSource(workspaceId: string, id: string): Promise<boolean> {
  const own = and(eq(source.workspaceId, workspaceId), eq(source.id, id), isNull(source.deletedAt));
  return (await db().$count(source, own)) > 0;
}

/** By what a person tells them apart, the newest first. */
function activeSecrets(sourceId: string, now: Date) {
  return db()
    .select({ ending: sourceSecret.ending, expiresAt: sourceSecret.expiresAt })
    .from(sourceSecret)
    .where(
      and(eq(sourceSecret.sourceId, sourceId), or(isNull(sourceSecret.expiresAt), gt(sourceSecret.expiresAt, now))),
    )
    .orderBy(desc(sourceSecret.id));
}
