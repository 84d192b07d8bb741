import { and, asc, eq, isNull } from "drizzle-orm";
import { endpoint } from "../../drizzle/schema/configuration.ts";
import { readableText } from "../bodies/readable.ts";
import { db } from "../db.ts";
import { shownUrlColumn } from "../endpoints/shown-url.ts";
import { parseJson } from "../event-types/json-text.ts";
import { FILTERED_OUT } from "../filters/filter.ts";
import type { DeliveryRow } from "./deliveries.ts";
import { whyNot } from "./undelivered.ts";

/** More endpoints than this are not explained one by one. */
const MOST = 100;
const MAX_JSON_DEPTH = 512;
/** Of a value so much is shown. */
const SHOWN_LENGTH = 120;

type EventFacts = {
  id: string;
  type: string;
  customer: string | null;
  test: boolean;
  payload: Buffer;
  contentType: string;
};

/** The condition of a filter that an event did not meet, with what the event has there. */
export type FailedClause = { path: string; condition: string; actual: string };

export type FanoutRow = {
  endpoint: { id: string; url: string; description: string; status: string | null };
  /** Its deliveries of the event, the newest first; the others are replays' forerunners. */
  deliveries: DeliveryRow[];
  /** Why nothing was sent to it, in words; null when something was. */
  reason: string | null;
  clause: FailedClause | null;
};

/** What became of an event at every endpoint: those that got it first, then the others with the reason why not. */
export async function listFanout(workspaceId: string, event: EventFacts, deliveries: DeliveryRow[]) {
  const endpoints = await listEndpointFacts(workspaceId);
  const byEndpoint = Map.groupBy(deliveries, ({ endpointId }) => endpointId);
  const reached = [...byEndpoint].map(([id, own]) => reachedRow(id, own, endpoints.get(id), event));
  const others = [...endpoints.values()]
    .filter(({ id, builtIn }) => !builtIn && !byEndpoint.has(id))
    .map((facts): FanoutRow => ({ endpoint: facts, deliveries: [], reason: whyNot(facts, event), clause: null }));
  return {
    reached: reached.filter(({ reason }) => !reason),
    others: [...reached.filter(({ reason }) => reason), ...others],
  };
}

type EndpointFacts = Awaited<ReturnType<typeof readEndpoints>>[number];

function readEndpoints(workspaceId: string) {
  const { id, description, status, customer, subscriptions, builtIn } = endpoint;
  return db()
    .select({ id, url: shownUrlColumn, description, status, customer, subscriptions, builtIn })
    .from(endpoint)
    .where(and(eq(endpoint.workspaceId, workspaceId), isNull(endpoint.deletedAt)))
    .orderBy(asc(endpoint.id))
    .limit(MOST);
}

async function listEndpointFacts(workspaceId: string): Promise<Map<string, EndpointFacts>> {
  return new Map((await readEndpoints(workspaceId)).map((facts) => [facts.id, facts]));
}

function reachedRow(id: string, own: DeliveryRow[], facts: EndpointFacts | undefined, event: EventFacts): FanoutRow {
  const [latest] = own;
  const filteredOut = latest?.status === "discarded" && own.length === 1 && latest.reason?.startsWith(FILTERED_OUT);
  return {
    endpoint: {
      id,
      url: facts?.url ?? latest?.endpoint?.url ?? "",
      description: facts?.description ?? latest?.endpoint?.description ?? "",
      status: facts?.status ?? null,
    },
    deliveries: own,
    reason: filteredOut ? (latest?.reason ?? null) : null,
    clause: filteredOut ? failedClause(latest?.reason ?? "", event) : null,
  };
}

const CLAUSE = new RegExp(`^${FILTERED_OUT}: (.+?) does not match (.*)$`, "s");

/** The clause that a stored reason names. Conditions that join others have no value of their own to show. */
export function failedClause(
  reason: string,
  { payload, contentType }: Pick<EventFacts, "payload" | "contentType">,
): FailedClause | null {
  const [, path, condition] = CLAUSE.exec(reason) ?? [];
  const text = readableText(payload, contentType);
  if (path === undefined || condition === undefined || text === null) return null;
  const parsed = parseJson(text, MAX_JSON_DEPTH);
  return parsed.ok ? { path, condition, actual: shownAt(parsed.value, path) } : null;
}

/** `50`; `missing`. A path goes through lists as filters do: to each of their elements. */
function shownAt(data: unknown, path: string): string {
  const values = path
    .split(".")
    .reduce<unknown[]>((found, name) => found.flatMap((value) => step(value, name)), [data]);
  if (values.length === 0) return "missing";
  const text = values.map((value) => JSON.stringify(value)).join(", ");
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…`.toWellFormed() : text;
}

function step(value: unknown, name: string): unknown[] {
  if (Array.isArray(value) && !/^\d+$/.test(name)) return value.flatMap((element) => step(element, name));
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? [(value as Record<string, unknown>)[name]]
    : [];
}
