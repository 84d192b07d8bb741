import type { Sql } from "../../db.ts";
import { newId } from "../../ids.ts";

const LEASE_SECONDS = 4;
/** Our clock and the database's run side by side; we stop believing in the lease a little earlier. */
const MARGIN_MS = 500;

/**
 * A task that one worker has at a time. Unlike a lock of a session, it passes on when its holder stands still or its
 * connection hangs; what is done under it must bear two holders for a moment.
 */
export class Lease {
  readonly #sql: Sql;
  readonly #name: string;
  readonly #holder = newId();
  #until = 0;

  constructor(sql: Sql, name: string) {
    this.#sql = sql;
    this.#name = name;
  }

  get isMine(): boolean {
    return performance.now() < this.#until;
  }

  /** Takes or renews it. */
  async take(): Promise<boolean> {
    const asked = performance.now();
    const rows = await this.#sql`
      insert into lease as mine (name, holder, until)
      values (${this.#name}, ${this.#holder}, now() + ${LEASE_SECONDS} * interval '1 second')
      on conflict (name) do update set holder = excluded.holder, until = excluded.until
        where mine.holder = excluded.holder or mine.until < now()
      returning name`;
    this.#until = rows.length > 0 ? asked + LEASE_SECONDS * 1_000 - MARGIN_MS : 0;
    return rows.length > 0;
  }

  async giveUp(): Promise<void> {
    this.#until = 0;
    await this.#sql`delete from lease where name = ${this.#name} and holder = ${this.#holder}`;
  }
}
