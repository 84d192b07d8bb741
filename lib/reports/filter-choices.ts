import { and, asc, eq, isNull } from "drizzle-orm";
import { endpoint, eventType } from "../../drizzle/schema/configuration.ts";
import { db } from "../db.ts";
import { shownUrlColumn } from "../endpoints/shown-url.ts";

/** More choices than this are typed, not picked. */
const MOST = 500;

/** What a list of deliveries or events can be narrowed to. */
export async function listFilterChoices(workspaceId: string) {
  const [endpoints, types] = await Promise.all([
    db()
      .select({ id: endpoint.id, url: shownUrlColumn, description: endpoint.description })
      .from(endpoint)
      .where(and(eq(endpoint.workspaceId, workspaceId), isNull(endpoint.deletedAt)))
      .orderBy(asc(endpoint.url))
      .limit(MOST),
    db()
      .select({ name: eventType.name })
      .from(eventType)
      .where(eq(eventType.workspaceId, workspaceId))
      .orderBy(asc(eventType.name))
      .limit(MOST),
  ]);
  return { endpoints, eventTypes: types.map(({ name }) => name) };
}
export type FilterChoices = Awaited<ReturnType<typeof listFilterChoices>>;
