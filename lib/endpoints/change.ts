import { and, eq, sql } from "drizzle-orm";
import { endpoint, endpointState } from "../../drizzle/schema/configuration.ts";
import { type Author, recordAudit } from "../audit/record.ts";
import { db, type Transaction } from "../db.ts";
import { CLOSED } from "../delivery/circuit.ts";
import { formatId } from "../ids.ts";
import { GATE_CHANNEL } from "../queue/gate-channel.ts";
import { raiseRoutingVersion } from "../workspaces/routing-version.ts";
import { alive } from "./queries.ts";
import { shownUrl } from "./shown-url.ts";

export type StoredEndpoint = typeof endpoint.$inferSelect;

/**
 * What every change of an endpoint has in common: its own version and the workspace's routing version go up in the
 * change's transaction, and what its receiver did so far no longer holds anything back: the change may be the cure.
 * The endpoint's row is locked first, then the workspace's, then its state's, as everywhere. `null` when there is no such
 * endpoint.
 */
export async function changeEndpoint<Result>(
  workspaceId: string,
  id: string,
  change: (tx: Transaction, before: StoredEndpoint) => Promise<Result>,
): Promise<Result | null> {
  return db().transaction(async (tx) => {
    const [before] = await tx
      .update(endpoint)
      .set({ version: sql`${endpoint.version} + 1` })
      .where(and(alive(workspaceId), eq(endpoint.id, id)))
      .returning();
    if (!before) return null;
    await raiseRoutingVersion(tx, workspaceId);
    const result = await change(tx, before);
    // What was held goes out little by little, as after any outage: the change may be none.
    const circuitSince = sql`case when ${endpointState.circuit} <> 'closed' then now() end`;
    await tx
      .update(endpointState)
      .set({ ...CLOSED, circuitSince })
      .where(eq(endpointState.endpointId, id));
    await tx.execute(sql`select pg_notify(${GATE_CHANNEL}, '')`);
    return result;
  });
}

export function auditEndpoint(
  tx: Transaction,
  workspaceId: string,
  author: Author,
  action: string,
  { id, ...address }: Pick<StoredEndpoint, "id" | "url" | "format">,
  detail?: Record<string, unknown>,
): Promise<void> {
  const entry = { action: `endpoint.${action}`, target: formatId("ep", id), targetName: shownUrl(address), detail };
  return recordAudit(tx, workspaceId, author, entry);
}
