import { expect, test } from "vitest";
import { Routing, wants } from "../../../lib/ingest/routing.ts";

test.each<[string[], string, boolean]>([
  [[], "order.created", true],
  [["order.created"], "order.created", true],
  [["order.created"], "order.created.v2", false],
  [["order.*"], "order.created", true],
  [["order.*"], "order.created.v2", true],
  [["order.*"], "order", false],
  [["order.*"], "orders.created", false],
  [["order.item.*"], "order.created", false],
  [["invoice.paid", "order.*"], "order.created", true],
])("an endpoint subscribed to %j gets %s: %s", (subscriptions, type, expected) => {
  expect(wants(subscriptions, type)).toBe(expected);
});

const endpoint = { paused: false, customer: null, subscriptions: [] };

test("a test send reaches the endpoints it names, and no others", () => {
  const routing = new Routing(1, false, new Map(), [
    { ...endpoint, id: "one", subscriptions: ["never"] },
    { ...endpoint, id: "two" },
  ]);
  expect(routing.routesTo(["one", "gone"]).map(({ id }) => id)).toEqual(["one"]);
});
