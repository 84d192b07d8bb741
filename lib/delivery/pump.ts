import { setTimeout as wait } from "node:timers/promises";
import type { Job } from "pg-boss";
import type { Sql } from "../db.ts";
import { formatId } from "../ids.ts";
import { errorFields, log } from "../log.ts";
import { type Claim, claimJobs } from "../queue/claim.ts";
import type { DeliveryJob } from "../queue/jobs.ts";
import { touchJobs } from "../queue/settle.ts";
import { deliverAll } from "./batch.ts";
import { ByteBudget } from "./byte-budget.ts";
import { Configurations } from "./configuration.ts";
import { decideUnsent } from "./decide.ts";
import { Crowding } from "./gate/crowding.ts";
import { load } from "./load.ts";
import { Places } from "./places.ts";
import type { Recorder } from "./recorder.ts";
import type { Send } from "./send.ts";
import type { Settlement } from "./settlement.ts";
import { TypeSchedules } from "./type-schedules.ts";

/** Large payloads in flight; small ones come on top, at most 64 KiB each. */
const LARGE_PAYLOAD_BUDGET = 40 * 1_024 * 1_024;
const PAYLOAD_PATIENCE_MS = 5_000;
/** Deliveries that were scheduled for later are not announced; they wait at most this long beyond their time. */
const FLOOR_MS = 500;
const FEW_PLACES_WAIT_MS = 20;
/** Reading past the line of one endpoint takes the longer the longer it is: at most a thirtieth of the time. */
const OTHERS_EVERY_MS = 250;
const REST_AFTER_OTHERS = 30;
const TOUCH_EVERY_MS = 5_000;
/** Finished and not yet recorded: beyond this the database is behind, and claiming more would only fill the memory. */
const MOST_UNRECORDED = 2_000;

export type PumpOptions = { sql: Sql; send: Send; recorder: Recorder; concurrency: number };

/** Claims as many deliveries as there are free places, sends them side by side, hands them to the recorder. */
export class Pump {
  readonly #options: PumpOptions;
  readonly #configurations: Configurations;
  readonly #schedules: TypeSchedules;
  readonly #crowding: Crowding;
  readonly #budget = new ByteBudget(LARGE_PAYLOAD_BUDGET, PAYLOAD_PATIENCE_MS);
  readonly #stopped = new AbortController();
  /** All jobs that are ours, with the moment they were claimed. */
  readonly #claims = new Map<Job<DeliveryJob>, number>();
  readonly #places: Places<Job<DeliveryJob>>;
  #othersAt = 0;
  #claimedAt = 0;
  #stopping = false;
  #wake: (() => void) | null = null;
  #woken = false;
  #running: Promise<unknown> = Promise.resolve();
  #touching: NodeJS.Timeout | undefined;

  constructor(options: PumpOptions) {
    this.#options = options;
    this.#places = new Places(options.concurrency);
    this.#configurations = new Configurations(options.sql);
    this.#schedules = new TypeSchedules(options.sql);
    this.#crowding = new Crowding(options.sql);
  }

  start(): void {
    this.#touching = setInterval(() => void this.#touch(), TOUCH_EVERY_MS);
    this.#running = this.#run();
  }

  /** Something was queued. */
  wake(): void {
    this.#woken = true;
    this.#wake?.();
  }

  /**
   * Claims nothing more and lets what is on its way finish; what has not after the grace time is cut off, recorded as
   * interrupted, and queued again.
   */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    this.wake();
    await this.#running;
    const cutOff = setTimeout(() => this.#stopped.abort(), graceMs);
    while (this.#claims.size > 0) await this.#rest();
    clearTimeout(cutOff);
    clearInterval(this.#touching);
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      const more = this.#isWorthAClaim() && (await this.#claim());
      if (!more) await this.#rest();
    }
  }

  /** A claim costs the same for one as for many; but a few free places do not wait long for more. */
  #isWorthAClaim(): boolean {
    if (this.#claims.size - this.#places.taken >= MOST_UNRECORDED) return false;
    return this.#places.hasRoom() || (this.#places.free() > 0 && Date.now() - this.#claimedAt >= FEW_PLACES_WAIT_MS);
  }

  /** @returns whether there may be more to claim */
  async #claim(): Promise<boolean> {
    this.#woken = false;
    this.#claimedAt = Date.now();
    try {
      const { jobs, more } = await this.#claimJobs();
      for (const job of jobs) {
        this.#claims.set(job, this.#claimedAt);
        this.#places.take(job);
      }
      if (jobs.length > 0) void this.#takeUp(jobs);
      return more;
    } catch (error) {
      log("warn", "claim", errorFields(error));
      await wait(FLOOR_MS);
      return false;
    }
  }

  /**
   * The oldest first; but a long line of one endpoint that has most places already, and could not use more, does not keep
   * those of others behind it waiting.
   */
  async #claimJobs(): Promise<Claim> {
    const began = performance.now();
    const hog = began < this.#othersAt ? null : this.#places.mostlyTakenBy(({ data }) => data.p);
    if (hog === null) return claimJobs(this.#places.free());
    const { jobs } = await claimJobs(this.#places.free(), hog);
    const now = performance.now();
    this.#othersAt = now + Math.max(OTHERS_EVERY_MS, (now - began) * REST_AFTER_OTHERS);
    return { jobs, more: true };
  }

  async #takeUp(jobs: Job<DeliveryJob>[]): Promise<void> {
    const { sql, send } = this.#options;
    const tools = { sql, send, budget: this.#budget, crowding: this.#crowding, stopped: this.#stopped.signal };
    try {
      const claims = await load(sql, this.#configurations, this.#schedules, jobs);
      for (const [{ job }, delivering] of deliverAll(claims, tools)) void this.#finish(job, delivering);
    } catch (error) {
      log("error", "load", { ...errorFields(error), deliveries: jobs.length });
      for (const job of jobs) void this.#finish(job, decideUnsent(job, error));
    }
  }

  /** Has recorded what became of a claim. One of which nothing is recorded lapses with its heartbeat, and is taken up again. */
  async #finish(job: Job<DeliveryJob>, delivering: Promise<Settlement> | Settlement | null): Promise<void> {
    let settlement: Settlement | null;
    try {
      settlement = await delivering;
    } catch (error) {
      log("error", "deliver", { ...errorFields(error), delivery: formatId("dlv", job.data.d) });
      settlement = decideUnsent(job, error);
    }
    this.#places.giveBack(job);
    if (this.#places.hasRoom()) this.#wake?.();
    if (settlement) await this.#options.recorder.settle(settlement);
    this.#claims.delete(job);
    if (this.#stopping) this.#wake?.();
  }

  async #touch(): Promise<void> {
    const before = Date.now() - TOUCH_EVERY_MS;
    const old = [...this.#claims].flatMap(([job, claimedAt]) => (claimedAt <= before ? [job] : []));
    try {
      await touchJobs(old);
    } catch (error) {
      log("warn", "touch", errorFields(error));
    }
  }

  /** Until enough has finished or something is queued, or the floor has passed. */
  async #rest(): Promise<void> {
    if (this.#woken && this.#places.hasRoom() && !this.#stopping) return;
    const most = this.#places.free() > 0 && !this.#places.hasRoom() ? FEW_PLACES_WAIT_MS : FLOOR_MS;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, most);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
  }
}
