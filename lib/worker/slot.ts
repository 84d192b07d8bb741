import { setTimeout as wait } from "node:timers/promises";
import type { Sql } from "../db.ts";
import { errorFields, log } from "../log.ts";

/** Statistics are kept in rows per worker: two with the same number would wait for each other. */
const MOST_WORKERS = 1_000;
const LOOK_EVERY_MS = 5_000;

/** Whose number it is belongs to a connection of the database, and is lost with it. */
type Held = { slot: number; connection: string };
/** A process number alone may come again after a restart. */
const CONNECTION =
  "pg_backend_pid() || '@' || (select backend_start from pg_stat_get_activity(pg_backend_pid())) as connection";

/** The number of this worker among all of this installation: the lowest that no other has, locked by a connection's session. */
export class Slot {
  readonly #direct: Sql;
  #held: Held;

  private constructor(direct: Sql, held: Held) {
    this.#direct = direct;
    this.#held = held;
  }

  static async take(direct: Sql): Promise<Slot> {
    return new Slot(direct, await lowestFree(direct));
  }

  get number(): number {
    return this.#held.slot;
  }

  /** Takes a number anew whenever the connection was lost, as with a restart of the database; another, if its own is taken. */
  async keep(onChange: (slot: number) => void, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await wait(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      try {
        await this.renew(onChange);
      } catch (error) {
        // The next look tries again; the database may just be away.
        log("warn", "worker slot", errorFields(error));
      }
    }
  }

  async renew(onChange: (slot: number) => void): Promise<void> {
    const [now] = await this.#direct<{ connection: string }[]>`select ${this.#direct.unsafe(CONNECTION)}`;
    if (now?.connection === this.#held.connection) return;
    const before = this.#held.slot;
    this.#held = await lowestFree(this.#direct, before);
    if (this.#held.slot !== before) onChange(this.#held.slot);
  }
}

/** @param first tried before all others */
async function lowestFree(direct: Sql, first = 0): Promise<Held> {
  for (const slot of [first, ...Array(MOST_WORKERS).keys()]) {
    const [row] = await direct<{ taken: boolean; connection: string }[]>`
      select pg_try_advisory_lock(hashtext('posthorn.worker'), ${slot}) as taken, ${direct.unsafe(CONNECTION)}`;
    if (row?.taken) return { slot, connection: row.connection };
  }
  throw new Error(`More than ${MOST_WORKERS} workers share this database`);
}
