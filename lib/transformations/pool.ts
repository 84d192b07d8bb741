import type { Run, RunResult } from "./sandbox.ts";
import { SandboxThread } from "./sandbox-thread.ts";

const MOST_THREADS = 2;
/** Longer than this, a run that waits for a thread gives up: its delivery is put back, and its place goes to others. */
const PATIENCE_MS = 5_000;
/** A thread that had nothing to do for so long is ended; the next run starts another. */
const IDLE_MS = 30_000;
/** Whose runs' usual time is remembered. */
const MOST_REMEMBERED = 1_000;
/** Of the latest run in what counts as usual. */
const WEIGHT = 0.2;

/** `busy`: so much is waiting that it was not run. */
export type PoolResult = RunResult | { result: "busy" };

type Waiting = { run: Run; timer: NodeJS.Timeout; answer: (result: PoolResult) => void };
/** What one owner has waiting, and how long its runs usually take. */
type Line = { waiting: Waiting[]; usualMs: number };

/**
 * Runs transformations in a few threads, started when they are first needed. Owners (endpoints) take turns, and one whose
 * code is slow is turned away early, so that it cannot fill the worker with deliveries that wait.
 */
class Pool {
  readonly #threads = new Set<SandboxThread>();
  readonly #idle: { thread: SandboxThread; timer: NodeJS.Timeout }[] = [];
  readonly #lines = new Map<string, Line>();
  /** Owners with something waiting, each once. */
  readonly #turns: string[] = [];

  run(owner: string, run: Run): Promise<PoolResult> {
    const line = this.#lineOf(owner);
    if (line.waiting.length * line.usualMs > PATIENCE_MS) return Promise.resolve({ result: "busy" });
    return new Promise((answer) => {
      const waiting: Waiting = { run, answer, timer: setTimeout(() => this.#giveUp(line, waiting), PATIENCE_MS) };
      line.waiting.push(waiting);
      if (line.waiting.length === 1) this.#turns.push(owner);
      this.#next();
    });
  }

  /** Ends the threads; what waits is not run. */
  close(): void {
    for (const thread of this.#threads) thread.end({ result: "failed", problem: "The worker stopped" });
    for (const { timer } of this.#idle.splice(0)) clearTimeout(timer);
    this.#threads.clear();
    for (const line of this.#lines.values()) for (const waiting of [...line.waiting]) this.#giveUp(line, waiting);
  }

  #next(): void {
    if (this.#turns.length === 0) return;
    const thread = this.#freeThread();
    if (!thread) return;
    const owner = this.#turns.shift() ?? "";
    const line = this.#lines.get(owner);
    const first = line?.waiting.shift();
    if (line && line.waiting.length > 0) this.#turns.push(owner);
    if (line && first) void this.#runIn(thread, line, first);
    else this.#release(thread);
  }

  async #runIn(thread: SandboxThread, line: Line, { run, timer, answer }: Waiting): Promise<void> {
    clearTimeout(timer);
    await thread.started;
    const began = performance.now();
    const result = await thread.run(run);
    line.usualMs += WEIGHT * (performance.now() - began - line.usualMs);
    this.#release(thread);
    answer(result);
  }

  #freeThread(): SandboxThread | null {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      clearTimeout(idle.timer);
      if (!idle.thread.ended) return idle.thread;
      this.#threads.delete(idle.thread);
    }
    if (this.#threads.size >= MOST_THREADS) return null;
    const thread = new SandboxThread();
    this.#threads.add(thread);
    return thread;
  }

  #release(thread: SandboxThread): void {
    if (thread.ended) this.#threads.delete(thread);
    else this.#idle.push({ thread, timer: setTimeout(() => this.#retire(thread), IDLE_MS).unref() });
    this.#next();
  }

  #retire(thread: SandboxThread): void {
    const at = this.#idle.findIndex((idle) => idle.thread === thread);
    if (at >= 0) this.#idle.splice(at, 1);
    this.#threads.delete(thread);
    thread.end({ result: "failed", problem: "The thread was idle" });
  }

  #giveUp(line: Line, waiting: Waiting): void {
    clearTimeout(waiting.timer);
    const at = line.waiting.indexOf(waiting);
    if (at >= 0) line.waiting.splice(at, 1);
    waiting.answer({ result: "busy" });
  }

  #lineOf(owner: string): Line {
    const known = this.#lines.get(owner);
    if (known) return known;
    if (this.#lines.size >= MOST_REMEMBERED) this.#forget();
    const line: Line = { waiting: [], usualMs: 0 };
    this.#lines.set(owner, line);
    return line;
  }

  #forget(): void {
    for (const [owner, line] of this.#lines) if (line.waiting.length === 0) this.#lines.delete(owner);
  }
}

const pool = new Pool();

/** Runs a transformation on behalf of an owner; owners take turns. */
export function runTransformation(owner: string, run: Run): Promise<PoolResult> {
  return pool.run(owner, run);
}

/** For tests, which count threads and memory. */
export function closeTransformations(): void {
  pool.close();
}
