import { and, eq, isNull, type SQL } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { endpoint } from "../../drizzle/schema/configuration.ts";
import { bulkJob } from "../../drizzle/schema/console.ts";
import { request, source } from "../../drizzle/schema/inbound.ts";
import { apiKey } from "../../drizzle/schema/people.ts";
import { delivery, event } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { formatId, type IdPrefix, parseId, prefixOf } from "../ids.ts";

/** What a pasted id names: a thing of this workspace, an id of which it has nothing, or no id at all. */
export type Resolved =
  | { result: "found"; kind: "event" | "delivery" | "endpoint" | "source" | "job" | "api_key"; id: string }
  /** Its page lies below its source's. */
  | { result: "found"; kind: "request"; id: string; source: string }
  | { result: "unknown"; prefix: IdPrefix }
  | { result: "not_an_id" };

/** Finds what a pasted id names in this workspace. A stranger's id is unknown. */
export async function resolveId(workspaceId: string, text: string): Promise<Resolved> {
  const pasted = text.trim();
  const prefix = prefixOf(pasted);
  if (!prefix) return { result: "not_an_id" };
  const id = parseId(prefix, pasted);
  const ofSource = id && prefix === "req" && (await sourceOf(workspaceId, id));
  if (ofSource) return { result: "found", kind: "request", id: pasted, source: formatId("src", ofSource) };
  const found = id && (await find(workspaceId, prefix, id));
  return found ? { result: "found", kind: found, id: pasted } : { result: "unknown", prefix };
}

async function find(workspaceId: string, prefix: IdPrefix, id: string) {
  if (prefix === "evt" && (await exists(event, eq(event.workspaceId, workspaceId), eq(event.id, id)))) return "event";
  if (prefix === "dlv" && (await exists(delivery, eq(delivery.workspaceId, workspaceId), eq(delivery.id, id))))
    return "delivery";
  if (prefix === "ep") {
    const live = and(eq(endpoint.workspaceId, workspaceId), isNull(endpoint.deletedAt));
    if (await exists(endpoint, live, eq(endpoint.id, id))) return "endpoint";
  }
  if (prefix === "src") {
    const live = and(eq(source.workspaceId, workspaceId), isNull(source.deletedAt));
    if (await exists(source, live, eq(source.id, id))) return "source";
  }
  if (prefix === "job" && (await exists(bulkJob, eq(bulkJob.workspaceId, workspaceId), eq(bulkJob.id, id))))
    return "job";
  if (prefix === "key" && (await exists(apiKey, eq(apiKey.workspaceId, workspaceId), eq(apiKey.id, id))))
    return "api_key";
  return null;
}

/** Of a request that can still be opened: its page stands below its source's. */
async function sourceOf(workspaceId: string, requestId: string): Promise<string | null> {
  const [found] = await db()
    .select({ id: source.id })
    .from(request)
    .innerJoin(source, eq(source.id, request.sourceId))
    .where(and(eq(request.workspaceId, workspaceId), eq(request.id, requestId), isNull(source.deletedAt)));
  return found?.id ?? null;
}

async function exists(table: PgTable, ...conditions: (SQL | undefined)[]): Promise<boolean> {
  return (await db().$count(table, and(...conditions))) > 0;
}
