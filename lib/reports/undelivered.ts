import type { endpoint } from "../../drizzle/schema/configuration.ts";
import { wants } from "../endpoints/subscription-tree.ts";
import { idTime } from "../ids.ts";

type EventFacts = { id: string; type: string; customer: string | null; test: boolean };
type EndpointFacts = Pick<typeof endpoint.$inferSelect, "id" | "status" | "customer" | "subscriptions">;

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
