import { and, eq, gt, isNull, or } from "drizzle-orm";
import { endpoint, endpointSecret } from "../../drizzle/schema/configuration.ts";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { parseId } from "../ids.ts";
import { decryptSecret } from "../secrets/cipher.ts";

/** The secrets that may have signed a delivery of this event to an endpoint of the product's own. */
export async function listBuiltInSecrets(webhookId: string): Promise<string[]> {
  const eventId = parseId("evt", webhookId);
  if (!eventId) return [];
  const rows = await db()
    .selectDistinct({ id: endpointSecret.id, encrypted: endpointSecret.encrypted })
    .from(delivery)
    .innerJoin(endpoint, and(eq(endpoint.id, delivery.endpointId), eq(endpoint.builtIn, true)))
    .innerJoin(endpointSecret, eq(endpointSecret.endpointId, endpoint.id))
    .where(
      and(
        eq(delivery.eventId, eventId),
        or(isNull(endpointSecret.expiresAt), gt(endpointSecret.expiresAt, new Date())),
      ),
    );
  return rows.map(({ id, encrypted }) =>
    decryptSecret(encrypted, { table: "endpoint_secret", column: "encrypted", id }),
  );
}
