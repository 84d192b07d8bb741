/** However much changes, a page asks no more often, and rests longer than its answers take to make. */
const REST_FACTOR = 5;

type Ask = () => Promise<unknown>;

/** When to ask: one at a time, and not without a rest, however often one is told to. */
export class Pace {
  readonly #leastGapMs: number;
  #endedAt = Number.NEGATIVE_INFINITY;
  #tookMs = 0;
  #asking = false;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(leastGapMs: number) {
    this.#leastGapMs = leastGapMs;
  }

  restedMs(): number {
    return performance.now() - this.#endedAt;
  }

  /** After the rest that is due; what is told meanwhile is one with it. */
  soon(ask: Ask): void {
    if (this.#timer !== undefined) return;
    const restMs = Math.max(this.#leastGapMs, this.#tookMs * REST_FACTOR) - this.restedMs();
    this.#timer = setTimeout(() => this.now(ask), Math.max(0, restMs));
  }

  now(ask: Ask): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#again = this.#asking;
    if (!this.#asking) void this.#ask(ask);
  }

  /** Forgets what was to be asked, but not that it was. */
  cancel(): void {
    this.#again ||= this.#timer !== undefined || this.#asking;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Asks, if something was still to be asked when it was cancelled. */
  resume(ask: Ask): void {
    if (!this.#again) return;
    this.#again = false;
    this.soon(ask);
  }

  async #ask(ask: Ask): Promise<void> {
    this.#asking = true;
    const beganAt = performance.now();
    await ask();
    this.#endedAt = performance.now();
    this.#tookMs = this.#endedAt - beganAt;
    this.#asking = false;
    this.resume(ask);
  }
}
