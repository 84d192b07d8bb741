import { killRun } from "../kill-run.ts";
import type { Scenario } from "../scenario.ts";

const EVENTS = 100_000;
const EVERY_MS = 6_000;
const FEW_EVERY_MS = 3_000;

export const kills: Scenario = {
  name: "kills",
  done: "kill -9 of 20 workers, 3 web processes and 3 Postgres under load",
  shortly: "kill -9 of 5 workers, 1 web process and 1 Postgres under load",
  run: ({ short, say }) =>
    short
      ? killRun({ events: 5_000, workers: 5, webs: 1, postgres: 1, everyMs: FEW_EVERY_MS }, say)
      : killRun({ events: EVENTS, workers: 20, webs: 3, postgres: 3, everyMs: EVERY_MS }, say),
};
