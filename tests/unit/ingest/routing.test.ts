import { expect, test } from "vitest";
import { Routing } from "../../../lib/ingest/routing.ts";

const endpoint = { paused: false, gated: false, strict: false, customer: null, subscriptions: [] };

test("a test send reaches the endpoints it names, and no others", () => {
  const routing = new Routing(1, false, new Map(), [
    { ...endpoint, id: "one", subscriptions: ["never"] },
    { ...endpoint, id: "two" },
  ]);
  expect(routing.routesTo(["one", "gone"]).map(({ id }) => id)).toEqual(["one"]);
});
