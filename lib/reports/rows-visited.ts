import { and, eq, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { type DeliveryFilter, deliveryConditions, isTroubled } from "./delivery-filter.ts";
import type { Reader } from "./within-time.ts";

/**
 * How many rows the database has to look at to answer a filter, as its planner guesses: those that an index cannot rule
 * out. It asks for no row.
 */
export async function rowsVisited(reader: Reader, workspaceId: string, filter: DeliveryFilter): Promise<number> {
  const { endpointId, eventId, from, to } = filter;
  // Without its statuses: the planner would take trouble and failure for a coincidence.
  const ruledOut = and(
    conditionsOf(workspaceId, { endpointId, eventId, from, to }),
    isTroubled(filter) ? eq(delivery.trouble, true) : undefined,
  );
  return plannedRows(reader, delivery, ruledOut);
}

/** How many rows the planner expects. */
export async function plannedRows(reader: Reader, table: PgTable, where: SQL | undefined): Promise<number> {
  const [explained] = await reader.execute<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }>(
    sql`explain (format json) select 1 from ${table} where ${where}`,
  );
  return explained?.["QUERY PLAN"][0].Plan["Plan Rows"] ?? 0;
}

export function conditionsOf(workspaceId: string, filter: DeliveryFilter): SQL {
  return and(...deliveryConditions(workspaceId, filter)) ?? sql`true`;
}
