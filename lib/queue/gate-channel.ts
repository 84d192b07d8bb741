import type { SqlTransaction } from "../db.ts";

/** Where ingest says that deliveries of gated endpoints wait in line. */
export const GATE_CHANNEL = "posthorn_gate";

/** Wakes whoever lets deliveries of gated endpoints out, once the transaction commits. */
export async function announceParked(tx: SqlTransaction): Promise<void> {
  await tx`select pg_notify(${GATE_CHANNEL}, '')`;
}
