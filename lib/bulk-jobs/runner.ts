import { setTimeout as wait } from "node:timers/promises";
import type { Sql } from "../db.ts";
import { Lease } from "../delivery/gate/lease.ts";
import { formatId } from "../ids.ts";
import { announceChange } from "../live/announce.ts";
import { errorFields, log } from "../log.ts";
import { collectWindow } from "./collect.ts";
import { finishJob } from "./finish.ts";
import { takeTurn } from "./turn.ts";

/** What nobody announced (a worker that took over, a pace) is found within this time. */
const LOOK_EVERY_MS = 1_000;
/** Between two rounds in which something moved. */
const BUSY_REST_MS = 100;
/** A line that stands still, because its endpoint is held or slow, is looked at less and less often. */
const LONGEST_PAUSE_MS = 4_000;
const TURNS_AT_ONCE = 3;
/** Lines about which something is remembered between turns. */
const MOST_REMEMBERED = 10_000;

type Job = { id: string; workspaceId: string; counting: boolean };
type Pause = { until: number; ms: number };

/** Carries bulk jobs out, line by line and a bounded window at a time, on the one worker that has the lease. */
export class BulkJobRunner {
  readonly #sql: Sql;
  readonly #lease: Lease;
  readonly #pauses = new Map<string, Pause>();
  #renewAt = 0;
  #wake: (() => void) | null = null;
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(sql: Sql) {
    this.#sql = sql;
    this.#lease = new Lease(sql, "bulk jobs");
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wake?.();
    await this.#running;
  }

  /** A job was started, stopped or continued. */
  wake(): void {
    this.#pauses.clear();
    this.#wake?.();
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      let moved = 0;
      try {
        const jobs = await listUnfinished(this.#sql);
        if (jobs.length > 0 && (await this.#isMyTask())) for (const job of jobs) moved += await this.#tell(job);
      } catch (error) {
        // The next round tries again; the database may just be away.
        log("warn", "bulk jobs", errorFields(error));
      }
      await this.#rest(moved > 0 ? BUSY_REST_MS : LOOK_EVERY_MS);
    }
    await this.#lease.giveUp().catch(() => {});
  }

  async #isMyTask(): Promise<boolean> {
    if (performance.now() < this.#renewAt && this.#lease.isMine) return true;
    this.#renewAt = performance.now() + LOOK_EVERY_MS;
    return this.#lease.take();
  }

  async #tell(job: Job): Promise<number> {
    const moved = await this.#advance(job);
    if (moved > 0) announceChange(job.workspaceId, "jobs");
    return moved;
  }

  /** What is wrong with one job holds up no other. */
  async #advance({ id, workspaceId, counting }: Job): Promise<number> {
    try {
      const moved = counting ? await this.#count(id) : await this.#takeTurns(id);
      const finished = !counting && (await finishJob(this.#sql, id));
      if (moved > 0 || finished) announceChange(workspaceId, "jobs");
      if (moved > 0) announceChange(workspaceId);
      return moved;
    } catch (error) {
      log("warn", "bulk job", { ...errorFields(error), job: formatId("job", id) });
      return 0;
    }
  }

  async #count(id: string): Promise<number> {
    const until = performance.now() + LOOK_EVERY_MS / 2;
    while (await collectWindow(id)) {
      if (performance.now() > until || this.#stop.signal.aborted) break;
    }
    return 1;
  }

  async #takeTurns(jobId: string): Promise<number> {
    const lines = await listLines(this.#sql, jobId);
    const due = lines.filter((endpointId) => this.#isDue(`${jobId} ${endpointId}`));
    let moved = 0;
    const next = async () => {
      for (let line = due.shift(); line !== undefined; line = due.shift()) {
        if (this.#stop.signal.aborted || !(await this.#isMyTask())) return;
        moved += await this.#turn(jobId, line);
      }
    };
    await Promise.all(Array.from({ length: TURNS_AT_ONCE }, next));
    return moved;
  }

  async #turn(jobId: string, endpointId: string): Promise<number> {
    const { moved } = await takeTurn(this.#sql, jobId, endpointId).catch((error) => {
      log("warn", "bulk job", {
        ...errorFields(error),
        job: formatId("job", jobId),
        endpoint: formatId("ep", endpointId),
      });
      return { moved: 0 };
    });
    this.#remember(`${jobId} ${endpointId}`, moved);
    return moved;
  }

  #isDue(line: string): boolean {
    return performance.now() >= (this.#pauses.get(line)?.until ?? 0);
  }

  #remember(line: string, moved: number): void {
    const before = this.#pauses.get(line)?.ms ?? BUSY_REST_MS;
    this.#pauses.delete(line);
    if (moved > 0) return;
    // Forgetting costs one look more per line.
    if (this.#pauses.size >= MOST_REMEMBERED) this.#pauses.clear();
    const ms = Math.min(before * 2, LONGEST_PAUSE_MS);
    this.#pauses.set(line, { until: performance.now() + ms, ms });
  }

  async #rest(ms: number): Promise<void> {
    if (this.#stop.signal.aborted) return;
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    // Rejects only when the signal comes, which ends the loop.
    await Promise.race([woken, wait(ms, undefined, { signal: this.#stop.signal }).catch(() => {})]);
    this.#wake = null;
  }
}

/** Jobs with something left to do: also stopped ones, of which calls are on their way or rows must be taken back. */
async function listUnfinished(sql: Sql): Promise<Job[]> {
  return sql<Job[]>`
    select j.id, j.workspace_id as "workspaceId", j.status = 'counting' as counting from bulk_job j
    where j.status in ('counting', 'running')
      or (j.status = 'stopped' and exists (select from bulk_job_endpoint e where e.job_id = j.id and e.open > 0))
    order by j.id`;
}

async function listLines(sql: Sql, jobId: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select e.endpoint_id as id from bulk_job_endpoint e join bulk_job j on j.id = e.job_id
    where e.job_id = ${jobId} and e.waiting + e.open > 0 and (e.open > 0 or j.status = 'running')
    order by e.endpoint_id`;
  return rows.map(({ id }) => id);
}
