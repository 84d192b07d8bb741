import type { SqlTransaction } from "../db.ts";

/** Where anybody says that deliveries may be let out: the ids of their endpoints, or nothing, which means any. */
export const GATE_CHANNEL = "posthorn_gate";

/** A NOTIFY carries fewer than 8,000 bytes. */
const MOST_NAMED = 200;

/** Wakes whoever lets deliveries of gated endpoints out, once the transaction commits. */
export async function announceParked(tx: SqlTransaction, endpointIds: readonly string[] = []): Promise<void> {
  const message = endpointIds.length > MOST_NAMED ? "" : endpointIds.join(",");
  await tx`select pg_notify(${GATE_CHANNEL}, ${message})`;
}

/** The endpoints a message names; none means any. */
export function namedEndpoints(message: string): string[] {
  return message === "" ? [] : message.split(",");
}
