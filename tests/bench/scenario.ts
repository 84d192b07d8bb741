import type { Settings } from "../../lib/run/postgres.ts";
import type { Bench } from "./harness.ts";
import type { Row } from "./report.ts";

/** What a scenario found: its table, what the columns are, and under which circumstances. */
export type Findings = {
  rows: Row[];
  headings: { side: string; against?: string };
  facts: Record<string, unknown>;
};

export type Scenario = {
  /** One line for people who choose. */
  about: string;
  /** It is given up after so long, and everything it started is ended. */
  mostMinutes: number;
  /** Postgres settings on top of the product's. */
  settings?: Settings;
  run: (bench: Bench) => Promise<Findings>;
};
