import type { Locator, Page } from "@playwright/test";

/** A person's hand: counts what it had to do. */
export class Hand {
  clicks = 0;
  fields = 0;
  readonly page: Page;
  readonly #begun = performance.now();

  constructor(page: Page) {
    this.page = page;
  }

  async click(target: Locator): Promise<void> {
    this.clicks++;
    await target.click();
  }

  async fill(target: Locator, text: string): Promise<void> {
    this.fields++;
    await target.fill(text);
  }

  get seconds(): number {
    return (performance.now() - this.#begun) / 1_000;
  }
}
