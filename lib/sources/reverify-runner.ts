import { setTimeout as wait } from "node:timers/promises";
import type { Sql } from "../db.ts";
import { Lease } from "../delivery/gate/lease.ts";
import { errorFields, log } from "../log.ts";
import { listOpenReverifications, stepReverification } from "./reverification.ts";

const LOOK_EVERY_MS = 1_000;

/** Looks again at what sources have in quarantine, a chunk of each at a time, on the one worker that has the lease. */
export class ReverifyRunner {
  readonly #lease: Lease;
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(sql: Sql) {
    this.#lease = new Lease(sql, "reverify");
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const moved = await this.#round().catch((error) => {
        // The next round tries again; the database may just be away.
        log("warn", "reverify", errorFields(error));
        return false;
      });
      // Rejects only when the signal comes, which ends the loop.
      if (!moved) await wait(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
    }
    await this.#lease.giveUp().catch(() => {});
  }

  /** A chunk of each, so that a large quarantine does not keep the others waiting. */
  async #round(): Promise<boolean> {
    const ids = await listOpenReverifications();
    let moved = false;
    for (const id of ids) {
      if (this.#stop.signal.aborted || !(await this.#lease.take())) return false;
      moved = (await this.#step(id)) || moved;
    }
    return moved;
  }

  /** One that fails is tried again in the next round; those behind it need not wait for that. */
  async #step(id: string): Promise<boolean> {
    try {
      return (await stepReverification(id)) === "moved";
    } catch (error) {
      log("warn", "reverify", { reverification: id, ...errorFields(error) });
      return false;
    }
  }
}
