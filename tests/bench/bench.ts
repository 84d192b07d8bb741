import fs from "node:fs";
import os from "node:os";
import { parseArgs } from "node:util";
import { temporaryFolder } from "../support/posthorn.ts";
import { type Asked, openBench } from "./harness.ts";
import { busyShare, MOST_BUSY } from "./machine.ts";
import { table } from "./report.ts";
import type { Findings, Scenario } from "./scenario.ts";
import { hanging } from "./scenarios/hanging.ts";
import { inbound } from "./scenarios/inbound.ts";
import { parked } from "./scenarios/parked.ts";
import { soak } from "./scenarios/soak.ts";
import { standard } from "./scenarios/standard.ts";
import { stored } from "./scenarios/stored.ts";
import { workers } from "./scenarios/workers.ts";

// npm run bench [-- <scenario>] [--quick] [--force] [--json] [--rounds 5] and sizes by name, such as --backlog 60000.
// Each scenario has a cluster of its own with the product's settings and durability, and leaves nothing behind.

const SCENARIOS: Record<string, Scenario> = { standard, stored, hanging, parked, soak, workers, inbound };
const SIZES = [
  "singles",
  "backlog",
  "latency-seconds",
  "stored",
  "parked",
  "seconds",
  "per-second",
  "minutes",
  "burst",
];
const NUMBERS = Object.fromEntries([...SIZES, "rounds"].map((name) => [name, { type: "string" as const }]));
const MINUTE_MS = 60_000;

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    force: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    ...NUMBERS,
  },
});
const given: Record<string, string | boolean | undefined> = flags;
const numbers = Object.fromEntries([...SIZES, "rounds"].map((name) => [name, numberOf(name)]));
const asked: Asked = { quick: flags.quick, rounds: numbers.rounds, sizes: numbers };

function numberOf(name: string): number | undefined {
  const text = given[name];
  if (text === undefined) return undefined;
  if (/^[1-9]\d*$/.test(String(text))) return Number(text);
  return refuse(`--${name} takes a whole number, not ${text}`);
}

function refuse(why: string): never {
  console.error(why);
  process.exit(1);
}

async function refuseBusyMachine(): Promise<void> {
  const busy = await busyShare();
  const load = os.loadavg().map((average) => average.toFixed(2));
  console.error(`${os.cpus().length} cores, ${Math.round(busy * 100)} % in use by others, load ${load.join(" ")}`);
  if (busy <= MOST_BUSY || flags.force) return;
  refuse("The machine is busy: figures taken now would not be ours. Wait, or take them all the same with --force.");
}

async function run(scenario: Scenario, ended: AbortSignal): Promise<Findings> {
  const folder = temporaryFolder("bench");
  try {
    const { bench, close } = await openBench(folder, scenario.settings ?? {}, asked);
    try {
      return await Promise.race([scenario.run(bench), whenEnded(ended)]);
    } finally {
      await close();
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function whenEnded(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
}

function print({ rows, headings, facts }: Findings): void {
  if (flags.json) for (const row of rows) console.log(JSON.stringify({ ...row, ...facts }));
  else console.log([...table(rows, headings), "", JSON.stringify(facts)].join("\n"));
}

const name = positionals[0] ?? "standard";
const scenario = SCENARIOS[name];
if (!scenario) {
  const known = Object.entries(SCENARIOS).map(([one, { about }]) => `  ${one.padEnd(9)} ${about}`);
  refuse(`There is no scenario "${name}". There are:\n${known.join("\n")}`);
}
const ended = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => ended.abort(new Error(`Ended by ${signal}`)));
}
await refuseBusyMachine();
const limit = setTimeout(
  () => ended.abort(new Error(`It took longer than ${scenario.mostMinutes} minutes`)),
  scenario.mostMinutes * MINUTE_MS,
);
try {
  const startedAt = Date.now();
  print(await run(scenario, ended.signal));
  console.error(`${name} took ${Math.round((Date.now() - startedAt) / 1_000)} s`);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
clearTimeout(limit);
// What a scenario that was given up still waits for is nothing to wait for.
process.exit();
