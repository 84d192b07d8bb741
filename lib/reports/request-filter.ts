import { between, eq, gte, ilike, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import { request } from "../../drizzle/schema/inbound.ts";
import { event } from "../../drizzle/schema/traffic.ts";
import { firstIdAt } from "../ids.ts";
import { DAY_MS } from "../partitions/days.ts";
import { type BodyCondition, bodyPaths } from "../search/body-condition.ts";
import type { CodeSpan } from "../search/codes.ts";
import { QUARANTINED, type Verdict } from "../sources/states.ts";
import { likePattern } from "./like-pattern.ts";
import { underType } from "./under-type.ts";

export type RequestFilter = {
  sourceId?: string | null;
  /** Any of these. */
  verdict?: readonly Verdict[] | null;
  method?: string | null;
  /** What it was answered with. */
  code?: CodeSpan | null;
  /** The provider's word, or `charge.*` for all below. */
  type?: string | null;
  /** Part of the type or of the body, or the whole of the provider's id. */
  text?: string | null;
  /** All of these hold for the body. */
  body?: BodyCondition[] | null;
  from?: Date | null;
  to?: Date | null;
};

/** The whole of a filter. */
export function requestConditions(workspaceId: string, filter: RequestFilter): (SQL | undefined)[] {
  const { sourceId, verdict, method, code, type, text, body, from, to } = filter;
  return [
    eq(request.workspaceId, workspaceId),
    sourceId ? eq(request.sourceId, sourceId) : undefined,
    verdict?.length ? withVerdict(verdict) : undefined,
    method ? eq(request.method, method) : undefined,
    code ? between(request.answerStatus, code.least, code.most) : undefined,
    type ? underType(request.type, type) : undefined,
    text ? hasText(text) : undefined,
    ...(body ?? []).map(bodyHas),
    from ? gte(request.id, firstIdAt(from)) : undefined,
    // Partitions are made two weeks ahead: without an end they would all be planned for.
    lt(request.id, firstIdAt(to ?? Date.now() + DAY_MS)),
  ];
}

/** Whether an index finds its rows at once: a source, its quarantine, a time. */
export function isIndexed({ from: _from, to: _to, sourceId, verdict, ...unindexed }: RequestFilter): boolean {
  if (verdict?.length && !(sourceId && isQuarantine(verdict))) return false;
  return !Object.values(unindexed).some((one) => (Array.isArray(one) ? one.length > 0 : one));
}

/** Exactly those the partial index has. */
function isQuarantine(verdict: readonly Verdict[]): boolean {
  return verdict.length === QUARANTINED.length && QUARANTINED.every((one) => verdict.includes(one));
}

function withVerdict(verdict: readonly Verdict[]): SQL {
  // In the words of the partial index: the planner compares them, not their values.
  if (isQuarantine(verdict)) return sql`${request.verdict} in ('refused', 'unparsable')`;
  return inArray(request.verdict, [...verdict]);
}

/** The bytes of a body wherever they are kept. */
export const bodyBytes = sql<Buffer | null>`coalesce(${request.body}, (
  select ${event.payload} from ${event} where ${event.id} = ${request.eventIds}[1]
))`;

function hasText(text: string): SQL | undefined {
  return or(
    ilike(request.type, likePattern(text)),
    eq(request.externalId, text),
    sql`position(convert_to(${text}, 'UTF8') in ${bodyBytes}) > 0`,
  );
}

function bodyHas(condition: BodyCondition): SQL | undefined {
  return or(...bodyPaths(condition).map((path) => sql`payload_has(${bodyBytes}, ${path}::jsonpath)`));
}
