import type { Findings } from "./verdict.ts";

/** How a scenario is to be run. */
export type Order = {
  /** A few hundred or thousand events, to see whether it still holds; not the figures of the table. */
  short: boolean;
  say: (line: string) => void;
};

export type Scenario = {
  /** What it is asked for by. */
  name: string;
  /** What was done to the product, for the table. */
  done: string;
  /** The same, when the short form does less. */
  shortly?: string;
  /** Why it cannot run on this machine; null when it can. */
  missing?: () => string | null;
  run: (order: Order) => Promise<Findings>;
};
