const MOST_REMEMBERED = 5_000;

/** How often somebody was here. Bounded: who has been away the longest is forgotten first. */
export class Visits {
  readonly #seen = new Map<string, number>();

  /** Notes a visit; returns how many there were before it. */
  count(name: string): number {
    const before = this.#seen.get(name) ?? 0;
    this.#seen.delete(name);
    this.#seen.set(name, before + 1);
    const [oldest] = this.#seen.keys();
    if (oldest !== undefined && this.#seen.size > MOST_REMEMBERED) this.#seen.delete(oldest);
    return before;
  }
}
