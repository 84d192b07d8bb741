import type { Outcome } from "../delivery/outcomes.ts";
import type { EndpointName } from "../reports/endpoint-names.ts";
import type { LeftOut } from "./left-out.ts";

export type Share<Of> = Of & { count: number };

/** What a job would run over, broken down. */
export type Preview = {
  /** Rows that match; `more` when there are more than were counted. */
  matching: number;
  more: boolean;
  /** What will be put to work, as far as can be told now; `atMost` where filters or earlier deliveries still have their say. */
  willRun: number;
  atMost: boolean;
  leftOut: Share<{ why: LeftOut }>[];
  byEndpoint: Share<{ endpointId: string; endpoint: EndpointName | null }>[];
  byType: Share<{ type: string }>[];
  /** How the last attempts ended; none of a replay. */
  byError: Share<{ outcome: Outcome | null; statusCode: number | null }>[];
};

/** Summed by a key, the greatest first. */
export function shares<Row extends { count: number }>(rows: Row[], keyOf: (row: Row) => string): Row[] {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    const known = sums.get(keyOf(row));
    sums.set(keyOf(row), known ? { ...known, count: known.count + row.count } : row);
  }
  return [...sums.values()].sort((a, b) => b.count - a.count);
}

export function sumOf(rows: readonly { count: number }[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}
