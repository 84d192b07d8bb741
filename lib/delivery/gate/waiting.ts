import type { Sql, SqlTransaction } from "../../db.ts";
import type { Circuit, Ordering } from "../../endpoints/states.ts";
import type { Trigger } from "../outcomes.ts";
import type { Gate } from "./allowance.ts";

// What the releaser reads. Every statement follows the index delivery_gate (endpoint, parked, lane, id), so that a
// long line of parked deliveries costs no more than a short one, and millions that are over cost nothing. They ask for
// the order of that index, and for a lane by a range: otherwise Postgres, which plans them without knowing the endpoint,
// may find the endpoint's own index good enough and read through all it ever got.

export type Waiting = {
  id: string;
  eventId: string;
  attempts: number;
  nextTrigger: Trigger | null;
  nextActor: string | null;
};

/** Endpoints something is parked for that may go on, or must be discarded. Jumps through the index from one to the next. */
export async function listWaitingEndpoints(sql: Sql): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    with recursive parked as (
      (select endpoint_id as id from delivery where parked order by endpoint_id, coalesce(lane, ''), id limit 1)
      union all
      select (select d.endpoint_id from delivery d where d.parked and d.endpoint_id > parked.id
        order by d.endpoint_id, coalesce(d.lane, ''), d.id limit 1) from parked where parked.id is not null
    )
    select parked.id from parked left join endpoint p on p.id = parked.id
    where parked.id is not null and (p.id is null or p.deleted_at is not null or p.status = 'active')`;
  return rows.map(({ id }) => id);
}

type GateRow = Omit<Gate, "bucket" | "ordering" | "circuit"> & {
  status: string;
  gone: boolean;
  ordering: Ordering;
  circuit: Circuit;
  crowded: boolean;
  batchSeconds: number | null;
  failedProbes: number;
  tokens: number | null;
  tokensAt: number | null;
};
export type EndpointAtGate = Gate & Pick<GateRow, "status" | "gone" | "crowded" | "batchSeconds" | "failedProbes">;

/** Null: there is no such endpoint any more. */
export async function readGate(tx: SqlTransaction, endpointId: string): Promise<EndpointAtGate | null> {
  const ms = (moment: string) => tx.unsafe(`(extract(epoch from ${moment}) * 1000)::float8`);
  const [row] = await tx<GateRow[]>`
    select p.status, p.deleted_at is not null as gone, p.ordering, p.rate_limit as "rateLimit",
      p.rate_burst as "rateBurst", p.max_in_flight as "maxInFlight", p.batch_size as "batchSize",
      p.batch_seconds as "batchSeconds", coalesce(s.circuit, 'closed') as circuit,
      s.crowded_since is not null as crowded, coalesce(s.failed_probes, 0) as "failedProbes", ${ms("s.probe_at")} as "probeAt",
      ${ms("s.slowed_until")} as "slowedUntil", s.tokens, ${ms("s.tokens_at")} as "tokensAt",
      ${ms("clock_timestamp()")} as now,
      ${ms(`greatest(s.slowed_until, case when s.circuit = 'closed' then s.circuit_since end,
        case when p.status_since > p.created_at + interval '1 second' then p.status_since end)`)} as "resumedAt",
      (select count(*)::int from delivery d where d.endpoint_id = p.id and d.released and not d.parked
        and d.status in ('queued', 'retrying') and (d.next_attempt_at is null or d.next_attempt_at <= now())) as out
    from endpoint p left join endpoint_state s on s.endpoint_id = p.id
    where p.id = ${endpointId}`;
  if (!row) return null;
  const { tokens, tokensAt, ...gate } = row;
  return { ...gate, bucket: tokens === null || tokensAt === null ? null : { tokens, at: tokensAt } };
}

const COLUMNS = `id, event_id as "eventId", attempts, next_trigger as "nextTrigger", next_actor as "nextActor"`;

/**
 * The oldest, locked. Those in named lanes, which wait from a time when the endpoint kept an order, go before the rest.
 * @param after what is known to have gone already: the index remembers it for a while, and reading past that takes time
 */
export async function chooseOldest(
  tx: SqlTransaction,
  endpointId: string,
  most: number,
  after: string | null,
): Promise<Waiting[]> {
  const named = await tx<Waiting[]>`
    select ${tx.unsafe(COLUMNS)} from delivery
    where endpoint_id = ${endpointId} and parked and coalesce(lane, '') > ''
    order by coalesce(lane, ''), id limit ${most} for update skip locked`;
  if (named.length >= most) return named;
  const plain = await tx<Waiting[]>`
    select ${tx.unsafe(COLUMNS)} from delivery
    where endpoint_id = ${endpointId} and parked and (coalesce(lane, ''), id) > ('', ${after ?? NO_ID}::uuid)
      and coalesce(lane, '') <= ''
    order by coalesce(lane, ''), id limit ${most - named.length} for update skip locked`;
  return [...named, ...plain];
}

/** In the transaction of a turn: once nothing waits in line, new deliveries need not stand in it either. */
export async function endCrowding(tx: SqlTransaction, endpointId: string): Promise<void> {
  await tx`
    update endpoint_state set crowded_since = null
    where endpoint_id = ${endpointId} and crowded_since is not null and (
      select id from delivery where endpoint_id = ${endpointId} and parked
      order by coalesce(lane, ''), id limit 1) is null`;
}

const NO_ID = "00000000-0000-0000-0000-000000000000";
/** Lanes looked at in one turn: some of them may have one out already. */
const LANES_LOOKED_AT = { least: 32, most: 200 };

export type Heads = {
  heads: Waiting[] /** Where the next turn goes on; null = from the first lane again. */;
  behind: string | null;
};

/**
 * The first of each lane that has none out, from one lane on; at most so many, locked. One that somebody else has
 * locked keeps its place: the next in its lane must not pass it.
 */
export async function chooseHeads(
  tx: SqlTransaction,
  endpointId: string,
  most: number,
  behind: string | null,
): Promise<Heads> {
  const look = Math.min(Math.max(2 * most, LANES_LOOKED_AT.least), LANES_LOOKED_AT.most);
  const lanes = await tx<{ lane: string; head: string | null }[]>`
    with recursive lanes as (
      (select coalesce(lane, '') as lane, 1 as n from delivery
        where endpoint_id = ${endpointId} and parked and coalesce(lane, '') ${behind === null ? tx`>= ''` : tx`> ${behind}`}
        order by coalesce(lane, '') limit 1)
      union all
      select (select coalesce(d.lane, '') from delivery d where d.endpoint_id = ${endpointId} and d.parked
        and coalesce(d.lane, '') > lanes.lane order by coalesce(d.lane, '') limit 1), n + 1
      from lanes where lanes.lane is not null and n < ${look}
    )
    select lane, case when (
        select r.id from delivery r where r.endpoint_id = ${endpointId} and r.released and not r.parked
          and coalesce(r.lane, '') between lanes.lane and lanes.lane and r.status in ('queued', 'retrying')
        order by coalesce(r.lane, ''), r.id limit 1) is null
      then (select d.id from delivery d where d.endpoint_id = ${endpointId} and d.parked
        and coalesce(d.lane, '') between lanes.lane and lanes.lane
        order by coalesce(d.lane, ''), d.id limit 1) end as head
    from lanes where lane is not null`;
  const free = lanes.filter(({ head }) => head !== null).slice(0, most);
  const heads = await lock(tx, free.flatMap(({ head }) => head ?? []).sort());
  const lastTaken = free.length === most ? free.at(-1) : undefined;
  const lastLooked = lanes.length === look ? lanes.at(-1) : undefined;
  return { heads, behind: (lastTaken ?? lastLooked)?.lane ?? null };
}

function lock(tx: SqlTransaction, ids: string[]): Promise<Waiting[]> | Waiting[] {
  const [first, last] = [ids[0], ids.at(-1)];
  if (first === undefined || last === undefined) return [];
  return tx<Waiting[]>`
    select ${tx.unsafe(COLUMNS)} from delivery
    where id = any(${ids}) and id >= ${first} and id <= ${last} and parked order by id for update skip locked`;
}
