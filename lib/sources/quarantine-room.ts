import { refusal } from "../api/problem.ts";
import { noteRefusedCall } from "../ingest/refused-calls.ts";
import type { OpenSource } from "./open-source.ts";
import { MASK } from "./sealed.ts";
import { INBOUND_PATH } from "./token.ts";

/** What one source's unproven calls may fill in an hour: whoever knows its address can send them. */
export const ROOM_REQUESTS = 25_000;
export const ROOM_BYTES = 512 * 1_024 * 1_024;
const HOUR_MS = 3_600_000;
const MAX_SOURCES = 10_000;

/** How long those left out are counted before somebody is told. */
const TELL_AFTER_MS = 60_000;

type Hour = { since: number; requests: number; bytes: number };

const hours = new Map<string, Hour>();

/** Asks for room for one more call that proved nothing; false when the source has used up its hour. */
export function hasRoom(sourceId: string, bytes: number, now = Date.now()): boolean {
  const hour = hourOf(sourceId, now);
  if (hour.requests >= ROOM_REQUESTS || hour.bytes + bytes > ROOM_BYTES) return false;
  hour.requests++;
  hour.bytes += bytes;
  return true;
}

function hourOf(sourceId: string, now: number): Hour {
  const known = hours.get(sourceId);
  if (known && now - known.since < HOUR_MS) return known;
  if (hours.size >= MAX_SOURCES) for (const [id, { since }] of hours) if (now - since >= HOUR_MS) hours.delete(id);
  const hour = { since: now, requests: 0, bytes: 0 };
  hours.set(sourceId, hour);
  return hour;
}

type LeftOut = { workspaceId: string; name: string; requestId: string; count: number };

const leftOut = new Map<string, LeftOut>();
let timer: NodeJS.Timeout | undefined;

/** Counts a call that was answered and not kept, for the people of its workspace. */
export function noteLeftOut({ id, workspaceId, name }: OpenSource, requestId: string): void {
  leftOut.set(id, { workspaceId, name, requestId, count: (leftOut.get(id)?.count ?? 0) + 1 });
  timer ??= setTimeout(tellLeftOut, TELL_AFTER_MS).unref();
}

/** Notes how many there were among the refused calls; also on the way out. */
export function tellLeftOut(): void {
  clearTimeout(timer);
  timer = undefined;
  for (const { workspaceId, name, requestId, count } of leftOut.values()) {
    const detail = `${name}: ${count} more unverified requests were answered and not kept, its quarantine was full for the hour`;
    noteRefusedCall(
      { workspaceId, apiKeyId: null, path: INBOUND_PATH + MASK, requestId },
      refusal("rate_limited", detail),
    );
  }
  leftOut.clear();
}
