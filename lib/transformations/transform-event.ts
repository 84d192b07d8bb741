import { createHash } from "node:crypto";
import { EVENT_TYPE_NAME } from "../event-types/name.ts";
import { isJson } from "../formats/content-type.ts";
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
  if (!isJson(event.contentType)) {
    return { result: "failed", problem: `The event's data is ${event.contentType}: only JSON can be transformed` };
  }
  const ran = await runTransformation(owner, {
    code,
    event: eventText(event),
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
function eventText({ id, type, occurredAt, payload, customer, tags }: SourceEvent): string {
  const rest = { id: formatId("evt", id), type, timestamp: occurredAt.toISOString(), customer, tags: tags ?? {} };
  return `${JSON.stringify(rest).slice(0, -1)},"data":${payload.toString("utf8")}}`;
}

/** The same event draws the same random numbers. */
function seedOf(id: string): number {
  return createHash("sha256").update(id).digest().readInt32BE(0);
}
