import os from "node:os";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/support/longest-first.ts";

const setupFiles = ["tests/support/quiet-log.ts"];
const alias = { "@": import.meta.dirname };
const processors = os.availableParallelism();
/** What they promise is about seconds and megabytes of processes they start: nothing else runs beside them. */
const ALONE = ["kill-under-load", "inbound-kill", "worker-process", "hostile-receiver"].map(
  (name) => `tests/integration/${name}.test.ts`,
);

const INTEGRATION = {
  setupFiles,
  globalSetup: "tests/support/cluster.ts",
  pool: "forks" as const,
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.{ts,tsx}"],
          setupFiles,
          pool: "forks",
          maxWorkers: processors,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve: { alias },
        test: {
          ...INTEGRATION,
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          exclude: ALONE,
          // They wait for the product about as long as they compute.
          maxWorkers: processors,
          sequence: { groupOrder: 2 },
        },
      },
      {
        resolve: { alias },
        test: {
          ...INTEGRATION,
          name: "alone",
          include: ALONE,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
