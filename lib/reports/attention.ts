import { and, asc, eq, gt, isNotNull, isNull, lt } from "drizzle-orm";
import { endpoint, endpointSecret } from "../../drizzle/schema/configuration.ts";
import { db } from "../db.ts";
import { oldestQueuedMs } from "./backlog.ts";
import { endpointHealth } from "./endpoint-health.ts";
import { countFailed } from "./stats.ts";
import { countRetrying } from "./trouble.ts";

const DAY_MS = 86_400_000;
/** A backlog older than this needs someone's eye. */
const BACKLOG_AFTER_MS = 30_000;
/** How long before its end an old secret is worth a line. */
const EXPIRES_WITHIN_MS = 2 * DAY_MS;

/** Something that needs a person. Each kind has one place where it is put right. */
export type Attention =
  | {
      kind: "failing" | "degraded";
      endpointId: string;
      url: string;
      reason: string | null;
      cause: string | null;
      since: Date | null;
      failed: number;
      retrying: number;
    }
  | { kind: "disabled"; endpointId: string; url: string; reason: string | null; since: Date | null }
  | { kind: "backlog"; waitedMs: number }
  | { kind: "secret"; endpointId: string; url: string; expiresAt: Date };

/** What needs attention, the worst first. `failed` counts the last 24 hours. */
export async function attention(workspaceId: string, now = new Date()): Promise<Attention[]> {
  const [health, failed, retrying, waitedMs, secrets] = await Promise.all([
    endpointHealth(workspaceId, undefined, now),
    countFailed(workspaceId, new Date(now.getTime() - DAY_MS)),
    countRetrying(workspaceId),
    oldestQueuedMs(workspaceId),
    expiringSecrets(workspaceId, now),
  ]);
  const endpoints = [...health].map(([endpointId, { health, ...row }]) => ({ kind: health, endpointId, ...row }));
  const troubled = (kind: "failing" | "degraded") =>
    endpoints
      .filter((row) => row.kind === kind)
      .map((row) => {
        const counts = { failed: failed.get(row.endpointId) ?? 0, retrying: retrying.get(row.endpointId) ?? 0 };
        return { ...row, kind, ...counts };
      });
  const backlog = waitedMs !== null && waitedMs > BACKLOG_AFTER_MS ? [{ kind: "backlog" as const, waitedMs }] : [];
  const disabled = endpoints.flatMap((row) => (row.kind === "disabled" ? [{ ...row, kind: row.kind }] : []));
  return [...backlog, ...troubled("failing"), ...disabled, ...troubled("degraded"), ...secrets];
}

async function expiringSecrets(workspaceId: string, now: Date): Promise<Attention[]> {
  const rows = await db()
    .select({ endpointId: endpoint.id, url: endpoint.url, expiresAt: endpointSecret.expiresAt })
    .from(endpointSecret)
    .innerJoin(endpoint, eq(endpoint.id, endpointSecret.endpointId))
    .where(
      and(
        eq(endpoint.workspaceId, workspaceId),
        isNull(endpoint.deletedAt),
        isNotNull(endpointSecret.expiresAt),
        gt(endpointSecret.expiresAt, now),
        lt(endpointSecret.expiresAt, new Date(now.getTime() + EXPIRES_WITHIN_MS)),
      ),
    )
    .orderBy(asc(endpointSecret.expiresAt));
  return rows.flatMap(({ expiresAt, ...row }) => (expiresAt ? [{ kind: "secret" as const, ...row, expiresAt }] : []));
}
