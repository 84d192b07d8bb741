#!/usr/bin/env node
// The command of the package. It needs nothing but Node: it runs on the machine of whoever develops a receiver.
import { HELP, readArguments } from "./arguments.mjs";
import { listen } from "./listen.mjs";
import { Refusal } from "./posthorn-api.mjs";

/** @param {string[]} given @returns {Promise<number>} */
async function main([command = "--help", ...rest]) {
  if (command === "--help" || command === "-h" || command === "help" || rest.includes("--help")) {
    process.stdout.write(HELP);
    return 0;
  }
  if (command !== "listen") throw new Refusal(`There is no command "${command}". There is: listen. See --help.`);
  const stop = new AbortController();
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
    // A second one ends it wherever it is.
    process.once(signal, () => stop.abort());
  }
  await listen(readArguments(rest, process.env), stop.signal);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  // What the person can put right is a sentence, anything else a fault of ours.
  process.stderr.write(`${error instanceof Refusal ? error.message : error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
}
