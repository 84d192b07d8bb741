import { parentPort } from "node:worker_threads";
import { MAX_EXAMPLE_BYTES } from "../event-types/schema-check.ts";
import { makeExample } from "./example.ts";
import type { Answer, Task } from "./schema-work.ts";
import { typeCode } from "./type-code.ts";

/** Answers are remembered, and shown on pages. */
const TOO_LARGE: Answer = {
  ok: false,
  problem: `What this schema makes is larger than ${MAX_EXAMPLE_BYTES / 1_024} KiB.`,
};

parentPort?.on("message", async (task: Task) => {
  parentPort?.postMessage(await answer(task));
});

async function answer(task: Task): Promise<Answer> {
  try {
    const made = await make(task);
    return made.ok && Buffer.byteLength(made.text) > MAX_EXAMPLE_BYTES ? TOO_LARGE : made;
  } catch (error) {
    // The libraries throw what they cannot make of a schema; the schema's author is told.
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

async function make(task: Task): Promise<Answer> {
  if (task.make === "example") return makeExample(task.schema, task.seed);
  return { ok: true, text: await typeCode(task.schema, task.name, task.language) };
}
