import { and, desc, eq, lte } from "drizzle-orm";
import { receivedCall } from "../../drizzle/schema/console.ts";
import { db } from "../db.ts";
import { newId } from "../ids.ts";
import { errorFields, log } from "../log.ts";

/** Of each endpoint, the newest. */
export const MOST_CALLS_KEPT = 200;
/** Of a request's body. */
const MOST_BODY_BYTES = 65_536;
const WRITTEN_EVERY_MS = 200;
/** What comes in faster than it can be looked at is not kept. */
const MOST_WAITING = 50;

export type NewCall = Omit<typeof receivedCall.$inferInsert, "id" | "bodyBytes">;

/** Writes down what the receiver got, a few times a second, so that a storm of calls costs no more than a shower. */
export class CallRecorder {
  #waiting: ReturnType<typeof rowOf>[] = [];
  #timer: NodeJS.Timeout | null = null;

  note(call: NewCall): void {
    this.#waiting.push(rowOf(call));
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
    this.#timer ??= setTimeout(() => void this.#write(), WRITTEN_EVERY_MS).unref();
  }

  async #write(): Promise<void> {
    const calls = this.#waiting;
    this.#waiting = [];
    this.#timer = null;
    try {
      await db().insert(receivedCall).values(calls);
      for (const endpointId of new Set(calls.map((call) => call.endpointId))) await forgetOldest(endpointId);
    } catch (error) {
      // It is a thing to look at: a call is answered whether it was written down or not.
      log("warn", "received calls", errorFields(error));
    }
  }
}

/** With a copy of what is kept of the body: a part of it would keep the whole in memory. */
function rowOf(call: NewCall) {
  const body = Buffer.from(call.body.subarray(0, MOST_BODY_BYTES));
  return { ...call, id: newId(), bodyBytes: call.body.length, body };
}

async function forgetOldest(endpointId: string): Promise<void> {
  const [oldest] = await db()
    .select({ id: receivedCall.id })
    .from(receivedCall)
    .where(eq(receivedCall.endpointId, endpointId))
    .orderBy(desc(receivedCall.id))
    .offset(MOST_CALLS_KEPT)
    .limit(1);
  if (!oldest) return;
  await db()
    .delete(receivedCall)
    .where(and(eq(receivedCall.endpointId, endpointId), lte(receivedCall.id, oldest.id)));
}
