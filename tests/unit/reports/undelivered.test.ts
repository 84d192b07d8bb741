import { expect, test } from "vitest";
import { whyNot } from "../../../lib/reports/undelivered.ts";
import { idAt } from "../../support/traffic.ts";

const event = { id: idAt(2_000), type: "order.created", customer: "acme", test: false };
const endpoint = { id: idAt(1_000), status: "active", customer: null, subscriptions: [] as string[] } as const;

test.each([
  ["a test event", { ...endpoint }, { ...event, test: true }, "goes only where it was sent"],
  ["a younger endpoint", { ...endpoint, id: idAt(3_000) }, event, "created after this event"],
  [
    "another customer's endpoint",
    { ...endpoint, customer: "globex" },
    event,
    "customer globex only; this one has acme",
  ],
  ["an event without customer", { ...endpoint, customer: "globex" }, { ...event, customer: null }, "no customer"],
  [
    "another type",
    { ...endpoint, subscriptions: ["invoice.*"] },
    event,
    "not subscribed to order.created; it wants invoice.*",
  ],
  ["a disabled endpoint", { ...endpoint, status: "disabled" as const }, event, "disabled"],
  ["one that would get it today", { ...endpoint, subscriptions: ["order.*"] }, event, "when this event was accepted"],
])("%s is told apart", (_, to, of, reason) => {
  expect(whyNot(to, of)).toContain(reason);
});
