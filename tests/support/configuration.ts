import { eventType, eventTypeVersion } from "../../drizzle/schema/configuration.ts";
import { db } from "../../lib/db.ts";

/** An event type, with a schema as its version 1 when one is given. */
export async function aType(
  workspaceId: string,
  name: string,
  values: Partial<typeof eventType.$inferInsert> = {},
  schema: string | null = null,
): Promise<void> {
  await db()
    .insert(eventType)
    .values({ workspaceId, name, version: schema ? 1 : 0, ...values });
  if (schema) await db().insert(eventTypeVersion).values({ workspaceId, name, number: 1, schema });
}
