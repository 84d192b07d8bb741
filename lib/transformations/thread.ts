import os from "node:os";
import { parentPort } from "node:worker_threads";
import { type Run, type RunResult, Sandbox } from "./sandbox.ts";

/** What the thread says when it has started, and after each run; `broken`: it wants to be replaced. */
export type Answer = "ready" | { result: RunResult; broken: boolean };

/** Transformations give way to everything else. Elsewhere than on Linux it would be the whole process that gives way. */
const NICENESS = 5;
if (process.platform === "linux") os.setPriority(NICENESS);

const sandbox = await Sandbox.load();

parentPort?.on("message", (run: Run) => {
  const result = sandbox.run(run);
  parentPort?.postMessage({ result, broken: sandbox.broken } satisfies Answer);
});
parentPort?.postMessage("ready" satisfies Answer);
