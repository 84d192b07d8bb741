import { and, eq, inArray } from "drizzle-orm";
import { endpoint } from "../../drizzle/schema/configuration.ts";
import { db } from "../db.ts";
import { shownUrlColumn } from "../endpoints/shown-url.ts";

/** What a row says about its endpoint. Deleted endpoints keep theirs. */
export type EndpointName = {
  id: string;
  url: string;
  description: string;
  builtIn: boolean;
  deletedAt: Date | null;
  retrySchedule: number[] | null;
};

/** The endpoints of a list's rows, by id: lists read their one table, and this beside it. */
export async function endpointNames(workspaceId: string, ids: string[]): Promise<Map<string, EndpointName>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await db()
    .select({
      id: endpoint.id,
      url: shownUrlColumn,
      description: endpoint.description,
      builtIn: endpoint.builtIn,
      deletedAt: endpoint.deletedAt,
      retrySchedule: endpoint.retrySchedule,
    })
    .from(endpoint)
    .where(and(eq(endpoint.workspaceId, workspaceId), inArray(endpoint.id, wanted)));
  return new Map(rows.map((row) => [row.id, row]));
}
