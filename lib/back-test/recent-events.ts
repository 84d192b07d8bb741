import { hotSql } from "../db.ts";
import { wants } from "../endpoints/subscription-tree.ts";
import type { BackTestInput } from "./input.ts";

type Asked = Pick<BackTestInput, "subscriptions" | "customer" | "limit">;

/** Of rarely sent types, the newest this many events of the workspace are looked through. */
const LOOKED_THROUGH = 5_000;
/** Larger events are left out. */
const MAX_EVENT_BYTES = 262_144;
/** All of them together. */
const MAX_BYTES = 4 * 1_024 * 1_024;

export type RecentEvent = {
  id: string;
  type: string;
  occurredAt: Date;
  customer: string | null;
  tags: Record<string, string> | null;
  contentType: string;
  payload: Buffer;
};

/** The newest real events that such an endpoint would be asked about. */
export async function recentEvents(workspaceId: string, asked: Asked): Promise<RecentEvent[]> {
  const ids = await newestIds(workspaceId, asked);
  if (ids.length === 0) return [];
  return hotSql()<RecentEvent[]>`
    select id, type, occurred_at as "occurredAt", customer, tags, content_type as "contentType", payload from event
    where workspace_id = ${workspaceId} and id = any(${ids}) and id >= ${ids.at(-1) ?? null} and id <= ${ids[0] ?? null}
    order by id desc`;
}

async function newestIds(workspaceId: string, asked: Asked): Promise<string[]> {
  const sql = hotSql();
  const types = await subscribedTypes(workspaceId, asked.subscriptions);
  const rows = await sql<{ id: string; bytes: number }[]>`
    select id, bytes from (
      select id, type, customer, octet_length(payload) as bytes from event
      where workspace_id = ${workspaceId} and not test order by id desc limit ${LOOKED_THROUGH}
    ) as newest
    where bytes <= ${MAX_EVENT_BYTES}
      ${types ? sql`and type = any(${types})` : sql``}
      ${asked.customer === null ? sql`` : sql`and customer = ${asked.customer}`}
    order by id desc limit ${asked.limit}`;
  const ids: string[] = [];
  let left = MAX_BYTES;
  for (const row of rows) {
    left -= row.bytes;
    if (left < 0) break;
    ids.push(row.id);
  }
  return ids;
}

/** The names the subscriptions mean today; null = all. */
async function subscribedTypes(workspaceId: string, subscriptions: string[]): Promise<string[] | null> {
  if (subscriptions.length === 0) return null;
  const rows = await hotSql()<{ name: string }[]>`select name from event_type where workspace_id = ${workspaceId}`;
  return rows.map(({ name }) => name).filter((name) => wants(subscriptions, name));
}
