/** Bounds how many bytes are held at once; who asks for more waits its turn. */
export class ByteBudget {
  #free: number;
  readonly #total: number;
  readonly #waiting: { bytes: number; go: () => void }[] = [];

  constructor(total: number) {
    this.#total = total;
    this.#free = total;
  }

  /** Resolves when so many bytes are free, and takes them. More than there are in all counts as all. */
  take(bytes: number): Promise<void> {
    return new Promise((go) => {
      this.#waiting.push({ bytes: Math.min(bytes, this.#total), go });
      this.#serve();
    });
  }

  giveBack(bytes: number): void {
    this.#free += Math.min(bytes, this.#total);
    this.#serve();
  }

  #serve(): void {
    for (let next = this.#waiting[0]; next && next.bytes <= this.#free; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#free -= next.bytes;
      next.go();
    }
  }
}
