import { z } from "zod";
import { endpointName } from "@/components/endpoints/endpoint-name";
import { JOB_KINDS, JOB_ORDERS, type JobKind, type JobScope, MOST_NAMED, type Over } from "@/lib/bulk-jobs/scope.ts";
import { sentenceOf } from "@/lib/bulk-jobs/sentence.ts";
import { formatId, parseId } from "@/lib/ids.ts";
import { deliveriesByIds } from "@/lib/reports/deliveries.ts";
import { endpointNames } from "@/lib/reports/endpoint-names.ts";
import * as deliveries from "../deliveries/filter";
import * as events from "../events/filter";
import { first, moment, momentOf, outsideId } from "../list-address";

/** What an address asks a job to do; the address in its scope has its times fixed. */
export type JobRequest = { kind: JobKind; scope: JobScope; sentence: string };

const flag = z.preprocess(first, z.literal("1").optional().catch(undefined)).transform((value) => value === "1");
const address = z.object({
  kind: z.preprocess(first, z.enum(JOB_KINDS).catch("retry")),
  ids: z.preprocess(
    (value) => [value].flat().flatMap((item) => (typeof item === "string" ? item.split(",") : [])),
    z.array(z.string()),
  ),
  /** A job whose failures are retried. */
  of: outsideId("job"),
  endpoint: z.preprocess(first, z.string().optional().catch(undefined)),
  missing: flag,
  order: z.preprocess(first, z.enum(JOB_ORDERS).catch("oldest")),
  from: moment,
  to: moment,
});
type Address = z.infer<typeof address>;
export type SearchParams = Record<string, string | string[] | undefined>;

/** Reads what an address of the form `…/jobs/new?…` asks for: a list's parameters, ids, or the failures of a job. */
export async function readRequest(workspaceId: string, params: SearchParams, now: Date): Promise<JobRequest> {
  const since = await sinceDelivery(workspaceId, params);
  const asked = address.parse(since);
  const { kind, order } = asked;
  const endpointId = kind === "replay" && asked.endpoint ? parseId("ep", asked.endpoint) : null;
  const { over, query } = kind === "retry" ? retryOver(asked, since, now) : replayOver(asked, since, now);
  const onlyMissing = kind === "replay" && asked.missing;
  const options = { kind, ...(kind === "replay" && endpointId && asked.endpoint && { endpoint: asked.endpoint }) };
  for (const [name, value] of Object.entries(options)) query.set(name, value);
  if (onlyMissing) query.set("missing", "1");
  if (order !== "oldest") query.set("order", order);
  const scope = { over, order, skipDelivered: true, endpointId, onlyMissing, query: query.toString() };
  return { kind, scope, sentence: await wordsOf(workspaceId, kind, scope) };
}

/** `since=dlv_…` is all that failed at a delivery's endpoint from that delivery on. */
async function sinceDelivery(workspaceId: string, params: SearchParams): Promise<SearchParams> {
  const id = parseId("dlv", String(first(params.since) ?? ""));
  const [row] = id ? await deliveriesByIds(workspaceId, [id]) : [];
  if (!row) return params;
  const from = row.createdAt.toISOString();
  return { ...params, since: undefined, status: "failed", endpoint: formatId("ep", row.endpointId), from };
}

type Read = { over: Over; query: URLSearchParams };

function retryOver(asked: Address, params: SearchParams, now: Date): Read {
  if (asked.of)
    return {
      over: { by: "failures", jobId: parseId("job", asked.of) ?? "" },
      query: new URLSearchParams({ of: asked.of }),
    };
  if (params.ids !== undefined) return named(asked.ids, "dlv");
  const search = deliveries.deliverySearch.parse(params);
  // What is to be tried again has failed, unless the address says otherwise.
  const narrowed = search.status.length > 0 ? search : { ...search, status: ["failed" as const] };
  const filter = fixed(deliveries.asFilter(narrowed, now), now);
  const times = { range: undefined, ...timesOf(filter) };
  return { over: { by: "deliveries", filter }, query: new URLSearchParams(deliveries.queryOf(narrowed, times)) };
}

function replayOver(asked: Address, params: SearchParams, now: Date): Read {
  if (params.ids !== undefined) return named(asked.ids, "evt");
  const search = events.eventSearch.parse(params);
  const read = events.asFilter(search, now);
  const from = asked.from ? momentOf(asked.from) : read.from;
  const filter = fixed({ ...read, from, to: asked.to ? momentOf(asked.to) : read.to }, now);
  const query = new URLSearchParams(events.queryOf(search));
  query.delete("range");
  for (const [name, value] of Object.entries(timesOf(filter))) if (value) query.set(name, value);
  return { over: { by: "events", filter }, query };
}

function named(ids: string[], prefix: "dlv" | "evt"): Read {
  const known = [...new Set(ids)].filter((id) => parseId(prefix, id) !== null).slice(0, MOST_NAMED);
  const over: Over = { by: "ids", ids: known.flatMap((id) => parseId(prefix, id) ?? []).sort() };
  return { over, query: new URLSearchParams({ ids: known.join(",") }) };
}

/** What comes after this moment is no part of it: what is shown is what will be done. */
function fixed<Filter extends { from?: Date | null; to?: Date | null }>(filter: Filter, now: Date): Filter {
  return { ...filter, to: filter.to && filter.to < now ? filter.to : now };
}

function timesOf({ from, to }: { from?: Date | null; to?: Date | null }) {
  return { from: from?.toISOString(), to: to?.toISOString() };
}

async function wordsOf(workspaceId: string, kind: JobKind, scope: JobScope): Promise<string> {
  const { over, endpointId } = scope;
  const id = over.by === "deliveries" ? over.filter.endpointId : endpointId;
  const names = await endpointNames(workspaceId, id ? [id] : []);
  return sentenceOf(kind, scope, {
    endpoint: (one) => {
      const known = names.get(one);
      return known ? endpointName(known) : formatId("ep", one);
    },
  });
}
