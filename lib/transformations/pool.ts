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
/** Whose code it is; `part` is an endpoint, or what else of a workspace runs code. */
export type Owner = { workspaceId: string; part: string };
/** What one owner has waiting, and how long its runs usually take. */
type Line = { workspaceId: string; waiting: Waiting[]; usualMs: number };

/**
 * Runs transformations in a few threads, started when they are first needed. Workspaces take turns, however many
 * endpoints they have, and so do the endpoints of each. One whose code is slow is turned away early, so that it cannot
 * fill the worker with deliveries that wait.
 */
class Pool {
  readonly #threads = new Set<SandboxThread>();
  readonly #idle: { thread: SandboxThread; timer: NodeJS.Timeout }[] = [];
  readonly #lines = new Map<string, Line>();
  /** Workspaces with something waiting, in turn, and the lines of each, in turn. */
  readonly #turns = new Map<string, Line[]>();

  run(owner: Owner, run: Run): Promise<PoolResult> {
    const line = this.#lineOf(owner);
    if (line.waiting.length * line.usualMs > PATIENCE_MS) return Promise.resolve({ result: "busy" });
    return new Promise((answer) => {
      const waiting: Waiting = { run, answer, timer: setTimeout(() => this.#giveUp(line, waiting), PATIENCE_MS) };
      line.waiting.push(waiting);
      this.#takeTurn(line);
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

  #takeTurn(line: Line): void {
    const lines = this.#turns.get(line.workspaceId);
    if (!lines) this.#turns.set(line.workspaceId, [line]);
    else if (!lines.includes(line)) lines.push(line);
  }

  #next(): void {
    if (this.#turns.size === 0) return;
    const thread = this.#freeThread();
    if (!thread) return;
    const line = this.#nextLine();
    const first = line?.waiting.shift();
    if (line && line.waiting.length > 0) this.#takeTurn(line);
    if (line && first) void this.#runIn(thread, line, first);
    else this.#release(thread);
  }

  /** The first line of the workspace whose turn it is, which then goes to the end. */
  #nextLine(): Line | undefined {
    for (const [workspaceId, lines] of this.#turns) {
      const line = lines.shift();
      this.#turns.delete(workspaceId);
      if (lines.length > 0) this.#turns.set(workspaceId, lines);
      return line;
    }
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

  #lineOf({ workspaceId, part }: Owner): Line {
    const owner = `${workspaceId} ${part}`;
    const known = this.#lines.get(owner);
    if (known) return known;
    if (this.#lines.size >= MOST_REMEMBERED) this.#forget();
    const line: Line = { workspaceId, waiting: [], usualMs: 0 };
    this.#lines.set(owner, line);
    return line;
  }

  #forget(): void {
    for (const [owner, line] of this.#lines) if (line.waiting.length === 0) this.#lines.delete(owner);
  }
}

const pool = new Pool();

/** Runs a transformation on behalf of an owner; owners take turns. */
export function runTransformation(owner: Owner, run: Run): Promise<PoolResult> {
  return pool.run(owner, run);
}

/** For tests, which count threads and memory. */
export function closeTransformations(): void {
  pool.close();
}
