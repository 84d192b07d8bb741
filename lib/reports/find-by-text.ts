import { and, asc, eq, ilike, isNull, or } from "drizzle-orm";
import { endpoint, eventType } from "../../drizzle/schema/configuration.ts";
import { source } from "../../drizzle/schema/inbound.ts";
import { dedupeKey } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { urlMatches } from "../endpoints/queries.ts";
import { shownUrlColumn } from "../endpoints/shown-url.ts";

const MOST = 10;

/** What a pasted word names: endpoints by URL or description, sources by name, event types by name, the event with that idempotency key. */
export async function findByText(workspaceId: string, text: string) {
  if (text === "") return { endpoints: [], sources: [], eventTypes: [], events: [] };
  const like = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const [endpoints, sources, eventTypes, events] = await Promise.all([
    db()
      .select({ id: endpoint.id, url: shownUrlColumn, description: endpoint.description })
      .from(endpoint)
      .where(
        and(
          eq(endpoint.workspaceId, workspaceId),
          isNull(endpoint.deletedAt),
          or(urlMatches(like), ilike(endpoint.description, like), eq(endpoint.customer, text)),
        ),
      )
      .orderBy(asc(endpoint.url))
      .limit(MOST),
    db()
      .select({ id: source.id, name: source.name, provider: source.provider })
      .from(source)
      .where(and(eq(source.workspaceId, workspaceId), isNull(source.deletedAt), ilike(source.name, like)))
      .orderBy(asc(source.name))
      .limit(MOST),
    db()
      .select({ name: eventType.name, description: eventType.description })
      .from(eventType)
      .where(and(eq(eventType.workspaceId, workspaceId), ilike(eventType.name, like)))
      .orderBy(asc(eventType.name))
      .limit(MOST),
    findByKey(workspaceId, text),
  ]);
  return { endpoints, sources, eventTypes, events };
}
export type TextMatches = Awaited<ReturnType<typeof findByText>>;

/** Within the time in which a key makes a call idempotent; older events are found in the list of events. */
function findByKey(workspaceId: string, key: string) {
  return db()
    .select({ id: dedupeKey.eventId, key: dedupeKey.key })
    .from(dedupeKey)
    .where(and(eq(dedupeKey.scope, workspaceId), eq(dedupeKey.key, key)));
}
