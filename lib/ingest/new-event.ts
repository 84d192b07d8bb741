import { hash } from "node:crypto";
import type { FieldProblem, ProblemCode } from "../api/problem.ts";

/** The inbound call that an event came with. */
export type Origin = {
  sourceId: string;
  requestId: string;
  /** What the provider repeats when it sends the event again; null = it cannot be told, or shall not count. */
  dedupeKey: string | null;
  /** Headers that travel on to endpoints, lower-case names. */
  forwarded: [string, string][];
};

/** An event on its way in, from a door or a test send. */
export type NewEvent = {
  workspaceId: string;
  type: string;
  /** Exactly the bytes that will be kept. */
  data: Buffer;
  contentType?: string;
  occurredAt?: Date;
  customer?: string;
  tags?: Record<string, string>;
  /** Events with the same one reach endpoints with strict ordering one after the other. */
  orderingKey?: string;
  /** Not before this moment. */
  deliverAt?: Date;
  idempotencyKey?: string;
  /** SHA-256 of what the call asked for; made from the fields when it is absent. */
  fingerprint?: Buffer;
  test?: boolean;
  /** A provider's words are not ours to refuse: its event types are made as they come, and schemas only warn. */
  origin?: Origin;
  /** Only these endpoints, whatever they subscribe to and whatever the type's rules say: a test send. */
  endpointIds?: string[];
};

export type Acceptance =
  | { result: "accepted"; eventId: string; deliveryIds: string[] }
  | { result: "duplicate"; eventId: string }
  | { result: "refused"; code: ProblemCode; detail: string; errors?: FieldProblem[] };

/** What two calls with the same key must have in common to be the same call. */
export function fingerprintOf(event: NewEvent): Buffer {
  if (event.fingerprint) return event.fingerprint;
  // A provider's id says that it is the same, whatever else has changed in between, such as a count of its attempts.
  if (event.origin) return hash("sha256", event.origin.dedupeKey ?? "", "buffer");
  const tags = Object.entries(event.tags ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const fields: unknown[] = [event.type, event.customer ?? null, event.occurredAt ?? null, tags];
  // Only where they are used: the fingerprints of all other calls stay what they were.
  const { orderingKey = null, deliverAt = null, contentType = null } = event;
  if (orderingKey !== null || deliverAt || contentType !== null) fields.push(orderingKey, deliverAt, contentType);
  return hash("sha256", Buffer.concat([Buffer.from(`${JSON.stringify(fields)}\n`), event.data]), "buffer");
}
