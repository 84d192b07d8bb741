import type { Refusal } from "../api/problem.ts";
import { hotSql } from "../db.ts";
import { newId } from "../ids.ts";
import { errorFields, log } from "../log.ts";

export const MAX_REFUSED_CALLS = 1_000;
const WRITE_AFTER_MS = 500;
/** What one round writes at most: a client that is refused in a loop must not fill memory, nor the database. */
const MAX_PENDING = 500;
const MAX_DETAIL_LENGTH = 500;

export type RefusedCall = { workspaceId: string; apiKeyId: string | null; path: string; requestId: string };
type Row = RefusedCall & { id: string; code: string; detail: string };

let pending: Row[] = [];
let timer: NodeJS.Timeout | undefined;

/** Notes an ingest call that was refused, for the people of its workspace. Bodies are not kept. Never waits, never fails. */
export function noteRefusedCall(call: RefusedCall, { code, detail }: Refusal): void {
  if (pending.length >= MAX_PENDING) return;
  const storable = detail.toWellFormed().replaceAll("\0", "\u2400").slice(0, MAX_DETAIL_LENGTH);
  pending.push({ ...call, id: newId(), code, detail: storable });
  timer ??= setTimeout(writeRefusedCalls, WRITE_AFTER_MS).unref();
}

/** Writes what was noted and forgets each workspace's oldest beyond the bound. Also on the way out. */
export async function writeRefusedCalls(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const rows = pending;
  pending = [];
  if (rows.length === 0) return;
  try {
    await insertRows(rows);
  } catch (error) {
    // The log of refused calls is a help, not a promise; the callers have their answers.
    log("warn", "refused-calls", errorFields(error));
  }
}

async function insertRows(rows: Row[]): Promise<void> {
  const workspaceIds = [...new Set(rows.map(({ workspaceId }) => workspaceId))].sort();
  await hotSql().begin(async (tx) => {
    await tx`
      insert into refused_call (id, workspace_id, api_key_id, code, detail, path, request_id)
      select r.* from unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.workspaceId)}::uuid[],
        ${rows.map((row) => row.apiKeyId)}::uuid[], ${rows.map((row) => row.code)}::text[],
        ${rows.map((row) => row.detail)}::text[], ${rows.map((row) => row.path)}::text[],
        ${rows.map((row) => row.requestId)}::text[]) as r (id, workspace_id, api_key_id, code, detail, path, request_id)
      join workspace w on w.id = r.workspace_id`;
    for (const workspaceId of workspaceIds) {
      await tx`
        delete from refused_call where workspace_id = ${workspaceId} and id <= (
          select id from refused_call where workspace_id = ${workspaceId}
          order by id desc offset ${MAX_REFUSED_CALLS} limit 1)`;
    }
  });
}
