import { setTimeout as delay } from "node:timers/promises";
import { Agent, request } from "undici";

/** Longer than the product's own patience with a database that does not answer. */
const ANSWER_WITHIN_MS = 45_000;
const REPEAT_AFTER_MS = 50;
/** One in so many is posted once more after it was acknowledged, as a sender does that lost the answer. */
const POSTED_AGAIN = 20;
const PADDING = "x".repeat(300);

/** A call as it is posted, and what its answer acknowledges. */
export type Call = { path: string; headers: Record<string, string>; body: string };
export type LoadDoor = {
  callOf: (key: string) => Call;
  /** What stands for the call in the journal, when the answer acknowledges it. */
  acknowledged: (status: number, body: string, key: string) => string | null;
};

export type LoadOptions = {
  /** Where the web processes are; a post that failed is repeated at the next one. */
  urls: string[];
  door: LoadDoor;
  events: number;
  /** Posts begun a second; 0 = as fast as they are answered. */
  perSecond: number;
  connections: number;
  /** What its idempotency keys begin with. */
  name: string;
};

/**
 * Posts events under idempotency keys, repeats what was not acknowledged under the same key, and keeps a journal of what
 * was: the measure of what may not be lost.
 */
export class Load {
  /** The id that was acknowledged for each key. */
  readonly journal = new Map<string, string>();
  /** Keys that stood for two events at two times. */
  readonly contradictions: string[] = [];
  /** Answers other than an acknowledgement, by status; 0 = none came. */
  readonly refusals = new Map<number, number>();
  /** Answers of 503 that did not say when to come again. */
  withoutRetryAfter = 0;
  readonly options: LoadOptions;
  readonly #agent: Agent;
  #next = 0;
  #stopped = false;

  constructor(options: LoadOptions) {
    this.options = options;
    this.#agent = new Agent({ connections: options.connections, headersTimeout: ANSWER_WITHIN_MS });
  }

  get acknowledged(): number {
    return this.journal.size;
  }

  /** Resolves when every event is acknowledged, or, once stopped, every event that was begun. */
  async run(): Promise<void> {
    const { events, perSecond, connections } = this.options;
    const begun = performance.now();
    const connection = async () => {
      for (let n = this.#next++; n < events && !this.#stopped; n = this.#next++) {
        if (perSecond > 0) await delay(Math.max(0, begun + (n / perSecond) * 1_000 - performance.now()));
        await this.#postUntilAcknowledged(n);
      }
    };
    await Promise.all(Array.from({ length: connections }, connection));
    await this.#agent.close();
  }

  stop(): void {
    this.#stopped = true;
  }

  async #postUntilAcknowledged(n: number): Promise<void> {
    const key = `${this.options.name}-${n}`;
    for (let tries = n; ; tries++) {
      const id = await this.#post(key, tries);
      if (id && !this.#note(key, id) && n % POSTED_AGAIN === 0) continue;
      if (id) return;
      await delay(REPEAT_AFTER_MS);
    }
  }

  /** @returns whether the key was in the journal already */
  #note(key: string, id: string): boolean {
    const known = this.journal.get(key);
    if (known !== undefined && known !== id) this.contradictions.push(key);
    if (known === undefined) this.journal.set(key, id);
    return known !== undefined;
  }

  async #post(key: string, tries: number): Promise<string | null> {
    const { urls, door } = this.options;
    try {
      const { path, headers, body } = door.callOf(key);
      const answer = await request(`${urls[tries % urls.length]}${path}`, {
        dispatcher: this.#agent,
        method: "POST",
        headers,
        body,
      });
      const text = await answer.body.text();
      const id = door.acknowledged(answer.statusCode, text, key);
      if (id) return id;
      if (answer.statusCode !== 503) throw new Error(`${key} was answered ${answer.statusCode}: ${text}`);
      this.#countRefusal(503);
      if (!answer.headers["retry-after"]) this.withoutRetryAfter++;
    } catch (error) {
      if (error instanceof Error && error.message.startsWith(key)) throw error;
      // Cut off: it is not known whether it was stored, so it is posted again under the same key.
      this.#countRefusal(0);
    }
    return null;
  }

  #countRefusal(status: number): void {
    this.refusals.set(status, (this.refusals.get(status) ?? 0) + 1);
  }
}

/** Apps post events and are told each one's id. */
export function eventsDoor(apiKey: string): LoadDoor {
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  return {
    callOf: (key) => ({
      path: "/api/v1/events",
      headers,
      body: JSON.stringify({ type: "order.created", id: key, data: { key, pad: PADDING } }),
    }),
    acknowledged: (status, body) => (status < 300 ? ((JSON.parse(body) as { id?: string }).id ?? null) : null),
  };
}
