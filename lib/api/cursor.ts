import { z } from "zod";
import { formatId, type IdPrefix, parseId } from "../ids.ts";
import { MAX_PAGE_LIMIT, PAGE_LIMIT, type Page, type Paged } from "../reports/page.ts";
import { storable } from "../storable-text.ts";

const CURSOR = /^(next|previous)\.([A-Za-z0-9_.-]{1,128})$/;

/** The query parameters that every list takes. */
export const pageQuery = {
  limit: z
    .preprocess(
      (text) => (typeof text === "string" && /^\d{1,4}$/.test(text) ? Number(text) : text),
      z.int("Give a whole number").min(1).max(MAX_PAGE_LIMIT),
    )
    .default(PAGE_LIMIT)
    .meta({ description: `Rows on a page; ${PAGE_LIMIT} unless told otherwise.` }),
  cursor: z
    .string()
    .regex(CURSOR, "Give a cursor as an answer's next or previous had it")
    .optional()
    .meta({ description: "`next` or `previous` of an earlier answer; it belongs to the same filter." }),
};

/** Text to search or filter by. */
export function textParameter(maxLength: number) {
  return storable(z.string().max(maxLength)).optional();
}

type Asked = { limit: number; cursor?: string | undefined };

/** The page behind a cursor, of rows named by ids of this kind. A cursor of another list starts at the beginning. */
export function pageOf({ limit, cursor }: Asked, prefix: IdPrefix): Page {
  const [, side, key = ""] = CURSOR.exec(cursor ?? "") ?? [];
  const id = parseId(prefix, key);
  if (!id) return { limit };
  return side === "next" ? { limit, before: id } : { limit, after: id };
}

export function listAnswer<Row>({ rows, next, previous }: Paged<Row>, prefix: IdPrefix, show: (row: Row) => object) {
  return {
    body: {
      data: rows.map(show),
      next: next && `next.${formatId(prefix, next)}`,
      previous: previous && `previous.${formatId(prefix, previous)}`,
    },
  };
}

/** A page of names in their order: the same cursors over a list that is short enough to be read whole. */
export function pageOfNames(names: string[], { limit, cursor }: Asked) {
  const [, side, key = ""] = CURSOR.exec(cursor ?? "") ?? [];
  const at = names.findIndex((name) => name >= key);
  const here = at === -1 ? names.length : at;
  const start = side === "next" ? here + (names[here] === key ? 1 : 0) : side ? Math.max(0, here - limit) : 0;
  const end = side === "previous" ? here : start + limit;
  const shown = names.slice(start, end);
  return {
    names: shown,
    next: end < names.length && shown.length > 0 ? `next.${shown.at(-1)}` : null,
    previous: start > 0 && shown.length > 0 ? `previous.${shown[0]}` : null,
  };
}
