import { and, desc, eq, inArray } from "drizzle-orm";
import { endpoint } from "../../drizzle/schema/configuration.ts";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { formattedEvent } from "../delivery/formatted-event.ts";
import { envelope } from "../formats/envelope.ts";
import { listSecrets } from "../receiver/queries.ts";
import { isSigned } from "../receiver/signature.ts";
import { type DeliveryDetail, findAttempt, findDelivery, findPayload } from "../reports/delivery.ts";

/** What was found out about an attempt's signature: checked here again, and what the receiver said. */
export type Verification = { here: boolean; byReceiver: boolean | null };

export type DemoDelivery = DeliveryDetail & { verification: Verification | null };

/** The newest delivery to the workspace's built-in receiver, its last signature checked; null before the first. */
export async function findDemoDelivery(workspaceId: string): Promise<DemoDelivery | null> {
  const builtIn = db()
    .select({ id: endpoint.id })
    .from(endpoint)
    .where(and(eq(endpoint.workspaceId, workspaceId), eq(endpoint.builtIn, true)));
  const [newest] = await db()
    .select({ id: delivery.id })
    .from(delivery)
    .where(and(eq(delivery.workspaceId, workspaceId), eq(delivery.test, true), inArray(delivery.endpointId, builtIn)))
    .orderBy(desc(delivery.id))
    .limit(1);
  const found = newest && (await findDelivery(workspaceId, newest.id));
  if (!found) return null;
  const last = found.attemptList.at(-1);
  return { ...found, verification: last ? await verify(found, last.number) : null };
}

async function verify(delivery: DeliveryDetail, number: number): Promise<Verification | null> {
  const { event, endpoint, workspaceSlug } = delivery;
  const [attempt, payload] = await Promise.all([
    findAttempt(delivery.id, number),
    event && findPayload(event.workspaceId, event.id),
  ]);
  const sent = new Map(attempt?.requestHeaders);
  const [id, timestamp, signatures] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) =>
    sent.get(name),
  );
  if (!attempt || !event || !endpoint || !payload || !id || !timestamp || !signatures) return null;
  const { body } = envelope.one(formattedEvent(event, payload, workspaceSlug));
  const sentAt = new Date(Number(timestamp) * 1_000);
  const here = isSigned({ id, timestamp, signatures, body }, await listSecrets(endpoint.id), sentAt);
  return { here, byReceiver: saidVerified(attempt.responseBody) };
}

function saidVerified(body: Buffer | null): boolean | null {
  try {
    const answer: unknown = JSON.parse(body?.toString() ?? "");
    return typeof answer === "object" && answer !== null && "verified" in answer ? answer.verified === true : null;
  } catch {
    // No answer, or not one of our receiver's: it said nothing about the signature.
    return null;
  }
}
