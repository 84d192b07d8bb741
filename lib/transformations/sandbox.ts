import variant from "@jitl/quickjs-wasmfile-release-sync";
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSWASMModule,
  Scope,
} from "quickjs-emscripten-core";
import { nestingOf } from "../event-types/json-text.ts";
import { CODE_NAME } from "./code.ts";
import { HARNESS } from "./harness.ts";
import {
  MAX_CPU_MS,
  MAX_MEMORY_BYTES,
  MAX_MESSAGE_LENGTH,
  MAX_OUTPUT_BYTES,
  MAX_OUTPUT_DEPTH,
  MAX_STACK_BYTES,
} from "./limits.ts";

/** What a run is given: the code, and the event as JSON text. The clock stands still at `now`. */
export type Run = { code: string; event: string; now: number; seed: number };
export type RunResult =
  | { result: "returned"; data: string; type: string | null }
  | { result: "dropped" }
  | { result: "failed"; problem: string };

const PAGE_BYTES = 65_536;
/** What the module was linked with, and asks for. */
const FIRST_PAGES = 256;
/** Jobs between two looks at the clock. */
const JOBS_AT_ONCE = 1_000;

/**
 * QuickJS in WebAssembly: the code sees the language and nothing of the process. Belongs into a thread of its own,
 * because some single operations never look at the clock. Every run gets a new world; nothing is left of the one before.
 */
export class Sandbox {
  readonly #quickjs: QuickJSWASMModule;
  #broken = false;

  private constructor(quickjs: QuickJSWASMModule) {
    this.#quickjs = quickjs;
  }

  static async load(): Promise<Sandbox> {
    // The engine's own limit counts only what single allocations ask for here: one loop got 2 GiB. This one is hard.
    const wasmMemory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MAX_MEMORY_BYTES / PAGE_BYTES });
    return new Sandbox(await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmMemory })));
  }

  /** It should not be used again. */
  get broken(): boolean {
    return this.#broken;
  }

  run(given: Run): RunResult {
    const restoreClock = standStill(given.now);
    try {
      return this.#run(given);
    } catch (error) {
      // The engine itself gave up, such as on its own stack: what it left behind is not to be trusted.
      this.#broken = true;
      return { result: "failed", problem: `The code broke the sandbox: ${messageOf(error).split("\n")[0]}` };
    } finally {
      restoreClock();
    }
  }

  #run({ code, event, seed }: Run): RunResult {
    return Scope.withScope((scope) => {
      const runtime = scope.manage(this.#quickjs.newRuntime());
      runtime.setMaxStackSize(MAX_STACK_BYTES);
      const meter = new Meter();
      runtime.setInterruptHandler(() => meter.isOver());
      const context = scope.manage(runtime.newContext());
      const answer = call(context, scope, { code, event, seed }, meter);
      return meter.wasOver ? OVER_TIME : answer;
    });
  }
}

const OVER_TIME: RunResult = {
  result: "failed",
  problem: `It ran for more than ${MAX_CPU_MS} ms: look for a loop that does not end`,
};

/** Processor time of this thread, so that a busy machine takes nothing from a transformation's share. */
class Meter {
  readonly #started = process.threadCpuUsage();
  wasOver = false;

  isOver(): boolean {
    const { user, system } = process.threadCpuUsage(this.#started);
    this.wasOver ||= (user + system) / 1_000 > MAX_CPU_MS;
    return this.wasOver;
  }
}

function call(context: QuickJSContext, scope: Scope, { code, event, seed }: Omit<Run, "now">, meter: Meter): RunResult {
  // Before the code, so that nothing the code replaces is used around it.
  const harness = evaluate(context, scope, HARNESS, "harness.js");
  if ("problem" in harness) return harness;
  const world = evaluate(context, scope, code, CODE_NAME);
  if ("problem" in world) return world;
  const transform = evaluate(context, scope, "typeof transform === 'undefined' ? undefined : transform", "find.js");
  if ("problem" in transform) return transform;
  const [text, number] = [scope.manage(context.newString(event)), scope.manage(context.newNumber(seed))];
  const called = context.callFunction(harness.value, context.undefined, transform.value, text, number);
  if (called.error) return failure(context, scope.manage(called.error));
  return settle(context, scope, scope.manage(called.value), meter);
}

type Evaluated = { value: QuickJSHandle } | Extract<RunResult, { result: "failed" }>;

function evaluate(context: QuickJSContext, scope: Scope, code: string, name: string): Evaluated {
  const evaluated = context.evalCode(code, name, { type: "global" });
  if (evaluated.error) return failure(context, scope.manage(evaluated.error));
  return { value: scope.manage(evaluated.value) };
}

/** Runs what was put off until the harness' promise is kept or broken. */
function settle(context: QuickJSContext, scope: Scope, promise: QuickJSHandle, meter: Meter): RunResult {
  while (context.runtime.hasPendingJob() && !meter.isOver()) {
    const ran = context.runtime.executePendingJobs(JOBS_AT_ONCE);
    if (ran.error) return failure(context, scope.manage(ran.error));
  }
  const state = context.getPromiseState(promise);
  if (state.type === "pending") return failed("It returned a promise that nothing will ever keep");
  if (state.type === "rejected") return failure(context, scope.manage(state.error));
  return read(context, scope, scope.manage(state.value));
}

/** The harness' answer has no prototype and no getters: reading it runs no code. */
function read(context: QuickJSContext, scope: Scope, answer: QuickJSHandle): RunResult {
  const get = (name: string) => scope.manage(context.getProp(answer, name));
  const kind = context.getString(get("kind"));
  if (kind === "dropped") return { result: "dropped" };
  if (kind === "failed") return failed(JSON.parse(context.getString(get("problem"))));
  const data = get("data");
  if ((context.getLength(data) ?? 0) > MAX_OUTPUT_BYTES) return TOO_LARGE;
  const text = context.getString(data);
  if (Buffer.byteLength(text) > MAX_OUTPUT_BYTES) return TOO_LARGE;
  if (nestingOf(text) > MAX_OUTPUT_DEPTH) return failed(`Its data stand more than ${MAX_OUTPUT_DEPTH} deep`);
  const type = get("type");
  const named = context.typeof(type) === "string" ? JSON.parse(context.getString(type)) : null;
  return { result: "returned", data: text, type: named };
}

const TOO_LARGE: RunResult = {
  result: "failed",
  problem: `It returned more than ${MAX_OUTPUT_BYTES / 1_024} KiB of data: return less of it`,
};

/** What the engine itself reports: a syntax error, or something thrown where the harness could not catch it. */
function failure(context: QuickJSContext, error: QuickJSHandle): Extract<RunResult, { result: "failed" }> {
  const { name, message, stack } = Object(context.dump(error)) as Record<string, unknown>;
  // The code may throw whatever it likes: only texts are taken for what they say.
  if (typeof name !== "string" || typeof message !== "string") return failed("It threw something that is no error");
  const line = typeof stack === "string" && new RegExp(`${CODE_NAME}:(\\d+)`).exec(stack)?.[1];
  return failed(`${name}: ${message}${line ? ` (line ${line})` : ""}`);
}

function failed(problem: string): Extract<RunResult, { result: "failed" }> {
  const memory = /out of memory/.test(problem);
  const words = memory ? `It used more than ${MAX_MEMORY_BYTES / 1_048_576} MiB of memory` : problem;
  // It is stored as text: no NUL, no half of a surrogate pair.
  return { result: "failed", problem: words.slice(0, MAX_MESSAGE_LENGTH).toWellFormed().replaceAll("\0", "\u2400") };
}

/** The sandbox asks this thread's clock. Standing still, every attempt of a delivery makes the same body. */
function standStill(at: number): () => void {
  const { now } = Date;
  Date.now = () => at;
  return () => {
    Date.now = now;
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
