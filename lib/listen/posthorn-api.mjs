import { setTimeout as delay } from "node:timers/promises";

/** What a person can put right; its message is the sentence. */
export class Refusal extends Error {}

/** Posthorn keeps a call that waits for 20 s at most. */
const PATIENCE_MS = 30_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/**
 * @typedef {{ id: string, receivedAt: string, method: string, path: string, verdict: string, type: string | null,
 *   providerAttempt: number | null }} Row
 * @typedef {Row & { headers: [string, string][], body: string | null, sourceName: string | null }} Detail
 * @typedef {{ url: URL, key: string }} Where
 */

/** Posthorn's REST API, asked until it answers: while it restarts, this waits. */
export class PosthornApi {
  #where;
  #signal;
  #tell;
  #isAway = false;

  /** @param {Where} where @param {AbortSignal} signal @param {(sentence: string) => void} tell */
  constructor(where, signal, tell) {
    this.#where = where;
    this.#signal = signal;
    this.#tell = tell;
  }

  /** @param {string} path @returns {Promise<any>} null = there is no such thing */
  async get(path) {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      const asked = await this.#ask(path);
      if ("answer" in asked) {
        if (this.#isAway) this.#tell("Posthorn is back");
        this.#isAway = false;
        return asked.answer;
      }
      if (!this.#isAway) this.#tell(`${asked.trouble}: trying again until it does`);
      this.#isAway = true;
      await delay(pauseMs, undefined, { signal: this.#signal });
    }
  }

  /** @param {string} path @returns {Promise<{ answer: unknown } | { trouble: string }>} */
  async #ask(path) {
    const { url, key } = this.#where;
    try {
      const response = await fetch(new URL(`api/v1${path}`, `${url.href.replace(/\/*$/, "")}/`), {
        headers: { authorization: `Bearer ${key}`, accept: "application/json" },
        signal: AbortSignal.any([this.#signal, AbortSignal.timeout(PATIENCE_MS)]),
        redirect: "error",
      });
      return await this.#read(response);
    } catch (error) {
      if (error instanceof Refusal || this.#signal.aborted) throw error;
      return { trouble: `Posthorn does not answer at ${url.origin} (${reasonOf(error)})` };
    }
  }

  /** @param {Response} response @returns {Promise<{ answer: unknown } | { trouble: string }>} */
  async #read(response) {
    const { status } = response;
    if (status >= 500 || status === 429) {
      await response.body?.cancel();
      return { trouble: `Posthorn cannot answer now (${status})` };
    }
    if (!/json/.test(response.headers.get("content-type") ?? "")) {
      throw new Refusal(`What answers at ${this.#where.url.origin} is not Posthorn: set --url`);
    }
    const answer = /** @type {any} */ (await response.json());
    if (status === 404) return { answer: null };
    if (response.ok) return { answer };
    throw new Refusal(`Posthorn refuses (${status}): ${answer.detail}`);
  }
}

/** @param {unknown} error */
export function reasonOf(error) {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") return cause.code;
    if (cause.name === "TimeoutError") return "timeout";
  }
  return error instanceof Error ? error.message : String(error);
}
