/** A call that takes longer waits for its receiver, and costs no more than a socket. */
const LONG_MS = 1_000;
const RECOUNT_EVERY_MS = 100;
/** Long calls beside the usual number of places: beyond them memory would count. */
const MOST_LONG = 2;

/**
 * How many deliveries a worker sends at once. Long calls give their places to others, up to a bound: receivers that all
 * hang at the same time must not keep a worker from those that answer.
 */
export class Places<Holder extends object = object> {
  readonly #total: number;
  /** In the order in which they began. */
  readonly #taken = new Map<Holder, number>();
  #long = 0;
  #countedAt = Number.NEGATIVE_INFINITY;

  constructor(total: number) {
    this.#total = total;
  }

  get taken(): number {
    return this.#taken.size;
  }

  take(holder: Holder, now = performance.now()): void {
    this.#taken.set(holder, now);
  }

  giveBack(holder: Holder): void {
    if (this.#taken.delete(holder) && this.#long > this.#taken.size) this.#long = this.#taken.size;
  }

  free(now = performance.now()): number {
    if (now - this.#countedAt >= RECOUNT_EVERY_MS) this.#recount(now);
    return this.#total + Math.min(this.#long, MOST_LONG * this.#total) - this.#taken.size;
  }

  /** Whether enough is free for a claim that is worth its cost. */
  hasRoom(now = performance.now()): boolean {
    return this.free(now) >= this.#total / 4;
  }

  /** Whose holders have at least half of all places; null when nobody does. */
  mostlyTakenBy(ownerOf: (holder: Holder) => string): string | null {
    if (this.#taken.size < this.#total / 2) return null;
    const counts = new Map<string, number>();
    for (const holder of this.#taken.keys()) {
      const owner = ownerOf(holder);
      const count = (counts.get(owner) ?? 0) + 1;
      if (count >= this.#total / 2) return owner;
      counts.set(owner, count);
    }
    return null;
  }

  #recount(now: number): void {
    this.#countedAt = now;
    this.#long = 0;
    for (const since of this.#taken.values()) {
      if (now - since < LONG_MS) return;
      this.#long++;
    }
  }
}
