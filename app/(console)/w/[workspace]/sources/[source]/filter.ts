import { z } from "zod";
import { parseId } from "@/lib/ids.ts";
import type { Page } from "@/lib/reports/page.ts";
import type { RequestFilter } from "@/lib/reports/request-filter.ts";
import { readBody } from "@/lib/search/body-condition.ts";
import { readCode } from "@/lib/search/codes.ts";
import { plainText } from "@/lib/search/read-search.ts";
import { FILTER_METHODS, FILTER_VERDICTS } from "@/lib/search/request-fields.ts";
import { QUARANTINED } from "@/lib/sources/states.ts";
import {
  bodyConditions,
  first,
  moment,
  momentOf,
  outsideId,
  RANGE_NAMES,
  RANGES,
  type Range,
  wordOf,
} from "../../list-address";

/** How a body is shown: as its type says, as it came, as fields of a form, as hex. */
export const BODY_VIEWS = ["raw", "form", "hex"] as const;
export type BodyView = (typeof BODY_VIEWS)[number];

/** A source's inbox and the request that is open in it. What is wrong in an address falls away instead of failing. */
export const requestSearch = z.object({
  verdict: z.preprocess(first, z.enum(FILTER_VERDICTS).optional().catch(undefined)),
  method: z.preprocess(first, z.enum(FILTER_METHODS).optional().catch(undefined)),
  /** `401`, `4xx` */
  code: z.preprocess(
    first,
    z
      .string()
      .refine((text) => readCode(text) !== null)
      .optional()
      .catch(undefined),
  ),
  type: wordOf(128),
  /** Free text. */
  q: wordOf(256),
  /** `data.id:123` */
  body: bodyConditions,
  range: z.preprocess(first, z.enum(RANGE_NAMES).catch("all")),
  from: moment,
  to: moment,
  before: outsideId("req"),
  after: outsideId("req"),
  /** The request that is open, another it is compared with, and how its body is shown. */
  sel: outsideId("req"),
  compare: outsideId("req"),
  view: z.preprocess(first, z.enum(BODY_VIEWS).optional().catch(undefined)),
});
export type RequestSearch = z.infer<typeof requestSearch>;

/** Null where moments take the place of a range. */
export function rangeOf({ range, from, to }: RequestSearch): Range | null {
  return from || to ? null : range;
}

export function asFilter(sourceId: string, search: RequestSearch, now: Date): RequestFilter {
  const { verdict, method, code, type, q, body, from, to } = search;
  const { hours } = RANGES[rangeOf(search) ?? "all"];
  return {
    sourceId,
    verdict: verdict === "quarantined" ? QUARANTINED : verdict ? [verdict] : null,
    method,
    code: code ? readCode(code) : null,
    type,
    text: q ? plainText(q) : null,
    body: body.flatMap((condition) => readBody(condition) ?? []),
    from: from ? momentOf(from) : hours === null ? null : new Date(now.getTime() - hours * 3_600_000),
    to: to ? momentOf(to) : null,
  };
}

export function asPage({ before, after }: RequestSearch): Page {
  return { before: before ? parseId("req", before) : null, after: after ? parseId("req", after) : null };
}

const NO_PANE = { sel: undefined, compare: undefined, view: undefined };

/** The query of a search with some of it changed: on its first page and with no request open, unless the change says so. */
export function queryOf(search: RequestSearch, change: Partial<RequestSearch> = {}): string {
  const { body, ...rest } = { ...search, before: undefined, after: undefined, ...NO_PANE, ...change };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) {
    if (value && !(name === "range" && value === "all")) query.set(name, value);
  }
  for (const condition of body) query.append("body", condition);
  return query.toString();
}

/** The same list and page with another pane. */
export function paneQuery(
  search: RequestSearch,
  pane: Pick<Partial<RequestSearch>, "sel" | "compare" | "view">,
): string {
  return queryOf(search, { before: search.before, after: search.after, ...pane });
}
