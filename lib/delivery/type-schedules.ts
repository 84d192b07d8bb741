import type { Sql } from "../db.ts";

/** A changed schedule is used at the latest after this long. */
const KEPT_MS = 2_000;

/** The retry schedules of event types that have one: few, so all of them are kept and read again now and then. */
export class TypeSchedules {
  readonly #sql: Sql;
  #schedules: Promise<Map<string, readonly number[]>> | null = null;
  #readAt = 0;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** By `typeKey`. */
  all(): Promise<Map<string, readonly number[]>> {
    const now = Date.now();
    if (this.#schedules && now - this.#readAt < KEPT_MS) return this.#schedules;
    this.#readAt = now;
    const reading = this.#read();
    this.#schedules = reading;
    reading.catch(() => {
      if (this.#schedules === reading) this.#schedules = null;
    });
    return reading;
  }

  async #read(): Promise<Map<string, readonly number[]>> {
    const rows = await this.#sql<{ workspaceId: string; name: string; schedule: number[] }[]>`
      select workspace_id as "workspaceId", name, retry_schedule as schedule from event_type
      where retry_schedule is not null`;
    return new Map(rows.map(({ workspaceId, name, schedule }) => [typeKey(workspaceId, name), schedule]));
  }
}

export function typeKey(workspaceId: string, name: string): string {
  return `${workspaceId} ${name}`;
}
