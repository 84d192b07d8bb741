import { fromUUID, toUUID } from "typeid-js";
import { uuidv7 } from "uuidv7";

/** What an id names; the prefix people see (`evt_…`). */
export const ID_PREFIXES = [
  "ws",
  "evt",
  "ep",
  "dlv",
  "src",
  "req",
  "cus",
  "job",
  "key",
  "usr",
  "inv",
  "ses",
  "vw",
  "try",
  "tpl",
] as const;
export type IdPrefix = (typeof ID_PREFIXES)[number];

/** A new UUIDv7, monotonic within this process: ids sort by the order in which they were made. */
export function newId(): string {
  return uuidv7();
}

/** The outside form of a database id: `formatId("evt", uuid)` → `evt_01m4…`. */
export function formatId(prefix: IdPrefix, uuid: string): string {
  return fromUUID(uuid, prefix);
}

const TYPE_ID = /^([a-z]{2,3})_([0-7][0-9a-hjkmnp-tv-z]{25})$/;

/** The database id behind an outside id, or null when it is not a well-formed id of that kind. */
export function parseId(prefix: IdPrefix, text: string): string | null {
  if (TYPE_ID.exec(text)?.[1] !== prefix) return null;
  try {
    return toUUID(text as Parameters<typeof toUUID>[0]);
  } catch {
    // Its letters are right, but the bits that say what kind of UUID it is are not: nobody ever made it.
    return null;
  }
}

/** Which kind of thing a pasted id names, or null. */
export function prefixOf(text: string): IdPrefix | null {
  const prefix = TYPE_ID.exec(text)?.[1];
  return ID_PREFIXES.find((known) => known === prefix) ?? null;
}

/** The smallest UUIDv7 of a millisecond. `gte(id, firstIdAt(from))` is a time range that prunes partitions. */
export function firstIdAt(time: Date | number): string {
  const hex = Math.max(0, Math.floor(Number(time)))
    .toString(16)
    .padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`;
}

/** When an id was made, to the millisecond. */
export function idTime(uuid: string): Date {
  return new Date(Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16));
}
