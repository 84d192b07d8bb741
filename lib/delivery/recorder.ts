import { setTimeout as wait } from "node:timers/promises";
import type { Sql } from "../db.ts";
import { isDataError, isDeadlock } from "../db-errors.ts";
import { formatId } from "../ids.ts";
import { announceChange } from "../live/announce.ts";
import { errorFields, log } from "../log.ts";
import { logAttempts } from "./attempt-log.ts";
import type { Releaser } from "./gate/releaser.ts";
import { endpointsAtGate } from "./gate/wake.ts";
import { record } from "./record.ts";
import type { Settlement } from "./settlement.ts";

const MOST_AT_ONCE = 500;
const MOST_BYTES_AT_ONCE = 8 * 1_024 * 1_024;
const LANES = 2;
const REPEAT_AFTER_MS = 250;

type Entry = { settlement: Settlement; bytes: number; done: () => void };

/** Group commit: whatever has finished while a transaction ran shares the next one. */
export class Recorder {
  readonly #sql: Sql;
  #firstSlot: number;
  readonly #releaser: Releaser | null;
  readonly #entries: Entry[] = [];
  readonly #freeLanes = Array.from({ length: LANES }, (_, lane) => lane);

  /** @param worker which of the installation's workers this is; its lanes write rows of statistics of their own */
  constructor(sql: Sql, worker: number, releaser: Releaser | null = null) {
    this.#sql = sql;
    this.#releaser = releaser;
    this.#firstSlot = worker * LANES;
  }

  /** The worker has another number now. */
  moveTo(worker: number): void {
    this.#firstSlot = worker * LANES;
  }

  /** Resolves once it is recorded, or another worker has taken the job over. */
  settle(settlement: Settlement): Promise<void> {
    return new Promise((done) => {
      this.#entries.push({ settlement, bytes: bytesOf(settlement), done });
      setImmediate(() => this.#start());
    });
  }

  #start(): void {
    if (this.#entries.length === 0) return;
    const lane = this.#freeLanes.pop();
    if (lane === undefined) return;
    const batch = this.#nextBatch();
    void this.#write(
      batch.map(({ settlement }) => settlement),
      lane,
    ).then(() => {
      this.#freeLanes.push(lane);
      for (const { done } of batch) done();
      this.#start();
    });
  }

  #nextBatch(): Entry[] {
    let bytes = 0;
    let count = 0;
    while (count < Math.min(this.#entries.length, MOST_AT_ONCE) && bytes < MOST_BYTES_AT_ONCE) {
      bytes += this.#entries[count]?.bytes ?? 0;
      count++;
    }
    return this.#entries.splice(0, count);
  }

  /** Ends when all are recorded or given up: data that Postgres refuses is narrowed down, anything else is repeated. */
  async #write(settlements: Settlement[], lane: number): Promise<void> {
    for (let deadlocks = 0; ; ) {
      try {
        const releaser = this.#releaser?.isElected ? this.#releaser : null;
        const recorded = await record(this.#sql, settlements, this.#firstSlot + lane, releaser === null);
        if (releaser) wakeFor(releaser, recorded);
        for (const { workspaceId } of recorded) announceChange(workspaceId);
        return logAttempts(recorded, settlements.length - recorded.length);
      } catch (error) {
        if (isDataError(error)) return this.#narrow(settlements, lane, error);
        if (isDeadlock(error) && deadlocks++ === 0) continue;
        log("warn", "record", { ...errorFields(error), settlements: settlements.length });
        await wait(REPEAT_AFTER_MS);
      }
    }
  }

  async #narrow(settlements: Settlement[], lane: number, error: unknown): Promise<void> {
    const [only, ...more] = settlements;
    if (!only) return;
    if (more.length > 0) {
      const middle = Math.ceil(settlements.length / 2);
      await this.#write(settlements.slice(0, middle), lane);
      return this.#write(settlements.slice(middle), lane);
    }
    const bare = withoutText(only);
    log("error", "record", {
      ...errorFields(error),
      delivery: formatId("dlv", only.job.data.d),
      givenUp: bare === only,
    });
    // Its job stays claimed, is taken up again after the heartbeat, and ends by the rule for poison.
    if (bare !== only) await this.#write([bare], lane);
  }
}

function wakeFor(releaser: Releaser, settlements: Settlement[]): void {
  const endpointIds = endpointsAtGate(settlements);
  if (endpointIds.length > 0) releaser.wake(endpointIds);
}

function bytesOf({ attempts }: Settlement): number {
  return attempts.reduce((sum, { responseBody }) => sum + (responseBody?.length ?? 0), 1_024);
}

const UNSTORABLE = "What the receiver answered could not be stored";

/** The same attempts without anything a receiver wrote; itself when that was tried already. */
function withoutText(settlement: Settlement): Settlement {
  const { attempts } = settlement;
  if (attempts.length === 0 || attempts.every(({ detail }) => detail === UNSTORABLE)) return settlement;
  const bare = { requestHeaders: null, responseHeaders: null, responseBody: null, detail: UNSTORABLE };
  return { ...settlement, attempts: attempts.map((attempt) => ({ ...attempt, ...bare })) };
}
