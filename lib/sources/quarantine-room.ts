/** What one source's unproven calls may fill in an hour: whoever knows its address can send them. */
export const ROOM_REQUESTS = 25_000;
export const ROOM_BYTES = 512 * 1_024 * 1_024;
const HOUR_MS = 3_600_000;
const MAX_SOURCES = 10_000;

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
