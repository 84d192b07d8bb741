import { type SQL, sql } from "drizzle-orm";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { firstIdAt } from "../ids.ts";
import { type DeliveryFilter, isTroubled } from "./delivery-filter.ts";
import { conditionsOf, rowsVisited } from "./rows-visited.ts";
import type { Reader } from "./within-time.ts";

/** Up to so many rows each one is looked at; of more, about this many. */
export type SampleSize = { exactUpTo: number; sampled: number };

export type Sample = {
  /** `select … from <rows>`: the columns that were asked for. */
  rows: SQL;
  /** Which part of all rows these are. */
  share: number;
};

/** What rows cost that lie apart from each other on disk, and payloads, beside rows that lie together. */
const APART_COST = 4;
const PAYLOAD_COST = 20;
/** Slices that a sample takes out of a span, evenly, so that bursts are in them by their share. */
const SLICES = 720;

/**
 * The rows of a filter over a span, or a sample of them: slices of time, which any index finds. Null when even a sample
 * would take too long.
 */
export async function sampleOf(
  reader: Reader,
  workspaceId: string,
  filter: DeliveryFilter & { from: Date; to: Date },
  columns: SQL,
  { exactUpTo, sampled }: SampleSize,
  matching?: SQL,
): Promise<Sample | null> {
  const visited = await rowsVisited(reader, workspaceId, filter);
  const cost = visited * (isTroubled(filter) || filter.endpointId ? APART_COST : 1);
  const conditions = sql`${conditionsOf(workspaceId, filter)} ${matching ? sql`and ${matching}` : sql``}`;
  if (filter.body?.length && cost * PAYLOAD_COST > exactUpTo) return null;
  if (cost <= exactUpTo)
    return { rows: sql`(select ${columns} from ${delivery} where ${conditions}) picked`, share: 1 };
  const share = sampled / cost;
  const [starts, ends] = slicesOf(filter, share).map((times) => sql.param(times.map((time) => firstIdAt(time))));
  // `offset 0` keeps it a look per slice.
  const rows = sql`unnest(${starts}::uuid[], ${ends}::uuid[]) as slice (first_id, end_id) cross join lateral (
    select ${columns} from ${delivery} where ${conditions} and ${delivery.id} >= slice.first_id
      and ${delivery.id} < slice.end_id offset 0) picked`;
  return { rows, share };
}

function slicesOf({ from, to }: { from: Date; to: Date }, share: number): [number[], number[]] {
  const every = (to.getTime() - from.getTime()) / SLICES;
  const starts = Array.from({ length: SLICES }, (_, index) => Math.round(from.getTime() + index * every));
  return [starts, starts.map((start) => Math.ceil(start + every * share))];
}
