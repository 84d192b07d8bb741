import { eq, sql } from "drizzle-orm";
import { bulkJobEndpoint } from "../../drizzle/schema/console.ts";
import type { Database, Transaction } from "../db.ts";
import { countOver, NO_SUMS, type Sums } from "./sums.ts";

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
