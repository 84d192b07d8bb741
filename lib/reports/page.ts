import { asc, desc, gt, lt, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/** A place in a list that runs from the newest id to the oldest. `before` and `after` are ids of rows already seen. */
export type Page = { limit?: number; before?: string | null; after?: string | null };

/** Rows, newest first; `next` is the `before` of the older page, `previous` the `after` of the newer one. */
export type Paged<Row> = { rows: Row[]; next: string | null; previous: string | null };

export const PAGE_LIMIT = 50;
export const MAX_PAGE_LIMIT = 250;

/** The part of the where clause that a page's cursor stands for. */
export function withinPage(id: PgColumn, page: Page): SQL | undefined {
  if (page.after) return gt(id, page.after);
  return page.before ? lt(id, page.before) : undefined;
}

/** A newer page is read upwards from its cursor, so that it holds the rows next to those already seen. */
export function pageOrder(id: PgColumn, page: Page): SQL {
  return page.after ? asc(id) : desc(id);
}

/** One row more than is shown tells whether there is a further page. */
export function pageLimit(page: Page): number {
  return shownRows(page) + 1;
}

/** Cuts what was read with `pageLimit` down to the page, in the order in which it is shown. */
export function paged<Row extends { id: string }>(read: Row[], page: Page): Paged<Row> {
  const more = read.length > shownRows(page);
  const shown = read.slice(0, shownRows(page));
  const rows = page.after ? shown.reverse() : shown;
  const older = page.after ? rows.length > 0 : more;
  const newer = page.after ? more : Boolean(page.before);
  return { rows, next: (older && rows.at(-1)?.id) || null, previous: (newer && rows[0]?.id) || null };
}

function shownRows({ limit = PAGE_LIMIT }: Page): number {
  return Math.min(Math.max(Math.trunc(limit) || PAGE_LIMIT, 1), MAX_PAGE_LIMIT);
}
