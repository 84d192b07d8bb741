import { and, count, type SQL } from "drizzle-orm";
import { DAY_MS } from "../partitions/days.ts";
import { type DatedTable, rowsWithin, searchedSpan } from "./searched-span.ts";
import { stepBack } from "./step-back.ts";

/** Counting stops here: a page answers at once however many there are. */
export const MOST_COUNTED = 10_000;
/** So long it counts; then it is "so many or more". */
const EFFORT = { patienceMs: 300, atOnce: 20_000 };

/** `atLeast`: there may be more, counting stopped. */
export type Total = { count: number; atLeast: boolean };
type Part = { from: Date; to: Date };

/** Counts rows back from the newest, up to ten thousand, or as far as it comes in its time. */
export async function countBack(
  table: DatedTable,
  workspaceId: string,
  filter: { from?: Date | null; to?: Date | null; body?: unknown[] | null },
  indexed: boolean,
  conditions: (part: Part) => (SQL | undefined)[],
): Promise<Total> {
  let counted = 0;
  const span = await searchedSpan(table, workspaceId, filter);
  const { searchedTo } = await stepBack({
    span,
    effort: EFFORT,
    ...(indexed && { firstMs: DAY_MS }),
    rows: rowsWithin(table, workspaceId, span, Boolean(filter.body?.length)),
    look: async (reader, part) => {
      const matching = reader
        .select({ id: table.id })
        .from(table)
        .where(and(...conditions(part)))
        .limit(MOST_COUNTED + 1 - counted)
        .as("matching");
      const [found] = await reader.select({ count: count() }).from(matching);
      counted += found?.count ?? 0;
      return counted;
    },
    enough: (found) => found > MOST_COUNTED,
  });
  return { count: Math.min(counted, MOST_COUNTED), atLeast: searchedTo !== null || counted > MOST_COUNTED };
}
