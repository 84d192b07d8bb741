import { beforeAll, expect, test } from "vitest";
import { inboundGate } from "../chaos/inbound-gate.ts";
import { killRun } from "../chaos/kill-run.ts";
import { brokenPromises } from "../chaos/verdict.ts";
import { ensureBuilt } from "../support/posthorn.ts";

// The short form of `npm run test:chaos -- inbound`.

const PLAN = { events: 2_000, workers: 1, webs: 1, postgres: 1, everyMs: 3_000, gate: inboundGate };

beforeAll(ensureBuilt, 240_000);

test("kill -9 of a worker, web and Postgres while a provider posts: whatever was answered 200 is exactly one event, and is delivered", {
  timeout: 180_000,
}, async () => {
  const findings = await killRun(PLAN);
  expect(findings.events).toBe(PLAN.events);
  expect(brokenPromises(findings)).toEqual([]);
});
