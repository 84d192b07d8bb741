import { and, asc, desc, eq, gt, isNull, ne, or, type SQL } from "drizzle-orm";
import { endpoint, endpointState, eventType, eventTypeVersion } from "../../drizzle/schema/configuration.ts";
import { apiKey } from "../../drizzle/schema/people.ts";
import { delivery, event } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { shownUrlColumn } from "../endpoints/shown-url.ts";
import { DEMO_EVENT_TYPE } from "./demo.ts";

/** How many of the oldest deliveries are looked through for one that was tried. */
const OLDEST_LOOKED_AT = 200;

/** How far a workspace has come on its own, read from what it has: an endpoint, an event, a delivery. */
export async function readProgress(workspaceId: string) {
  const [endpoint, event, delivery] = await Promise.all([
    firstEndpoint(workspaceId),
    newestEvent(workspaceId),
    shownDelivery(workspaceId),
  ]);
  const done = [endpoint, event, delivery?.attempts ? delivery : null].filter(Boolean).length;
  return { endpoint, event, delivery, done, of: 3 };
}
export type Progress = Awaited<ReturnType<typeof readProgress>>;

async function firstEndpoint(workspaceId: string) {
  const [found] = await db()
    .select({ id: endpoint.id, url: shownUrlColumn, lastStatusCode: endpointState.lastStatusCode })
    .from(endpoint)
    .leftJoin(endpointState, eq(endpointState.endpointId, endpoint.id))
    .where(and(eq(endpoint.workspaceId, workspaceId), eq(endpoint.builtIn, false), isNull(endpoint.deletedAt)))
    .orderBy(asc(endpoint.id))
    .limit(1);
  return found ?? null;
}

async function newestEvent(workspaceId: string) {
  const [found] = await db()
    .select({ id: event.id, type: event.type })
    .from(event)
    .where(and(eq(event.workspaceId, workspaceId), eq(event.test, false), ne(event.type, DEMO_EVENT_TYPE)))
    .orderBy(desc(event.id))
    .limit(1);
  return found ?? null;
}

/** The newest delivery, or an older one that was tried: what was seen to arrive has arrived, though a newer one waits. */
async function shownDelivery(workspaceId: string) {
  const [newest] = await ownDeliveries(workspaceId, desc(delivery.id), 1);
  if (!newest || newest.attempts > 0) return newest ?? null;
  const oldest = await ownDeliveries(workspaceId, asc(delivery.id), OLDEST_LOOKED_AT);
  return oldest.find(({ attempts }) => attempts > 0) ?? newest;
}

function ownDeliveries(workspaceId: string, order: SQL, limit: number) {
  const { id, status, attempts, eventType, lastStatusCode, lastDurationMs, lastOutcome } = delivery;
  return db()
    .select({ id, status, attempts, eventType, lastStatusCode, lastDurationMs, lastOutcome })
    .from(delivery)
    .where(
      and(
        eq(delivery.workspaceId, workspaceId),
        eq(delivery.test, false),
        // Demos may count in figures, when somebody asks for it, but are none of their own doing.
        ne(delivery.eventType, DEMO_EVENT_TYPE),
      ),
    )
    .orderBy(order)
    .limit(limit);
}

/** The newest key that may post events and still works; its secret is known to nobody. */
export async function findIngestKey(workspaceId: string) {
  const keys = await db()
    .select({ lastFour: apiKey.lastFour, scopes: apiKey.scopes })
    .from(apiKey)
    .where(
      and(
        eq(apiKey.workspaceId, workspaceId),
        isNull(apiKey.revokedAt),
        or(isNull(apiKey.expiresAt), gt(apiKey.expiresAt, new Date())),
      ),
    )
    .orderBy(desc(apiKey.id));
  return keys.find((key) => key.scopes.includes("ingest")) ?? null;
}

/** The event type a first own event is posted with: the workspace's newest, with its example. */
export async function findOwnEventType(workspaceId: string): Promise<{ name: string; example: string | null } | null> {
  const [found] = await db()
    .select({ name: eventType.name, example: eventTypeVersion.example })
    .from(eventType)
    .leftJoin(
      eventTypeVersion,
      and(
        eq(eventTypeVersion.workspaceId, eventType.workspaceId),
        eq(eventTypeVersion.name, eventType.name),
        eq(eventTypeVersion.number, eventType.version),
      ),
    )
    .where(
      and(eq(eventType.workspaceId, workspaceId), ne(eventType.name, DEMO_EVENT_TYPE), isNull(eventType.archivedAt)),
    )
    .orderBy(desc(eventType.createdAt))
    .limit(1);
  return found ?? null;
}
