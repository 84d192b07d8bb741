import { parseArgs } from "node:util";
import { errorFields } from "../../lib/log.ts";
import type { Scenario } from "./scenario.ts";
import { SCENARIOS } from "./scenarios.ts";
import { type Row, table } from "./table.ts";
import { brokenPromises } from "./verdict.ts";

// npm run test:chaos [-- kills frozen …] [--short]
// One fault after another against a running product under load; prints one table, and ends with 1 when a promise broke.

const { values, positionals } = parseArgs({
  options: { short: { type: "boolean", default: false } },
  allowPositionals: true,
});
const note = (line: string) => console.error(line);

async function runOne({ name, done, shortly = done, missing, run }: Scenario): Promise<{ row: Row; held: boolean }> {
  const shown = { name, done: values.short ? shortly : done };
  const leftOut = missing?.() ?? null;
  if (leftOut) return { row: { ...shown, leftOut }, held: true };
  note(`${name}: ${shown.done}`);
  const findings = await run({ short: values.short, say: (line) => note(`  ${line}`) });
  const broken = brokenPromises(findings);
  for (const words of broken) note(`  BROKEN: ${words}`);
  note(`  ${JSON.stringify(findings)}`);
  return { row: { ...shown, findings }, held: broken.length === 0 };
}

function chosen(): Scenario[] | null {
  if (positionals.length === 0) return SCENARIOS;
  const unknown = positionals.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name));
  if (unknown.length === 0) return SCENARIOS.filter(({ name }) => positionals.includes(name));
  note(`There is no scenario "${unknown[0]}". There are: ${SCENARIOS.map(({ name }) => name).join(", ")}.`);
  return null;
}

const scenarios = chosen();
if (!scenarios) process.exitCode = 1;
const rows: Row[] = [];
for (const scenario of scenarios ?? []) {
  try {
    const { row, held } = await runOne(scenario);
    rows.push(row);
    if (!held) process.exitCode = 1;
  } catch (error) {
    process.exitCode = 1;
    note(`  ${scenario.name} could not be carried through: ${JSON.stringify(errorFields(error))}`);
  }
}
for (const line of rows.length > 0 ? table(rows) : []) process.stdout.write(`${line}\n`);
// What a scenario left open, such as idle connections, is nothing to wait for.
process.exit();
