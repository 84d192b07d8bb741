import { eq, sql } from "drizzle-orm";
import { bulkJobEndpoint } from "../../drizzle/schema/console.ts";
import type { Database, Transaction } from "../db.ts";

/** How many of a job's rows are in which state. */
export type Sums = {
  waiting: number;
  open: number;
  delivered: number;
  failed: number;
  retrying: number;
  discarded: number;
  skipped: number;
};

export const NO_SUMS: Sums = { waiting: 0, open: 0, delivered: 0, failed: 0, retrying: 0, discarded: 0, skipped: 0 };

/** Rows that are dealt with. */
export function countOver({ delivered, failed, retrying, discarded, skipped }: Sums): number {
  return delivered + failed + retrying + discarded + skipped;
}

/** The states as columns, summed. */
export const SUM_COLUMNS = {
  waiting: sum("waiting"),
  open: sum("open"),
  delivered: sum("delivered"),
  failed: sum("failed"),
  retrying: sum("retrying"),
  discarded: sum("discarded"),
  skipped: sum("skipped"),
};

function sum(column: keyof Sums) {
  return sql<number>`coalesce(sum(${bulkJobEndpoint[column]}), 0)::int`;
}

export async function sumsOf(reader: Database | Transaction, jobId: string): Promise<Sums & { over: number }> {
  const [row] = await reader.select(SUM_COLUMNS).from(bulkJobEndpoint).where(eq(bulkJobEndpoint.jobId, jobId));
  const sums = row ?? NO_SUMS;
  return { ...sums, over: countOver(sums) };
}
