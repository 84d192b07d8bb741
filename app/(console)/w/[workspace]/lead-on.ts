import { readerZone } from "@/components/ui/time";
import { parseId } from "@/lib/ids.ts";
import { type Resolved, resolveId } from "@/lib/reports/resolve-id.ts";
import { DELIVERY_FIELDS } from "@/lib/search/delivery-fields.ts";
import { EVENT_FIELDS } from "@/lib/search/event-fields.ts";
import { type Fields, readSearch } from "@/lib/search/read-search.ts";
import { REQUEST_FIELDS } from "@/lib/search/request-fields.ts";
import { momentIn } from "@/lib/search/zoned.ts";

export type Asked = Record<string, string | string[] | undefined>;

type Workspace = { id: string; slug: string };
type Reader = { workspaceId: string; slug: string; zone: string };

/** Where things lie that an id in a search box can name. */
const SECTIONS = {
  event: "events",
  delivery: "deliveries",
  endpoint: "endpoints",
  source: "sources",
  job: "jobs",
} as const;
/** What belongs to one page of a list and not to another search. */
const OF_ONE_PAGE = ["before", "after", "sel"];
/** Parameters that a search adds to, where it replaces the others. */
const ADDED = new Set(["body"]);

export async function leadDeliveriesOn({ id, slug }: Workspace, asked: Asked): Promise<string | null> {
  return leadOn({ workspaceId: id, slug, zone: await readerZone() }, "deliveries", asked, DELIVERY_FIELDS);
}

export async function leadEventsOn({ id, slug }: Workspace, asked: Asked): Promise<string | null> {
  return leadOn({ workspaceId: id, slug, zone: await readerZone() }, "events", asked, EVENT_FIELDS);
}

/** In a source's inbox, a request's id opens it there. */
export async function leadRequestsOn({ id, slug }: Workspace, source: string, asked: Asked): Promise<string | null> {
  const reader = { workspaceId: id, slug, zone: await readerZone() };
  const typed = [asked.q].flat()[0]?.trim() ?? "";
  if (parseId("req", typed)) return `/w/${slug}/sources/${source}?sel=${typed}`;
  return leadOn(reader, `sources/${source}`, asked, REQUEST_FIELDS);
}

/**
 * Where a list's address leads on to, when it is as a form sent it: an id goes to its page, typed fields become their
 * parameters, empty ones fall away, and times of the reader's clock get their zone. Null when it is settled.
 */
async function leadOn(reader: Reader, path: string, asked: Asked, fields: Fields): Promise<string | null> {
  const typed = [asked.q].flat()[0]?.trim() ?? "";
  const page = typed && (await pageOfId(reader, typed));
  if (page) return page;
  const { parameters, text } = readSearch(typed, fields);
  const query = queryFrom(asked, reader.zone);
  if (text) query.set("q", text);
  else query.delete("q");
  replace(query, parameters);
  if (parameters.length === 0 && isSame(query, queryFrom(asked))) return null;
  for (const name of OF_ONE_PAGE) if (parameters.length > 0) query.delete(name);
  return `/w/${reader.slug}/${path}${query.size > 0 ? `?${query}` : ""}`;
}

async function pageOfId({ workspaceId, slug }: Reader, typed: string): Promise<string | null> {
  const resolved = await resolveId(workspaceId, typed);
  return resolved.result === "found" ? foundPath(slug, resolved) : null;
}

/** Where a found id leads. */
export function foundPath(slug: string, found: Extract<Resolved, { result: "found" }>): string {
  if (found.kind === "api_key") return `/w/${slug}/settings/api-keys`;
  if (found.kind === "request") return `/w/${slug}/sources/${found.source}/requests/${found.id}`;
  return `/w/${slug}/${SECTIONS[found.kind]}/${found.id}`;
}

/** With a zone: without empty parameters, and with moments instead of times of its clock. */
function queryFrom(asked: Asked, zone?: string): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) {
    for (const one of [value].flat()) {
      if (one === undefined || (zone && one === "")) continue;
      const moment = zone && (name === "from" || name === "to") ? momentIn(zone, one) : null;
      query.append(name, moment?.toISOString() ?? one);
    }
  }
  // A span of moments takes the place of the range.
  if (zone && (query.has("from") || query.has("to"))) query.delete("range");
  return query;
}

function replace(query: URLSearchParams, parameters: [string, string][]): void {
  for (const [name] of parameters) {
    if (!ADDED.has(name)) query.delete(name);
    if (name === "range") for (const moment of ["from", "to"]) query.delete(moment);
  }
  for (const [name, value] of parameters) if (!query.getAll(name).includes(value)) query.append(name, value);
}

function isSame(one: URLSearchParams, other: URLSearchParams): boolean {
  one.sort();
  other.sort();
  return one.toString() === other.toString();
}
