type Waiting = { bytes: number; answer: (taken: boolean) => void; timer: NodeJS.Timeout };

/** Bounds how many bytes are held at once; who asks for more waits its turn, but not for ever. */
export class ByteBudget {
  #free: number;
  readonly #total: number;
  readonly #patienceMs: number;
  readonly #waiting: Waiting[] = [];

  constructor(total: number, patienceMs: number) {
    this.#total = total;
    this.#free = total;
    this.#patienceMs = patienceMs;
  }

  /** Takes so many bytes as soon as they are free; false when they were not in time. More than there are in all counts as all. */
  take(bytes: number): Promise<boolean> {
    return new Promise((answer) => {
      const timer = setTimeout(() => this.#giveUp(waiting), this.#patienceMs);
      const waiting = { bytes: Math.min(bytes, this.#total), answer, timer };
      this.#waiting.push(waiting);
      this.#serve();
    });
  }

  giveBack(bytes: number): void {
    this.#free += Math.min(bytes, this.#total);
    this.#serve();
  }

  #giveUp(waiting: Waiting): void {
    this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
    waiting.answer(false);
    // Who stood behind it may ask for less.
    this.#serve();
  }

  #serve(): void {
    for (let next = this.#waiting[0]; next && next.bytes <= this.#free; next = this.#waiting[0]) {
      this.#waiting.shift();
      clearTimeout(next.timer);
      this.#free -= next.bytes;
      next.answer(true);
    }
  }
}
