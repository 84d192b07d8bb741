import type { Sql } from "../../db.ts";
import { formatId } from "../../ids.ts";
import { errorFields, log } from "../../log.ts";
import { sweepParked } from "../sweep.ts";
import { Lease } from "./lease.ts";
import { FROM_THE_FIRST, type Place, type Turn, takeTurn } from "./turn.ts";
import { listWaitingEndpoints } from "./waiting.ts";

/** What nobody announced (a probe that is due, a limit that was changed) is found within this time. */
const LOOK_EVERY_MS = 1_000;
/** However often something is announced, looking for it takes at most a fifth of the time. */
const REST_AFTER_LOOK = 4;
const LEAST_REST_MS = 5;
const TURNS_AT_ONCE = 2;
/** Endpoints about which something is remembered between turns. */
const MOST_REMEMBERED = 10_000;

type Memory = { place: Place; freshUntil: number; closedUntil: number; dueAt: number };

/** Lets parked deliveries out, endpoint by endpoint and a bounded window at a time, on the one worker that has the lease. */
export class Releaser {
  readonly #sql: Sql;
  readonly #lease: Lease;
  /** In the order in which they get their turn. */
  readonly #due = new Set<string>();
  readonly #turning = new Set<string>();
  readonly #memory = new Map<string, Memory>();
  #lookAt = 0;
  #restingUntil = 0;
  #renewAt = 0;
  #stopping = false;
  #wake: (() => void) | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(sql: Sql) {
    this.#sql = sql;
    this.#lease = new Lease(sql, "releaser");
  }

  /** Whether it is this worker's to let deliveries out; else others must be told. */
  get isElected(): boolean {
    return this.#lease.isMine;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake?.();
    await this.#running;
  }

  /** Something of these endpoints was settled or parked; without ids, of any. */
  wake(endpointIds: readonly string[]): void {
    if (!this.isElected) return;
    for (const id of endpointIds) this.#due.add(id);
    if (endpointIds.length === 0) this.#lookAt = Math.min(this.#lookAt, performance.now());
    this.#wake?.();
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      try {
        if (await this.#isMyTask()) await this.#round();
      } catch (error) {
        // The next round tries again; the database may just be away.
        log("warn", "release", errorFields(error));
        await this.#rest(LOOK_EVERY_MS);
      }
      if (this.#due.size === 0 || !this.isElected) await this.#rest(this.#untilNext());
    }
    await this.#lease.giveUp().catch(() => {});
  }

  async #isMyTask(): Promise<boolean> {
    if (performance.now() < this.#renewAt) return this.isElected;
    const had = this.isElected;
    this.#renewAt = performance.now() + LOOK_EVERY_MS;
    const mine = await this.#lease.take();
    if (mine && !had) this.#lookAt = 0;
    if (!mine) this.#due.clear();
    return mine;
  }

  async #round(): Promise<void> {
    const now = performance.now();
    if (now >= Math.max(this.#lookAt, this.#restingUntil)) await this.#look();
    for (const [id, { dueAt }] of this.#memory) if (dueAt <= now) this.#due.add(id);
    const turns = Array.from({ length: TURNS_AT_ONCE }, () => this.#takeTurns());
    await Promise.all(turns);
  }

  async #look(): Promise<void> {
    const began = performance.now();
    this.#lookAt = began + LOOK_EVERY_MS;
    const ids = await listWaitingEndpoints(this.#sql);
    for (const id of ids) this.#due.add(id);
    const took = performance.now() - began;
    this.#restingUntil = began + took + Math.max(took * REST_AFTER_LOOK, LEAST_REST_MS);
  }

  /** Until everyone had a turn; who could go on stands in line again. */
  async #takeTurns(): Promise<void> {
    const until = performance.now() + LOOK_EVERY_MS / 2;
    for (const id of this.#due) {
      if (this.#stopping || performance.now() > until) return;
      if (this.#turning.has(id)) continue;
      this.#due.delete(id);
      this.#turning.add(id);
      // What is wrong with one endpoint holds up no other.
      await this.#turn(id).catch((error) => this.#afterFailure(id, error));
      this.#turning.delete(id);
    }
  }

  async #turn(id: string): Promise<void> {
    const now = performance.now();
    const known = this.#memory.get(id);
    if (known && known.closedUntil > now) return;
    const isFresh = known !== undefined && now < known.freshUntil;
    const turn = await takeTurn(this.#sql, id, known ? placeNow(known, isFresh) : FROM_THE_FIRST);
    if (turn.more) this.#due.add(id);
    const goesOn = isFresh && known.place.afterId !== null;
    this.#remember(id, turn, goesOn ? known.freshUntil : now + LOOK_EVERY_MS);
  }

  /** What failed may be a row that has a job although it is parked. It has its next turn after a while, not at once. */
  async #afterFailure(id: string, error: unknown): Promise<void> {
    log("warn", "release", { ...errorFields(error), endpoint: formatId("ep", id) });
    const closed = { moved: 0, more: false, closedForMs: LOOK_EVERY_MS, againInMs: null, place: FROM_THE_FIRST };
    this.#remember(id, closed, 0);
    await sweepParked(this.#sql, id).catch(() => {});
  }

  #remember(id: string, { place, closedForMs, againInMs }: Turn, freshUntil: number): void {
    const now = performance.now();
    this.#memory.delete(id);
    const waitMs = closedForMs ?? againInMs;
    if (waitMs === null && place.afterId === null && place.behindLane === null) return;
    // Not for long, whatever is closed: somebody may change it.
    const dueAt = waitMs === null ? Number.POSITIVE_INFINITY : now + Math.min(waitMs, LOOK_EVERY_MS);
    this.#memory.set(id, { place, freshUntil, dueAt, closedUntil: closedForMs === null ? 0 : dueAt });
    const [oldest] = this.#memory.keys();
    if (this.#memory.size > MOST_REMEMBERED && oldest !== undefined) this.#memory.delete(oldest);
  }

  #untilNext(): number {
    let next = Math.min(Math.max(this.#lookAt, this.#restingUntil), this.#renewAt);
    if (!this.isElected) next = this.#renewAt;
    else for (const { dueAt } of this.#memory.values()) next = Math.min(next, dueAt);
    return Math.max(0, next - performance.now());
  }

  async #rest(ms: number): Promise<void> {
    if (this.#stopping || ms <= 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.ceil(ms));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
  }
}

/** Reading past what has gone is spared for a second at a time: what is parked again may belong before it. */
function placeNow({ place }: Memory, isFresh: boolean): Place {
  return isFresh ? place : { ...place, afterId: null };
}
