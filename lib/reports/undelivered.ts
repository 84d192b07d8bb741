import { and, asc, eq, isNull, notInArray } from "drizzle-orm";
import { endpoint } from "../../drizzle/schema/configuration.ts";
import { db } from "../db.ts";
import { wants } from "../endpoints/subscription-tree.ts";
import { idTime } from "../ids.ts";

/** More endpoints than this are not explained one by one. */
const MOST = 50;

type EventFacts = { id: string; type: string; customer: string | null; test: boolean };
type EndpointFacts = Pick<typeof endpoint.$inferSelect, "id" | "status" | "customer" | "subscriptions">;

/** The endpoints that have no delivery of an event, each with the reason in words. */
export async function listUndelivered(workspaceId: string, event: EventFacts, deliveredTo: string[]) {
  const { id, url, description, status, customer, subscriptions } = endpoint;
  const rows = await db()
    .select({ id, url, description, status, customer, subscriptions })
    .from(endpoint)
    .where(
      and(
        eq(endpoint.workspaceId, workspaceId),
        isNull(endpoint.deletedAt),
        eq(endpoint.builtIn, false),
        deliveredTo.length > 0 ? notInArray(endpoint.id, deliveredTo) : undefined,
      ),
    )
    .orderBy(asc(endpoint.id))
    .limit(MOST);
  return rows.map((row) => ({ ...row, reason: whyNot(row, event) }));
}
export type Undelivered = Awaited<ReturnType<typeof listUndelivered>>[number];

/** Why an event did not go to an endpoint. The endpoint is known only as it is now, so the last reason looks back. */
export function whyNot(endpoint: EndpointFacts, event: EventFacts): string {
  if (event.test) return "This is a test event: it goes only where it was sent";
  if (idTime(endpoint.id) > idTime(event.id)) return "It was created after this event";
  if (endpoint.customer !== null && endpoint.customer !== event.customer) {
    return `It wants the events of customer ${endpoint.customer} only; this one has ${event.customer ?? "no customer"}`;
  }
  if (!wants(endpoint.subscriptions, event.type)) {
    return `It is not subscribed to ${event.type}; it wants ${endpoint.subscriptions.join(", ")}`;
  }
  if (endpoint.status === "disabled") return "It is disabled";
  return "It was not subscribed, or disabled, when this event was accepted";
}
