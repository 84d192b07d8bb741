import { randomUUID } from "node:crypto";
import { connectDirect, queueSql, type Sql } from "../db.ts";
import { errorFields, log } from "../log.ts";
import { beatMessage, LIVE_CHANNEL, LIVE_TOPICS, type LiveTopic, readMessage } from "./channel.ts";

/** Each workspace's streams hear at most so often of changes. */
const GAP_MS = 400;
const BEAT_EVERY_MS = 10_000;
/** So many beats that were not heard mean that nothing is. */
const BEATS_MISSED = 2.5;
/** A process that serves more streams than this has other worries; further tabs ask by themselves. */
const MOST_STREAMS = 2_000;

/** An open stream, as the hub knows it. */
export type Stream = {
  workspaceId: string;
  changed: (topics: LiveTopic[], mark: string) => void;
  /** Whether changes are heard of at all. */
  hearing: (isHearing: boolean) => void;
  end: () => void;
};

/** One LISTEN for all streams of a process. */
export class LiveHub {
  readonly #beatEveryMs: number;
  readonly #streams = new Map<string, Set<Stream>>();
  readonly #counts = new Map<string, number>();
  readonly #dirty = new Map<string, Set<LiveTopic>>();
  readonly #name = randomUUID();
  #size = 0;
  #sql: Sql | null = null;
  #beating: NodeJS.Timeout | undefined;
  #telling: NodeJS.Timeout | undefined;
  #toldAt = Number.NEGATIVE_INFINITY;
  #heardAt = 0;
  #hearing = false;
  #closed = false;
  /** Changes with every LISTEN: what happened before it, nobody counted. */
  #epoch = "none";

  constructor(beatEveryMs = BEAT_EVERY_MS) {
    this.#beatEveryMs = beatEveryMs;
  }

  get isHearing(): boolean {
    return this.#hearing;
  }

  /** Stands for all changes of the workspace that were heard of so far; two that are equal mean that nothing was missed. */
  mark(workspaceId: string): string {
    return `${this.#epoch}-${this.#counts.get(workspaceId) ?? 0}`;
  }

  get hasRoom(): boolean {
    return !this.#closed && this.#size < MOST_STREAMS;
  }

  join(stream: Stream): void {
    const others = this.#streams.get(stream.workspaceId);
    if (others) others.add(stream);
    else this.#streams.set(stream.workspaceId, new Set([stream]));
    this.#size++;
    if (this.#beating === undefined && !this.#closed) this.#start();
  }

  leave(stream: Stream): void {
    const mine = this.#streams.get(stream.workspaceId);
    if (!mine?.delete(stream)) return;
    this.#size--;
    if (mine.size === 0) this.#streams.delete(stream.workspaceId);
  }

  /** Ends every stream, and takes no more. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#beating);
    clearTimeout(this.#telling);
    for (const stream of this.#all()) stream.end();
    await this.#sql?.end({ timeout: 1 });
  }

  #start(): void {
    this.#beating = setInterval(() => this.#beat(), this.#beatEveryMs).unref();
    this.#listen();
  }

  /** The driver listens again by itself when its connection is lost, and calls back each time. */
  #listen(): void {
    this.#heardAt = performance.now();
    const sql = connectDirect();
    this.#sql = sql;
    const listening = () => this.#sql === sql && this.#begin();
    sql
      .listen(LIVE_CHANNEL, (message) => this.#hear(message), listening)
      .catch((error) => this.#closed || log("warn", "live", errorFields(error)));
  }

  #begin(): void {
    this.#epoch = randomUUID().slice(0, 8);
    this.#heardAt = performance.now();
    this.#setHearing(true);
    for (const workspaceId of this.#streams.keys()) this.#mark(workspaceId, LIVE_TOPICS);
  }

  #hear(message: string): void {
    this.#heardAt = performance.now();
    this.#setHearing(true);
    const change = readMessage(message);
    for (const workspaceId of change?.workspaceIds ?? []) this.#mark(workspaceId, [change?.topic ?? "deliveries"]);
  }

  #mark(workspaceId: string, topics: readonly LiveTopic[]): void {
    this.#counts.set(workspaceId, (this.#counts.get(workspaceId) ?? 0) + 1);
    if (!this.#streams.has(workspaceId)) return;
    const dirty = this.#dirty.get(workspaceId);
    if (dirty) for (const topic of topics) dirty.add(topic);
    else this.#dirty.set(workspaceId, new Set(topics));
    this.#telling ??= setTimeout(() => this.#tell(), Math.max(0, this.#toldAt + GAP_MS - performance.now()));
  }

  #tell(): void {
    this.#telling = undefined;
    this.#toldAt = performance.now();
    for (const [workspaceId, topics] of this.#dirty) {
      const mark = this.mark(workspaceId);
      for (const stream of [...(this.#streams.get(workspaceId) ?? [])]) stream.changed([...topics], mark);
    }
    this.#dirty.clear();
  }

  /** A connection on which nothing comes although this process speaks is given up, whatever it says of itself. */
  #beat(): void {
    if (performance.now() - this.#heardAt > BEATS_MISSED * this.#beatEveryMs) {
      this.#setHearing(false);
      this.#sql?.end({ timeout: 0 }).catch(() => {});
      this.#listen();
    }
    queueSql()`select pg_notify(${LIVE_CHANNEL}, ${beatMessage(this.#name)})`.catch(() => {
      // The database is away, and with it whatever could be heard.
      this.#setHearing(false);
    });
  }

  #setHearing(isHearing: boolean): void {
    if (this.#hearing === isHearing) return;
    this.#hearing = isHearing;
    for (const stream of this.#all()) stream.hearing(isHearing);
  }

  #all(): Stream[] {
    return [...this.#streams.values()].flatMap((streams) => [...streams]);
  }
}

// Next compiles lib into its own bundle beside the server's: one hub a process, wherever it is called from.
const holder = globalThis as typeof globalThis & { posthornLive?: LiveHub };

/** This process's hub. It begins to listen with the first stream. */
export function liveHub(): LiveHub {
  holder.posthornLive ??= new LiveHub();
  return holder.posthornLive;
}
