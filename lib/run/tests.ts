import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { runChild } from "./child.mjs";

type Step = { passed: number; failed: number };
type StepName = "format" | "types" | "unit" | "integration" | "e2e";

const reports = fs.mkdtempSync(path.join(os.tmpdir(), "posthorn-reports-"));

const STEPS = {
  format: () => tool("node_modules/@biomejs/biome/bin/biome", ["check", "."]),
  types: () => tool("node_modules/typescript/bin/tsc", ["--noEmit"]),
  unit: () => vitest("unit"),
  integration: () => vitest("integration", "alone"),
  e2e: () => playwright(),
} satisfies Record<StepName, () => Promise<Step>>;

/** `npm run test:e2e -- first-minute`: what is not a step is handed to Playwright, which reads it as a filter. */
const isStep = (argument: string): argument is StepName => Object.hasOwn(STEPS, argument);
const filters = process.argv.slice(2).filter((argument) => !isStep(argument));

/** A check that has no tests in it counts as one. */
async function tool(script: string, args: string[]): Promise<Step> {
  const code = await runChild(process.execPath, [script, ...args]);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

async function vitest(...projects: string[]): Promise<Step> {
  const report = path.join(reports, `${projects[0]}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = await runChild(process.execPath, [
    "node_modules/vitest/vitest.mjs",
    "run",
    ...projects.flatMap((project) => ["--project", project]),
    ...reporters,
  ]);
  const counts = read<{ numPassedTests: number; numFailedTests: number }>(report);
  return counted(counts?.numPassedTests, counts?.numFailedTests, code);
}

async function playwright(): Promise<Step> {
  const report = path.join(reports, "e2e.json");
  const code = await runChild(
    process.execPath,
    [
      "node_modules/@playwright/test/cli.js",
      "test",
      "-c",
      "tests/e2e/playwright.config.ts",
      "--reporter=list,json",
      ...filters,
    ],
    { env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report } },
  );
  const { stats } = read<{ stats: { expected: number; flaky: number; unexpected: number } }>(report) ?? {};
  return counted(stats && stats.expected + stats.flaky, stats?.unexpected, code);
}

/** A runner that failed without naming a failed test (a file that cannot be loaded, no report) counts as one failure. */
function counted(passed = 0, failed = 0, code: number): Step {
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed };
}

function read<T>(report: string): T | null {
  return fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, "utf8")) : null;
}

const total: Step = { passed: 0, failed: 0 };
for (const name of process.argv.slice(2).filter(isStep)) {
  const { passed, failed } = await STEPS[name]();
  total.passed += passed;
  total.failed += failed;
}
fs.rmSync(reports, { recursive: true });
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
