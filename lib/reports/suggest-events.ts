import { and, count, desc, eq, ilike, isNotNull, lt } from "drizzle-orm";
import { event } from "../../drizzle/schema/traffic.ts";
import { firstIdAt, formatId } from "../ids.ts";
import { LIST_SPANS } from "../search/spans.ts";
import { readTokens, writeToken } from "../search/tokens.ts";
import { listSourceChoices } from "../sources/queries.ts";
import { type EventFilter, eventConditions } from "./event-filter.ts";
import { findByText } from "./find-by-text.ts";
import { likePattern } from "./like-pattern.ts";
import { searchedSpan } from "./searched-span.ts";
import { suggestBodyPaths } from "./suggest-body-paths.ts";
import { withinTime } from "./within-time.ts";

/** What a search box offers; see components/search. */
type Suggestion = { text: string; label?: string; note?: string; count?: number; about?: boolean };

const MOST = 8;
/** Somebody is typing: counts come from the newest events, and are "about" beyond them. */
const MOST_COUNTED = 50_000;
const TIMEOUT_MS = 400;

const MENU: Suggestion[] = [
  { text: "type:", note: "order.created or order.*" },
  { text: "customer:", note: "your customer's ID" },
  { text: "key:", note: "an idempotency key" },
  { text: "source:", note: "a source's ID" },
  { text: "body.", note: "body.order.id:123" },
  { text: "last:", note: "15m, 1h, 24h, 7d, 30d, all" },
];

/** What to offer for a word that is being typed into the search of the events. */
export async function suggestEvents(workspaceId: string, word: string, filter: EventFilter): Promise<Suggestion[]> {
  const [token] = readTokens(word);
  if (!token) return MENU;
  const { field, value } = token;
  if (field === "type") return counted(workspaceId, "type", event.type, value, { ...filter, type: null });
  if (field === "customer") {
    return counted(workspaceId, "customer", event.customer, value, { ...filter, customer: null });
  }
  if (field === "source") return sourcesNamed(workspaceId, value);
  if (field === "last") return spans(value);
  if (field !== null) return [];
  if (value.startsWith("body.")) {
    return suggestBodyPaths(workspaceId, value.slice("body.".length), { from: filter.from, eventType: filter.type });
  }
  const { eventTypes } = await findByText(workspaceId, value);
  const fields = MENU.filter(({ text }) => text.startsWith(value.toLowerCase()));
  const types = eventTypes.map(({ name }) => ({ text: writeToken({ field: "type", value: name }) }));
  return [...fields, ...types].slice(0, MOST);
}

/** By name; what is written is the id. */
async function sourcesNamed(workspaceId: string, typed: string): Promise<Suggestion[]> {
  const sources = await listSourceChoices(workspaceId);
  const begun = sources.filter(({ id, name }) =>
    [name.toLowerCase(), formatId("src", id)].some((text) => text.startsWith(typed.toLowerCase())),
  );
  return begun.slice(0, MOST).map(({ id, name }) => ({ text: `source:${formatId("src", id)}`, label: name }));
}

function spans(typed: string): Suggestion[] {
  return Object.entries(LIST_SPANS).flatMap(([name, { label }]) =>
    name.startsWith(typed.toLowerCase()) ? { text: `last:${name}`, note: label } : [],
  );
}

/** The most frequent values of a column under the other filters. */
async function counted(
  workspaceId: string,
  field: string,
  column: typeof event.type | typeof event.customer,
  typed: string,
  filter: EventFilter,
): Promise<Suggestion[]> {
  const span = await searchedSpan(event, workspaceId, filter);
  const rows = await withinTime(TIMEOUT_MS, async (reader) => {
    const newest = reader
      .select({ value: column })
      .from(event)
      .where(
        and(
          eq(event.workspaceId, workspaceId),
          ...eventConditions({ ...filter, ...span }),
          lt(event.id, firstIdAt(span.to)),
          isNotNull(column),
          typed ? ilike(column, likePattern(typed.replace(/\*$/, ""))) : undefined,
        ),
      )
      .orderBy(desc(event.id))
      .limit(MOST_COUNTED)
      .as("newest");
    return reader
      .select({ value: newest.value, count: count() })
      .from(newest)
      .groupBy(newest.value)
      .orderBy(desc(count()))
      .limit(MOST);
  });
  const all = (rows ?? []).reduce((sum, row) => sum + row.count, 0);
  return (rows ?? []).map((row) => ({
    text: writeToken({ field, value: row.value ?? "" }),
    count: row.count,
    ...(all >= MOST_COUNTED && { about: true }),
  }));
}
