import type { Sql } from "../../db.ts";
import { formatId } from "../../ids.ts";
import { errorFields, log } from "../../log.ts";

/** Claims read it anew each time, so once a second says enough. */
const NOTED_EVERY_MS = 1_000;
const MOST_NOTED = 10_000;

/** Keeps on record which endpoints could not take what they were sent: until their lines are short, they stand at the gate. */
export class Crowding {
  readonly #sql: Sql;
  readonly #noted = new Map<string, number>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async note(endpointId: string): Promise<void> {
    const now = performance.now();
    if (now - (this.#noted.get(endpointId) ?? Number.NEGATIVE_INFINITY) < NOTED_EVERY_MS) return;
    // Forgetting costs one more statement per endpoint.
    if (this.#noted.size >= MOST_NOTED) this.#noted.clear();
    this.#noted.set(endpointId, now);
    try {
      await this.#sql`
        insert into endpoint_state as state (endpoint_id, crowded_since)
        select id, now() from endpoint where id = ${endpointId}
        on conflict (endpoint_id) do update set crowded_since = excluded.crowded_since where state.crowded_since is null`;
    } catch (error) {
      // It is parked all the same, and let out in its turn.
      log("warn", "crowding", { ...errorFields(error), endpoint: formatId("ep", endpointId) });
    }
  }
}
