import { createHash } from "node:crypto";
import { readableText } from "../bodies/readable.ts";
import { EVENT_TYPE_NAME } from "../event-types/name.ts";
import { formatId } from "../ids.ts";
import { type Owner, runTransformation } from "./pool.ts";

/** An event as it is stored. */
export type SourceEvent = {
  id: string;
  type: string;
  occurredAt: Date;
  customer: string | null;
  tags: Record<string, string> | null;
  contentType: string;
  payload: Buffer;
};

/** What becomes of an event. `failed` says why in a sentence; `busy`: ask again later. */
export type Transformed =
  | { result: "rewritten"; type: string; contentType: string; payload: Buffer }
  | { result: "dropped" }
  | { result: "failed"; problem: string }
  | { result: "busy" };

/** Runs a transformation on an event; workspaces take turns, and within one its endpoints. */
export async function transformEvent(owner: Owner, code: string, event: SourceEvent): Promise<Transformed> {
  const data = readableText(event.payload, event.contentType);
  if (data === null) {
    const problem = `The event's data is ${event.contentType}, which has no fields: only JSON, forms and XML can be transformed`;
    return { result: "failed", problem };
  }
  const ran = await runTransformation(owner, {
    code,
    event: eventText(event, data),
    now: event.occurredAt.getTime(),
    seed: seedOf(event.id),
  });
  if (ran.result !== "returned") return ran;
  if (ran.type !== null && !EVENT_TYPE_NAME.test(ran.type)) {
    return {
      result: "failed",
      problem: "It returned a type that no event type can have: use letters, digits, . _ and -",
    };
  }
  const type = ran.type ?? event.type;
  return { result: "rewritten", type, contentType: "application/json", payload: Buffer.from(ran.data) };
}

/** What `transform` is called with, as JSON. */
function eventText({ id, type, occurredAt, customer, tags }: SourceEvent, data: string): string {
  const rest = { id: formatId("evt", id), type, timestamp: occurredAt.toISOString(), customer, tags: tags ?? {} };
  return `${JSON.stringify(rest).slice(0, -1)},"data":${data}}`;
}

/** The same event draws the same random numbers. */
function seedOf(id: string): number {
  return createHash("sha256").update(id).digest().readInt32BE(0);
}
