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

/** What was looked for was not found in the time there was. */
export class TookTooLong extends Error {
  constructor() {
    super("Looking for it took too long");
  }
}

/** The same for whoever has nothing to say without an answer. */
export async function readWithin<Answer>(
  timeoutMs: number,
  read: (reader: Reader) => Promise<Answer>,
): Promise<Answer> {
  const answer = await withinTime(timeoutMs, read);
  if (answer === null) throw new TookTooLong();
  return answer;
}
