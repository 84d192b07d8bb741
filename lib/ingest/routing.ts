import { ingestSql } from "../db.ts";
import { wants } from "../endpoints/subscription-tree.ts";
import type { Enforcement } from "../event-types/enforcement.ts";
import { type Filter, storedFilter } from "../filters/filter.ts";

/**
 * `gated`: its limits let deliveries out one for one, so new ones stand in line. `strict`: in one line per ordering key.
 * `filter` is there for endpoints that have one.
 */
export type Route = { id: string; paused: boolean; gated: boolean; strict: boolean; filter?: Filter };
export type TypeRule = {
  archived: boolean;
  enforcement: Enforcement;
  version: number;
  /** The schema in force; null when there is none, or nothing is enforced. */
  schema: string | null;
};
type EndpointRow = Route & { customer: string | null; subscriptions: string[] };

/** What a workspace's configuration says about new events, as of one version of it. */
export class Routing {
  readonly version: number;
  readonly createsEventTypes: boolean;
  readonly types: ReadonlyMap<string, TypeRule>;
  readonly #endpoints: readonly EndpointRow[];
  readonly #subscribed = new Map<string, readonly EndpointRow[]>();

  constructor(
    version: number,
    createsEventTypes: boolean,
    types: ReadonlyMap<string, TypeRule>,
    endpoints: readonly EndpointRow[],
  ) {
    this.version = version;
    this.createsEventTypes = createsEventTypes;
    this.types = types;
    this.#endpoints = endpoints;
  }

  /**
   * Who gets an event. No subscription means all types; an endpoint with a customer gets only that customer's events,
   * one without gets all, and an event without a customer never reaches a customer's endpoint.
   */
  routesFor(type: string, customer: string | undefined): Route[] {
    let subscribed = this.#subscribed.get(type);
    if (!subscribed) {
      subscribed = this.#endpoints.filter(({ subscriptions: wanted }) => wants(wanted, type));
      // Only of known types, so that this grows no further than the configuration itself.
      if (this.types.has(type)) this.#subscribed.set(type, subscribed);
    }
    return subscribed.filter((endpoint) => endpoint.customer === null || endpoint.customer === customer);
  }

  routesTo(endpointIds: readonly string[]): Route[] {
    return this.#endpoints.filter(({ id }) => endpointIds.includes(id));
  }
}

const MAX_KEPT = 1_000;
const kept = new Map<string, Routing>();

/** The routing of a workspace, from memory when it is there; null when there is no such workspace. The caller compares its version. */
export async function routingOf(workspaceId: string): Promise<Routing | null> {
  const known = kept.get(workspaceId);
  if (known) return known;
  const loaded = await loadRouting(workspaceId);
  if (!loaded) return null;
  const [oldest] = kept.keys();
  if (kept.size >= MAX_KEPT && oldest) kept.delete(oldest);
  kept.set(workspaceId, loaded);
  return loaded;
}

/** Next time it is read again: its version was seen to have passed. */
export function forgetRouting(workspaceId: string): void {
  kept.delete(workspaceId);
}

async function loadRouting(workspaceId: string): Promise<Routing | null> {
  const sql = ingestSql();
  // The version comes first: a change between the two reads makes this copy look older than it is, never newer.
  const [workspace] = await sql<{ version: string; creates: boolean }[]>`
    select routing_version as version, creates_event_types as creates from workspace where id = ${workspaceId}`;
  if (!workspace) return null;
  const [endpoints, types] = await Promise.all([
    sql<(EndpointRow & { filter: string | null })[]>`
      select id, customer, subscriptions, status = 'paused' as paused, ordering = 'strict' as strict,
        ordering = 'strict' or num_nonnulls(rate_limit, max_in_flight, batch_size) > 0 as gated, filter
      from endpoint
      where workspace_id = ${workspaceId} and deleted_at is null and status <> 'disabled' order by id`,
    sql<(TypeRule & { name: string })[]>`
      select t.name, t.archived_at is not null as archived, t.enforcement, t.version, v.schema
      from event_type t
      left join event_type_version v on t.enforcement <> 'off'
        and v.workspace_id = t.workspace_id and v.name = t.name and v.number = t.version
      where t.workspace_id = ${workspaceId}`,
  ]);
  const rules = new Map(types.map(({ name, ...rule }) => [name, rule]));
  const rows = endpoints.map(({ filter, ...row }) =>
    filter === null ? row : { ...row, filter: storedFilter(filter) },
  );
  return new Routing(Number(workspace.version), workspace.creates, rules, rows);
}
