import { expect, test } from "vitest";
import {
  covers,
  extraPatterns,
  groupSummary,
  simplifySubscriptions,
  subscriptionTree,
  wantedTypes,
  wants,
} from "../../../lib/endpoints/subscription-tree.ts";

const types = ["order.paid", "ping", "order.created", "invoice.paid", "order.line.added", "invoice.due"].map(
  (name, index) => ({ name, perDay: index }),
);

const summaries = (subscriptions: string[]) =>
  subscriptionTree(types, subscriptions).map(
    (group) => `${group.pattern ?? group.types[0]!.name}: ${groupSummary(group)}`,
  );

test("types are grouped by what stands before the first dot; a name without a dot stands alone", () => {
  expect(
    subscriptionTree(types, []).map(({ pattern, types: leaves }) => [pattern, leaves.map(({ name }) => name)]),
  ).toEqual([
    ["invoice.*", ["invoice.due", "invoice.paid"]],
    ["order.*", ["order.created", "order.line.added", "order.paid"]],
    [null, ["ping"]],
  ]);
});

test("a group's words say whether future types are wanted", () => {
  expect(summaries(["order.*", "invoice.paid"])).toEqual([
    "invoice.*: 1 of 2, no future ones",
    "order.*: all three, and future ones",
    "ping: 1 type",
  ]);
});

test("a type below a chosen pattern is covered, not chosen", () => {
  const order = subscriptionTree(types, ["order.line.*"]).find(({ pattern }) => pattern === "order.*")!;
  expect(order.types.map(({ chosen, covered }) => ({ chosen, covered }))).toEqual([
    { chosen: false, covered: false },
    { chosen: false, covered: true },
    { chosen: false, covered: false },
  ]);
});

test("subscriptions without a box of their own stay as free patterns", () => {
  expect(extraPatterns(types, ["order.*", "order.line.*", "refund.issued", "ping"])).toEqual([
    "order.line.*",
    "refund.issued",
  ]);
});

test("what a pattern covers is dropped, and doubles", () => {
  expect(simplifySubscriptions(["order.paid", "order.*", "ping", "order.line.*", "ping"])).toEqual(["order.*", "ping"]);
});

test.each([
  ["order.*", "order.created", true],
  ["order.*", "order.line.added", true],
  ["order.*", "order", false],
  ["order.*", "orders.created", false],
  ["order.created", "order.created", true],
  ["order.created", "order.created.twice", false],
])("%s covers %s: %s", (pattern, name, expected) => {
  expect(covers(pattern, name)).toBe(expected);
});

test("no subscription means every type", () => {
  expect(wantedTypes(types, [])).toHaveLength(types.length);
  expect(wantedTypes(types, ["invoice.*", "ping"]).map(({ name }) => name)).toEqual([
    "ping",
    "invoice.paid",
    "invoice.due",
  ]);
});

test("the sum of a group's types is its volume", () => {
  expect(subscriptionTree(types, []).map(({ perDay }) => perDay)).toEqual([8, 6, 1]);
});

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
