import type { Job } from "pg-boss";
import { expect, test } from "vitest";
import { ByteBudget } from "../../../lib/delivery/byte-budget.ts";
import type { Configuration } from "../../../lib/delivery/configuration.ts";
import { deliver, type Tools } from "../../../lib/delivery/deliver.ts";
import type { Claimed } from "../../../lib/delivery/load.ts";
import type { DeliveryJob } from "../../../lib/queue/jobs.ts";

const configuration: Configuration = {
  endpointId: "p",
  workspaceId: "w",
  version: 1,
  url: new URL("http://example.com/"),
  builtIn: false,
  format: "envelope",
  headers: [],
  timeoutMs: 60_000,
  schedule: [],
  expectedStatuses: [],
  secrets: [],
};

test("a large payload that finds no room in time is put back unsent, long before its claim ends", async () => {
  const claimed: Claimed = {
    job: { id: "j", data: { d: "d", e: "e", p: "p" }, retryCount: 0 } as Job<DeliveryJob>,
    delivery: {
      id: "d",
      workspaceId: "w",
      eventType: "a",
      status: "queued",
      attempts: 0,
      scheduleStep: 0,
      test: false,
    },
    event: { id: "e", type: "a", contentType: "x", occurredAt: new Date(), payload: null, bytes: 80 },
    endpoint: { status: "active", statusReason: null, configuration, problem: null },
  };
  const budget = new ByteBudget(100, 10);
  await budget.take(60);
  const stopped = new AbortController().signal;
  const tools = { budget, stopped } as Tools;
  expect(await deliver(claimed, tools)).toMatchObject({ change: null, attempts: [], next: { job: { d: "d" } } });
});
