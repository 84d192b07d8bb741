import { beforeAll, expect, test } from "vitest";
import { killRun } from "../chaos/kill-run.ts";
import { brokenPromises } from "../chaos/verdict.ts";
import { ensureBuilt } from "../support/posthorn.ts";

// The short form of `npm run test:chaos -- kills`.

const PLAN = { events: 5_000, workers: 5, webs: 1, postgres: 1, everyMs: 3_000 };

beforeAll(ensureBuilt, 240_000);

test("kill -9 of workers, web and Postgres under load loses nothing acknowledged, accepts nothing twice, delivers twice only what was in flight, and goes on within 30 s", {
  timeout: 180_000,
}, async () => {
  const findings = await killRun(PLAN);
  expect(findings.events).toBe(PLAN.events);
  expect(brokenPromises(findings)).toEqual([]);
});
