import { parentPort } from "node:worker_threads";
import { makeExample } from "./example.ts";
import type { Answer, Task } from "./schema-work.ts";
import { typeCode } from "./type-code.ts";

parentPort?.on("message", async (task: Task) => {
  parentPort?.postMessage(await answer(task));
});

async function answer(task: Task): Promise<Answer> {
  try {
    if (task.make === "example") return makeExample(task.schema, task.seed);
    return { ok: true, text: await typeCode(task.schema, task.name, task.language) };
  } catch (error) {
    // The libraries throw what they cannot make of a schema; the schema's author is told.
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}
