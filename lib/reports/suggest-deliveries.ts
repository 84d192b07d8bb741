import { ilike } from "drizzle-orm";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { OUTCOMES } from "../delivery/outcomes.ts";
import { formatId } from "../ids.ts";
import { readCode } from "../search/codes.ts";
import { FILTER_STATUSES } from "../search/delivery-fields.ts";
import { LIST_SPANS } from "../search/spans.ts";
import { readTokens, writeToken } from "../search/tokens.ts";
import type { DeliveryFilter } from "./delivery-filter.ts";
import { findByText } from "./find-by-text.ts";
import { likePattern } from "./like-pattern.ts";
import { suggestBodyPaths } from "./suggest-body-paths.ts";
import { countValues, type ValueCounts } from "./value-counts.ts";

/** What a search box offers; see components/search. */
type Suggestion = { text: string; label?: string; note?: string; count?: number; about?: boolean };

const MOST = 8;

/** The fields as a menu, in the order in which they are most often wanted. */
const MENU: Suggestion[] = [
  { text: "status:", note: "failed, retrying, held …" },
  { text: "code:", note: "503 or 5xx" },
  { text: "error:", note: "timeout, dns, tls …" },
  { text: "attempts:", note: "3, >3, 2-5" },
  { text: "type:", note: "order.created or order.*" },
  { text: "endpoint:", note: "name or part of a URL" },
  { text: "customer:", note: "your customer's ID" },
  { text: "event:", note: "evt_…" },
  { text: "body.", note: "body.order.id:123" },
  { text: "last:", note: "15m, 1h, 24h, 7d, 30d, all" },
];

/** What to offer for a word that is being typed: fields by their name, or values by how many deliveries have them. */
export async function suggestDeliveries(
  workspaceId: string,
  word: string,
  filter: DeliveryFilter,
): Promise<Suggestion[]> {
  const [token] = readTokens(word);
  if (!token) return MENU;
  if (token.field === null) return suggestAnything(workspaceId, token.value, filter);
  const values = VALUES[token.field];
  return values ? (await values(workspaceId, token.value, filter)).slice(0, MOST) : [];
}

type Values = (workspaceId: string, typed: string, filter: DeliveryFilter) => Promise<Suggestion[]>;

const VALUES: Record<string, Values | undefined> = {
  status: async (workspaceId, typed, filter) => {
    const counts = await countValues(workspaceId, { ...filter, status: null }, "status");
    return named("status", FILTER_STATUSES, typed, counts);
  },
  error: async (workspaceId, typed, filter) => {
    const counts = await countValues(workspaceId, { ...filter, outcome: null }, "outcome");
    const failures = OUTCOMES.filter((outcome) => outcome !== "success");
    return named("error", failures, typed, counts);
  },
  code: async (workspaceId, typed, filter) => {
    const counts = await countValues(workspaceId, { ...filter, code: null }, "code");
    return withClasses(counts).filter(({ text }) => text.startsWith(`code:${typed.toLowerCase()}`));
  },
  attempts: async (workspaceId, typed, filter) => {
    const counts = await countValues(workspaceId, { ...filter, attempts: null }, "attempts");
    return overThresholds(counts).filter(({ text }) => text.startsWith(`attempts:${typed}`));
  },
  type: async (workspaceId, typed, filter) => {
    const matching = typed ? ilike(delivery.eventType, likePattern(typed.replace(/\*$/, ""))) : undefined;
    return listed("type", await countValues(workspaceId, { ...filter, eventType: null }, "type", matching));
  },
  customer: async (workspaceId, typed, filter) => {
    const matching = typed ? ilike(delivery.customer, likePattern(typed)) : undefined;
    return listed("customer", await countValues(workspaceId, { ...filter, customer: null }, "customer", matching));
  },
  endpoint: suggestEndpoints,
  last: async (_workspaceId, typed) =>
    Object.entries(LIST_SPANS).flatMap(([name, { label }]) =>
      name.startsWith(typed.toLowerCase()) ? { text: `last:${name}`, note: label } : [],
    ),
};

/** A bare word may be the beginning of a field, or the value of one. */
async function suggestAnything(workspaceId: string, typed: string, filter: DeliveryFilter): Promise<Suggestion[]> {
  const word = typed.toLowerCase();
  if (word.startsWith("body.")) return suggestBodyPaths(workspaceId, typed.slice("body.".length), filter);
  const begins = (name: string) => name.startsWith(word);
  const known = [
    ...MENU.filter(({ text }) => begins(text)),
    ...FILTER_STATUSES.filter(begins).map((status) => ({ text: `status:${status}` })),
    ...OUTCOMES.filter((name) => name !== "success" && begins(name)).map((name) => ({ text: `error:${name}` })),
    ...(readCode(word) ? [{ text: `code:${word}` }] : []),
  ];
  const { endpoints, eventTypes } = await findByText(workspaceId, typed);
  const places = endpoints.map(({ id, url, description }) => endpointSuggestion(id, url, description));
  const types = eventTypes.map(({ name }) => ({ text: writeToken({ field: "type", value: name }) }));
  return [...known, ...types, ...places].slice(0, MOST);
}

async function suggestEndpoints(workspaceId: string, typed: string, filter: DeliveryFilter): Promise<Suggestion[]> {
  const others = { ...filter, endpointId: null, endpointText: null };
  const [counts, found] = await Promise.all([
    countValues(workspaceId, others, "endpoint"),
    findByText(workspaceId, typed === "" ? "://" : typed),
  ]);
  const byId = new Map(counts?.values.map(({ value, count }) => [value, count]));
  const count = (id: string) => (counts ? { count: byId.get(id) ?? 0, about: !counts.exact } : {});
  const offered = found.endpoints.map(({ id, url, description }) => ({
    ...endpointSuggestion(id, url, description),
    ...count(id),
  }));
  return offered.sort((a, b) => (b.count ?? 0) - (a.count ?? 0));
}

function endpointSuggestion(id: string, url: string, description: string): Suggestion {
  const shown = url.replace(/^https?:\/\//, "");
  return { text: `endpoint:${formatId("ep", id)}`, label: description || shown, ...(description && { note: shown }) };
}

/** Values of a closed set that begin with what was typed, also behind a comma. */
function named(field: string, names: readonly string[], typed: string, counts: ValueCounts | null): Suggestion[] {
  const before = typed.slice(0, typed.lastIndexOf(",") + 1);
  const last = typed.slice(before.length).toLowerCase();
  const found = new Map(counts?.values.map(({ value, count }) => [value, count]));
  const begun = names.filter((name) => name.startsWith(last));
  const offered = begun.map((name) => ({
    text: `${field}:${before}${name}`,
    ...countOf(found.get(name) ?? 0, counts),
  }));
  return offered.sort((a, b) => (b.count ?? 0) - (a.count ?? 0));
}

function listed(field: string, counts: ValueCounts | null): Suggestion[] {
  return (counts?.values ?? []).map(({ value, count }) => ({
    text: writeToken({ field, value }),
    ...countOf(count, counts),
  }));
}

/** `5xx` before the codes themselves, where it says more than one of them. */
function withClasses(counts: ValueCounts | null): Suggestion[] {
  const classes = new Map<string, number>();
  for (const { value, count } of counts?.values ?? []) {
    const name = `${value[0]}xx`;
    classes.set(name, (classes.get(name) ?? 0) + count);
  }
  const all = [...classes, ...(counts?.values ?? []).map(({ value, count }) => [value, count] as const)];
  return all
    .map(([value, count]) => ({ text: `code:${value}`, ...countOf(count, counts) }))
    .sort((a, b) => (b.count ?? 0) - (a.count ?? 0));
}

const THRESHOLDS = [">1", ">3", ">5", "1", "0"];

function overThresholds(counts: ValueCounts | null): Suggestion[] {
  return THRESHOLDS.map((threshold) => {
    const over = threshold.startsWith(">");
    const bound = Number(threshold.replace(">", ""));
    const matching = (counts?.values ?? []).filter(({ value }) =>
      over ? Number(value) > bound : Number(value) === bound,
    );
    const count = matching.reduce((sum, one) => sum + one.count, 0);
    return { text: `attempts:${threshold}`, ...countOf(count, counts) };
  });
}

function countOf(count: number, counts: ValueCounts | null): Pick<Suggestion, "count" | "about"> {
  return counts ? { count, ...(!counts.exact && { about: true }) } : {};
}
