import { expect, test } from "vitest";
import type { JobScope } from "../../../lib/bulk-jobs/scope.ts";
import { sentenceOf } from "../../../lib/bulk-jobs/sentence.ts";

const names = { endpoint: () => "Warehouse" };
const scope = (values: Partial<JobScope>): JobScope => ({
  over: { by: "deliveries", filter: {} },
  order: "oldest",
  skipDelivered: true,
  endpointId: null,
  onlyMissing: false,
  query: "",
  ...values,
});

test.each([
  [{ status: ["failed" as const] }, "Retry failed deliveries"],
  [{ status: ["failed" as const, "discarded" as const] }, "Retry failed or discarded deliveries"],
  [{ eventType: "order.*", endpointId: "x" }, "Retry deliveries of order.* to Warehouse"],
  [
    { customer: "acme", outcome: "timeout" as const },
    "Retry deliveries for customer acme whose last attempt ended with timeout",
  ],
  [{ code: { least: 500, most: 599 } }, "Retry deliveries whose last attempt ended with 5xx"],
  [{ code: { least: 503, most: 503 } }, "Retry deliveries whose last attempt ended with 503"],
  [{ attempts: { least: 4, most: null }, text: "eu" }, "Retry deliveries after 4 or more attempts that match “eu”"],
  [{ body: [{ path: ["order", "id"], value: "9" }] }, "Retry deliveries whose order.id is “9”"],
])("a filter %j is a sentence", (filter, sentence) => {
  expect(sentenceOf("retry", scope({ over: { by: "deliveries", filter } }), names)).toBe(sentence);
});

test("what is named, and where replays go, is said as well", () => {
  expect(sentenceOf("retry", scope({ over: { by: "ids", ids: ["a"] } }), names)).toBe("Retry 1 selected delivery");
  const missing = scope({ over: { by: "events", filter: { type: "order.paid" } }, endpointId: "x", onlyMissing: true });
  expect(sentenceOf("replay", missing, names)).toBe(
    "Replay events of order.paid to Warehouse that were never sent there",
  );
  const events = scope({ over: { by: "ids", ids: ["a", "b"] } });
  expect(sentenceOf("replay", events, names)).toBe("Replay 2 events to all endpoints that want them");
});
