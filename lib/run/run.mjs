// Every command of package.json starts here, on whatever Node the machine has: it needs nothing that is not there yet.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";
import { runChild } from "./child.mjs";
import { install } from "./install.mjs";
import { preferOwnNode } from "./own-node.mjs";

/** What a command needs built, and the script it is. */
const COMMANDS = {
  start: { built: true, script: "lib/run/supervisor.ts" },
  web: { built: true, script: "lib/run/supervisor.ts", args: ["web"] },
  worker: { built: true, script: "lib/run/supervisor.ts", args: ["worker"] },
  dev: { built: false, script: "lib/run/supervisor.ts", args: ["dev"] },
  build: { built: true },
  test: { built: true, script: "lib/run/tests.ts", args: ["unit", "integration", "e2e"] },
  check: { built: true, script: "lib/run/tests.ts", args: ["format", "types", "unit", "integration"] },
  e2e: { built: true, script: "lib/run/tests.ts", args: ["e2e"] },
  bench: { built: true, script: "tests/bench/bench.ts" },
  measure: { built: true, script: "tests/measure/measure.ts" },
  "test:chaos": { built: true, script: "tests/chaos/chaos.ts" },
  "reset-password": { built: false, script: "lib/run/reset-password.ts" },
};

/** @param {string} name @param {string[]} rest @returns {Promise<number>} */
async function main(name, rest) {
  const command = COMMANDS[/** @type {keyof typeof COMMANDS} */ (name)];
  if (!command) {
    console.error(`There is no command "${name}". There are: ${Object.keys(COMMANDS).join(", ")}.`);
    return 1;
  }
  process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../.."));
  const installed = await install();
  if (installed !== 0) return installed;
  const node = preferOwnNode();
  if (!node) return 1;
  const built = command.built ? await build(node) : 0;
  if (built !== 0 || !("script" in command)) return built;
  const args = "args" in command ? command.args : [];
  return runChild(node, [command.script, ...args, ...rest]);
}

process.exitCode = await main(process.argv[2] ?? "", process.argv.slice(3));
