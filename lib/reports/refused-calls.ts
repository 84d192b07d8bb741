import { and, eq, inArray } from "drizzle-orm";
import { apiKey } from "../../drizzle/schema/people.ts";
import { refusedCall } from "../../drizzle/schema/traffic.ts";
import { db } from "../db.ts";
import { idTime } from "../ids.ts";
import { type Page, type Paged, paged, pageLimit, pageOrder, withinPage } from "./page.ts";

/** Ingest calls that were refused, newest first, each with the key that made it. */
export async function listRefusedCalls(workspaceId: string, filter: { code?: string | null }, page: Page = {}) {
  const read = await db()
    .select()
    .from(refusedCall)
    .where(
      and(
        eq(refusedCall.workspaceId, workspaceId),
        filter.code ? eq(refusedCall.code, filter.code) : undefined,
        withinPage(refusedCall.id, page),
      ),
    )
    .orderBy(pageOrder(refusedCall.id, page))
    .limit(pageLimit(page));
  const { rows, ...cursors } = paged(read, page);
  const keys = await keyNames(
    workspaceId,
    rows.flatMap((row) => row.apiKeyId ?? []),
  );
  const named = rows.map((row) => ({ ...row, at: idTime(row.id), key: keys.get(row.apiKeyId ?? "") ?? null }));
  return { rows: named, ...cursors } satisfies Paged<{ id: string }>;
}
export type RefusedCallRow = Awaited<ReturnType<typeof listRefusedCalls>>["rows"][number];

export function countRefusedCalls(workspaceId: string): Promise<number> {
  return db().$count(refusedCall, eq(refusedCall.workspaceId, workspaceId));
}

async function keyNames(workspaceId: string, ids: string[]) {
  if (ids.length === 0) return new Map<string, { name: string; lastFour: string }>();
  const rows = await db()
    .select({ id: apiKey.id, name: apiKey.name, lastFour: apiKey.lastFour })
    .from(apiKey)
    .where(and(eq(apiKey.workspaceId, workspaceId), inArray(apiKey.id, ids)));
  return new Map(rows.map(({ id, ...key }) => [id, key]));
}
