import { inboundGate } from "../inbound-gate.ts";
import { killRun } from "../kill-run.ts";
import type { Scenario } from "../scenario.ts";

export const inbound: Scenario = {
  name: "inbound",
  done: "a provider posts; kill -9 of 8 workers, 4 web processes and 3 Postgres",
  shortly: "a provider posts; kill -9 of 1 worker, 1 web process and 1 Postgres",
  run: ({ short, say }) =>
    short
      ? killRun({ events: 2_000, workers: 1, webs: 1, postgres: 1, everyMs: 3_000, gate: inboundGate }, say)
      : killRun({ events: 40_000, workers: 8, webs: 4, postgres: 3, everyMs: 6_000, gate: inboundGate }, say),
};
