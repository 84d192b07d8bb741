import { and, asc, count, countDistinct, desc, eq, gte, inArray, isNull, lt, lte, min, ne, sql } from "drizzle-orm";
import { eventTypeVersion } from "../../drizzle/schema/configuration.ts";
import { auditEntry } from "../../drizzle/schema/people.ts";
import { delivery, deliveryStat } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { firstIdAt, formatId, idTime } from "../ids.ts";
import type { DeliveryRow } from "./deliveries.ts";
import type { StoredStatus } from "./sending.ts";

/** How far back like failures are looked for, and how many are counted: a page must answer during an outage too. */
const WINDOW_MS = 86_400_000;
const MOST = 5_000;
/** A change this shortly before the first failure may be its cause. */
const SUSPECT_MS = 2 * 3_600_000;
/** Deliveries looked at for the last success, beginning when the endpoint says it was. */
const LOOKED_AT = 500;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** From this age on, counts are kept by the hour. */
const FOLDED_AFTER_MS = 47 * HOUR_MS;
/** At least as many failed attempts as others: it is failing. */
const FAILING_SHARE = 0.5;

/** What a bulk retry would take up. */
export const ALIKE_STATUSES = ["failed", "retrying", "held"] as const satisfies StoredStatus[];

/** With traffic since then: how many, and how many of them are failing. */
type Others = { active: number; failing: number };

/** What else failed in the same way, whether others are fine, and what changed shortly before. */
export type Evidence = {
  /** Deliveries to this endpoint whose last attempt ended alike, this one included, and when the first was made. */
  alike: { count: number; atLeast: boolean; since: Date; types: number };
  /** Other endpoints of the workspace. */
  others: Others;
  /** Other event types of this endpoint. */
  types: Others;
  change: { at: Date; by: string; what: string[] } | null;
  version: { number: number; at: Date } | null;
};

/** The evidence beside a delivery's diagnosis; null while its last attempt has not failed. */
export async function evidence(workspaceId: string, row: DeliveryRow, now = new Date()): Promise<Evidence | null> {
  if (!row.lastOutcome || row.lastOutcome === "success") return null;
  const alike = await countAlike(workspaceId, row);
  const [traffic, change, version] = await Promise.all([
    trafficSince(workspaceId, row, alike.since, now),
    changeBefore(workspaceId, row.endpointId, alike.since),
    versionBefore(workspaceId, row.eventType, alike.since),
  ]);
  return { alike, ...traffic, change, version };
}

async function countAlike(workspaceId: string, row: DeliveryRow): Promise<Evidence["alike"]> {
  const alike = db()
    .select({ id: delivery.id, eventType: delivery.eventType })
    .from(delivery)
    .where(
      and(
        eq(delivery.workspaceId, workspaceId),
        eq(delivery.trouble, true),
        eq(delivery.endpointId, row.endpointId),
        inArray(delivery.status, [...ALIKE_STATUSES]),
        gte(delivery.id, firstIdAt(row.createdAt.getTime() - WINDOW_MS)),
        row.lastOutcome ? eq(delivery.lastOutcome, row.lastOutcome) : undefined,
        row.lastStatusCode === null ? isNull(delivery.lastStatusCode) : eq(delivery.lastStatusCode, row.lastStatusCode),
      ),
    )
    .orderBy(asc(delivery.id))
    .limit(MOST)
    .as("alike");
  const [found] = await db()
    .select({
      count: count(),
      types: countDistinct(alike.eventType),
      first: sql<string | null>`${min(sql`${alike.id}::text`)}`,
    })
    .from(alike);
  const since = found?.first ? idTime(found.first) : row.createdAt;
  return { count: found?.count ?? 0, atLeast: found?.count === MOST, since, types: found?.types ?? 0 };
}

/** How the workspace's other endpoints and this endpoint's other event types fared from then on, a day at most. */
async function trafficSince(workspaceId: string, row: DeliveryRow, since: Date, now: Date) {
  const step = now.getTime() - since.getTime() > FOLDED_AFTER_MS ? HOUR_MS : MINUTE_MS;
  const from = new Date(Math.floor(since.getTime() / step) * step);
  const failures = sql<number>`sum(${deliveryStat.failed} + ${deliveryStat.retried})::float8`;
  const rows = await db()
    .select({
      endpointId: deliveryStat.endpointId,
      eventType: deliveryStat.eventType,
      delivered: sql<number>`sum(${deliveryStat.delivered})::float8`,
      failures,
    })
    .from(deliveryStat)
    .where(
      and(
        eq(deliveryStat.workspaceId, workspaceId),
        gte(deliveryStat.bucket, from),
        lt(deliveryStat.bucket, new Date(from.getTime() + WINDOW_MS)),
      ),
    )
    .groupBy(deliveryStat.endpointId, deliveryStat.eventType);
  const elsewhere = Map.groupBy(
    rows.filter(({ endpointId }) => endpointId !== row.endpointId),
    ({ endpointId }) => endpointId,
  );
  const here = rows.filter(({ endpointId, eventType }) => endpointId === row.endpointId && eventType !== row.eventType);
  return { others: summed([...elsewhere.values()]), types: summed(here.map((one) => [one])) };
}

function summed(groups: { delivered: number; failures: number }[][]): Others {
  const shares = groups.flatMap((group) => {
    const failures = group.reduce((sum, one) => sum + one.failures, 0);
    const all = group.reduce((sum, one) => sum + one.delivered, failures);
    return all === 0 ? [] : [failures / all];
  });
  return { active: shares.length, failing: shares.filter((share) => share >= FAILING_SHARE).length };
}

/** The last change of the endpoint shortly before then. */
async function changeBefore(workspaceId: string, endpointId: string, then: Date): Promise<Evidence["change"]> {
  const [found] = await db()
    .select({ id: auditEntry.id, by: auditEntry.actorName, action: auditEntry.action, detail: auditEntry.detail })
    .from(auditEntry)
    .where(
      and(
        eq(auditEntry.workspaceId, workspaceId),
        eq(auditEntry.target, formatId("ep", endpointId)),
        inArray(auditEntry.action, ["endpoint.updated", "endpoint.secret_rotated", "endpoint.old_secrets_ended"]),
        gte(auditEntry.id, firstIdAt(then.getTime() - SUSPECT_MS)),
        lt(auditEntry.id, firstIdAt(then)),
      ),
    )
    .orderBy(desc(auditEntry.id))
    .limit(1);
  if (!found) return null;
  const fields = typeof found.detail === "object" && found.detail !== null ? Object.keys(found.detail) : [];
  const what = found.action === "endpoint.updated" ? fields.map(words) : ["its signing secret"];
  return { at: idTime(found.id), by: found.by, what };
}

const words = (name: string) => name.replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();

async function versionBefore(workspaceId: string, type: string, then: Date): Promise<Evidence["version"]> {
  const [found] = await db()
    .select({ number: eventTypeVersion.number, at: eventTypeVersion.createdAt })
    .from(eventTypeVersion)
    .where(
      and(
        eq(eventTypeVersion.workspaceId, workspaceId),
        eq(eventTypeVersion.name, type),
        gte(eventTypeVersion.createdAt, new Date(then.getTime() - SUSPECT_MS)),
        lt(eventTypeVersion.createdAt, then),
        // The first one comes with the type itself.
        ne(eventTypeVersion.number, 1),
      ),
    )
    .orderBy(desc(eventTypeVersion.number))
    .limit(1);
  return found ?? null;
}

/** The newest delivery that this endpoint accepted, to compare a failure with. `lastSuccessAt`: when, by its own state. */
export async function findLastSuccess(
  workspaceId: string,
  { endpointId, lastSuccessAt, not }: { endpointId: string; lastSuccessAt: Date | null; not: string },
): Promise<string | null> {
  if (!lastSuccessAt) return null;
  const newest = db()
    .select({ id: delivery.id, status: delivery.status })
    .from(delivery)
    .where(
      and(
        eq(delivery.workspaceId, workspaceId),
        eq(delivery.endpointId, endpointId),
        lte(delivery.id, firstIdAt(lastSuccessAt.getTime() + 1)),
      ),
    )
    .orderBy(desc(delivery.id))
    .limit(LOOKED_AT)
    .as("newest");
  const [found] = await db()
    .select({ id: newest.id })
    .from(newest)
    .where(and(eq(newest.status, "delivered"), ne(newest.id, not)))
    .orderBy(desc(newest.id))
    .limit(1);
  return found?.id ?? null;
}
