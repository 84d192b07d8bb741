import { firstIdAt } from "../ids.ts";

/** The hot tables and the id that each is partitioned by, one partition a UTC day. */
export const PARTITIONED_TABLES = { event: "id", delivery: "id", attempt: "delivery_id", request: "id" } as const;
export type PartitionedTable = keyof typeof PARTITIONED_TABLES;

export const DAY_MS = 86_400_000;

/** A UTC day as `yyyymmdd`, the suffix of its partitions' names. */
export function dayName(time: Date): string {
  return time.toISOString().slice(0, 10).replaceAll("-", "");
}

export function startOfDay(time: Date): Date {
  return new Date(Math.floor(time.getTime() / DAY_MS) * DAY_MS);
}

/** The ids of a UTC day: from the first, up to but not including the second. */
export function idsOfDay(time: Date): [string, string] {
  const start = startOfDay(time).getTime();
  return [firstIdAt(start), firstIdAt(start + DAY_MS)];
}
