import path from "node:path";
import type { Worker } from "node:worker_threads";
import { MAX_CPU_MS } from "./limits.ts";
import type { Run, RunResult } from "./sandbox.ts";
import type { Answer } from "./thread.ts";

/** Single operations that never look at the clock are found out from outside. */
const LOOK_EVERY_MS = 250;
const MOST_CPU_MS = 2 * MAX_CPU_MS;
/** On a machine so busy that the thread hardly gets to run. */
const MOST_WALL_MS = 5_000;
/** QuickJS' own limit must come before the thread's. */
const STACK_MB = 4;
const OLD_SPACE_MB = 64;
const YOUNG_SPACE_MB = 8;

const OVER_TIME: RunResult = {
  result: "failed",
  problem: `It ran for more than ${MAX_CPU_MS} ms: one of its operations takes for ever`,
};
const ENDED: RunResult = { result: "failed", problem: "The sandbox ended" };

/** Bundled in production, the sources themselves in development and in tests. */
function threadFile(): string {
  const file =
    process.env.NODE_ENV === "production" ? "dist/transformation-thread.mjs" : "lib/transformations/thread.ts";
  return path.join(process.cwd(), file);
}

/** A thread with a sandbox in it, for one run at a time. Once it has ended it answers nothing any more. */
export class SandboxThread {
  readonly #worker: Worker;
  readonly #started = Promise.withResolvers<void>();
  #answer: ((result: RunResult) => void) | null = null;
  #end: RunResult | null = null;

  constructor() {
    // Asked for at run time: a bundler that sees the class packs the thread anew, and its WebAssembly is then not found.
    const { Worker } = process.getBuiltinModule("node:worker_threads");
    this.#worker = new Worker(threadFile(), {
      env: {},
      execArgv: [],
      resourceLimits: {
        stackSizeMb: STACK_MB,
        maxOldGenerationSizeMb: OLD_SPACE_MB,
        maxYoungGenerationSizeMb: YOUNG_SPACE_MB,
      },
    });
    this.#worker.unref();
    this.#worker.on("message", (answer: Answer) => this.#hear(answer));
    this.#worker.on("error", ({ message }) => this.end({ result: "failed", problem: `The sandbox ended: ${message}` }));
    this.#worker.on("exit", () => this.end(ENDED));
  }

  /** Resolves once it can take a run, or has ended before. */
  get started(): Promise<void> {
    return this.#started.promise;
  }

  get ended(): boolean {
    return this.#end !== null;
  }

  async run(given: Run): Promise<RunResult> {
    if (this.#end) return this.#end;
    const { promise, resolve } = Promise.withResolvers<RunResult>();
    this.#answer = resolve;
    this.#worker.postMessage(given);
    const watch = this.#watch();
    const result = await promise;
    clearInterval(watch);
    return result;
  }

  /** Whatever still runs in it has come to this end. */
  end(result: RunResult): void {
    if (this.#end) return;
    this.#end = result;
    void this.#worker.terminate();
    this.#started.resolve();
    this.#settle(result);
  }

  #hear(answer: Answer): void {
    if (answer === "ready") {
      this.#started.resolve();
      return;
    }
    this.#settle(answer.result);
    if (answer.broken) this.end(ENDED);
  }

  #settle(result: RunResult): void {
    const settle = this.#answer;
    this.#answer = null;
    settle?.(result);
  }

  /** Most runs are over before the first look, and cost no more than a timer. */
  #watch(): NodeJS.Timeout {
    const since = performance.now();
    let first: number | undefined;
    return setInterval(async () => {
      if (this.ended) return;
      const usage = await this.#worker.cpuUsage().catch(() => null);
      // The thread has just ended by itself; its "exit" is on its way.
      if (!usage) return;
      const cpuMs = (usage.user + usage.system) / 1_000;
      first ??= cpuMs;
      if (cpuMs - first > MOST_CPU_MS || performance.now() - since > MOST_WALL_MS) this.end(OVER_TIME);
    }, LOOK_EVERY_MS);
  }
}
