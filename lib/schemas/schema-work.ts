import path from "node:path";
import type { CodeLanguage } from "./code-languages.ts";

/** What can be made of a schema: data that matches it, or its type in a language. */
export type Task =
  | { make: "example"; schema: string; seed: number }
  | { make: "types"; schema: string; name: string; language: CodeLanguage };
export type Answer = { ok: true; text: string } | { ok: false; problem: string };

const MOST_MS = 3_000;
const MOST_THREADS = 2;
const MOST_WAITING = 20;
const OLD_SPACE_MB = 192;
/** Types are asked for again on every look at a page. */
const MOST_REMEMBERED = 50;

const BUSY: Answer = { ok: false, problem: "Too much is being worked out at the moment: try again in a few seconds." };
const TOO_LONG: Answer = { ok: false, problem: "This schema takes too long to work out." };

const remembered = new Map<string, Answer>();
const waiting: (() => void)[] = [];
let running = 0;

/**
 * Makes something of a schema, in a thread of its own that is ended when it takes too long or too much memory: the
 * libraries that do it follow whatever a schema says, such as texts of a billion letters.
 */
export async function workOnSchema(task: Task): Promise<Answer> {
  const key = JSON.stringify(task);
  const known = remembered.get(key);
  if (known) return known;
  if (waiting.length >= MOST_WAITING) return BUSY;
  if (running >= MOST_THREADS) await new Promise<void>((go) => waiting.push(go));
  running++;
  try {
    const answer = await inThread(task);
    if (answer.ok) remember(key, answer);
    return answer;
  } finally {
    running--;
    waiting.shift()?.();
  }
}

function remember(key: string, answer: Answer): void {
  remembered.set(key, answer);
  const [oldest] = remembered.keys();
  if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
}

function inThread(task: Task): Promise<Answer> {
  // Asked for at run time: a bundler that sees the class would pack the thread anew.
  const { Worker } = process.getBuiltinModule("node:worker_threads");
  const worker = new Worker(threadFile(), {
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: OLD_SPACE_MB },
  });
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const timer = setTimeout(() => resolve(TOO_LONG), MOST_MS);
  worker.on("message", resolve);
  worker.on("error", ({ message }) =>
    resolve({ ok: false, problem: `This schema could not be worked out: ${message}` }),
  );
  worker.on("exit", () => resolve(TOO_LONG));
  worker.postMessage(task);
  return promise.finally(() => {
    clearTimeout(timer);
    void worker.terminate();
  });
}

/** Bundled in production, the source itself in development and in tests. */
function threadFile(): string {
  const file = process.env.NODE_ENV === "production" ? "dist/schema-thread.mjs" : "lib/schemas/thread.ts";
  return path.join(process.cwd(), file);
}
