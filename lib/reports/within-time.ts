import { sql } from "drizzle-orm";
import { type Database, db, type Transaction } from "../db.ts";
import { isTimedOut } from "../db-errors.ts";

export type Reader = Database | Transaction;

/** Reads, but no longer than this: null when the database would have taken more time. */
export async function withinTime<Answer>(
  timeoutMs: number,
  read: (reader: Reader) => Promise<Answer>,
): Promise<Answer | null> {
  try {
    return await db().transaction(
      async (tx) => {
        await tx.execute(sql`select set_config('statement_timeout', ${String(Math.ceil(timeoutMs))}, true)`);
        return read(tx);
      },
      { accessMode: "read only" },
    );
  } catch (error) {
    if (isTimedOut(error)) return null;
    throw error;
  }
}
