import type { ItemState } from "./scope.ts";

/** How many of a job's rows are in which state. */
export type Sums = Record<ItemState, number>;

export const NO_SUMS: Sums = { waiting: 0, open: 0, delivered: 0, failed: 0, retrying: 0, discarded: 0, skipped: 0 };

/** Rows that are dealt with. */
export function countOver({ delivered, failed, retrying, discarded, skipped }: Sums): number {
  return delivered + failed + retrying + discarded + skipped;
}
