import { and, asc, eq, gt, isNotNull, isNull, lt } from "drizzle-orm";
import { endpoint, endpointSecret } from "../../drizzle/schema/configuration.ts";
import { db } from "../db.ts";
import { DAYS_WITHOUT_SUCCESS } from "../delivery/disable.ts";
import { shownUrlColumn } from "../endpoints/shown-url.ts";
import { oldestQueuedMs } from "./backlog.ts";
import { endpointHealth } from "./endpoint-health.ts";
import { listGuardedEndpoints } from "./guarded-endpoints.ts";
import { type Counted, countParked } from "./line.ts";
import { listRefusingSources, type RefusingSource } from "./refused-requests.ts";
import { countFailed } from "./stats.ts";
import { countRetrying } from "./trouble.ts";
import type { TypeSentence } from "./type-trouble.ts";

const DAY_MS = 86_400_000;
/** A backlog older than this needs someone's eye. */
const BACKLOG_AFTER_MS = 30_000;
/** How long before its end an old secret is worth a line. */
const EXPIRES_WITHIN_MS = 2 * DAY_MS;
/** A line that forms and goes away within this time is how limits work, not trouble. */
const CROWDED_AFTER_MS = 60_000;

/** Something that needs a person. Each kind has one place where it is put right. */
export type Attention =
  | {
      kind: "failing" | "degraded";
      endpointId: string;
      url: string;
      reason: string | null;
      cause: string | null;
      types?: TypeSentence | null;
      since: Date | null;
      failed: number;
      retrying: number;
      /** When it is disabled unless it answers before; told from its second day on. */
      disabledAt: Date | null;
    }
  | {
      kind: "circuit";
      endpointId: string;
      url: string;
      reason: string | null;
      since: Date | null;
      probeAt: Date | null;
      held: Counted;
      disabledAt: Date | null;
    }
  | { kind: "slowed"; endpointId: string; url: string; until: Date; waiting: Counted; retrying: number }
  | { kind: "crowded"; endpointId: string; url: string; since: Date; waiting: Counted }
  | { kind: "disabled"; endpointId: string; url: string; reason: string | null; since: Date | null }
  | { kind: "backlog"; waitedMs: number }
  | ({ kind: "refused" } & RefusingSource)
  | { kind: "secret"; endpointId: string; url: string; expiresAt: Date };

/** What needs attention, the worst first. `failed` counts the last 24 hours. */
export async function attention(workspaceId: string, now = new Date()): Promise<Attention[]> {
  const [health, guarded, failed, retrying, waitedMs, secrets, refusing] = await Promise.all([
    endpointHealth(workspaceId, undefined, now),
    guardedItems(workspaceId, now),
    countFailed(workspaceId, new Date(now.getTime() - DAY_MS)),
    countRetrying(workspaceId),
    oldestQueuedMs(workspaceId),
    expiringSecrets(workspaceId, now),
    listRefusingSources(workspaceId, now),
  ]);
  const endpoints = [...health].map(([endpointId, { health, ...row }]) => ({ kind: health, endpointId, ...row }));
  // One line each: who asks for fewer calls, or gets none, has failing attempts for that very reason.
  const told = new Set(guarded.filter(({ kind }) => kind !== "crowded").map(({ endpointId }) => endpointId));
  const troubled = (kind: "failing" | "degraded") =>
    endpoints
      .filter((row) => row.kind === kind && !told.has(row.endpointId))
      .map((row) => {
        const counts = { failed: failed.get(row.endpointId) ?? 0, retrying: retrying.get(row.endpointId) ?? 0 };
        return { ...row, kind, ...counts, disabledAt: whenDisabled(row.since, now) };
      });
  const circuits = guarded.flatMap((item) => {
    if (item.kind !== "circuit") return [];
    const since = health.get(item.endpointId)?.since ?? item.since;
    return [{ ...item, disabledAt: whenDisabled(since, now) }];
  });
  const slowed = guarded.flatMap((item) =>
    item.kind === "slowed" ? [{ ...item, retrying: retrying.get(item.endpointId) ?? 0 }] : [],
  );
  const backlog = waitedMs !== null && waitedMs > BACKLOG_AFTER_MS ? [{ kind: "backlog" as const, waitedMs }] : [];
  const disabled = endpoints.flatMap((row) => (row.kind === "disabled" ? [{ ...row, kind: row.kind }] : []));
  const crowded = guarded.filter(({ kind }) => kind === "crowded");
  return [
    ...backlog,
    ...circuits,
    ...troubled("failing"),
    ...disabled,
    ...refusing.map((source) => ({ kind: "refused" as const, ...source })),
    ...troubled("degraded"),
    ...slowed,
    ...crowded,
    ...secrets,
  ];
}

type Guarded = Extract<Attention, { kind: "circuit" | "slowed" | "crowded" }>;

/** One line for each endpoint whose deliveries wait for it: for its circuit first, then for what it asked for. */
async function guardedItems(workspaceId: string, now: Date): Promise<Guarded[]> {
  const rows = await listGuardedEndpoints(workspaceId, now);
  const items = await Promise.all(
    rows.map(async ({ endpointId, url, ...state }): Promise<Guarded | null> => {
      const waiting = await countParked(workspaceId, endpointId);
      const { circuit, circuitReason: reason, circuitSince: since, probeAt, slowedUntil, crowdedSince } = state;
      if (circuit !== "closed") {
        return { kind: "circuit", endpointId, url, reason, since, probeAt, held: waiting, disabledAt: null };
      }
      if (slowedUntil && slowedUntil > now) {
        return { kind: "slowed", endpointId, url, until: slowedUntil, waiting, retrying: 0 };
      }
      const lasts = crowdedSince && now.getTime() - crowdedSince.getTime() > CROWDED_AFTER_MS;
      return lasts ? { kind: "crowded", endpointId, url, since: crowdedSince, waiting } : null;
    }),
  );
  return items.filter((item) => item !== null);
}

function whenDisabled(since: Date | null, now: Date): Date | null {
  if (!since || now.getTime() - since.getTime() < DAY_MS) return null;
  return new Date(since.getTime() + DAYS_WITHOUT_SUCCESS * DAY_MS);
}

async function expiringSecrets(workspaceId: string, now: Date): Promise<Attention[]> {
  const rows = await db()
    .select({ endpointId: endpoint.id, url: shownUrlColumn, expiresAt: endpointSecret.expiresAt })
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
