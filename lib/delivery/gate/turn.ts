import { endWithSilence, type Sql, type SqlTransaction } from "../../db.ts";
import { ENDPOINT_DELETED } from "../../endpoints/states.ts";
import { idTime } from "../../ids.ts";
import { enqueueDeliveries, type NewJob } from "../../queue/enqueue.ts";
import { newGroup } from "../../queue/groups.ts";
import { type Allowance, allowanceOf } from "./allowance.ts";
import { groupsOf } from "./batches.ts";
import { chooseHeads, chooseOldest, type EndpointAtGate, endCrowding, readGate, type Waiting } from "./waiting.ts";

const DISCARD_WINDOW = 500;
const PROBES_TO_CHOOSE_FROM = 16;

/** Where an endpoint's next turn goes on. */
export type Place = { behindLane: string | null; afterId: string | null };
export const FROM_THE_FIRST: Place = { behindLane: null, afterId: null };

export type Turn = {
  moved: number;
  /** There may be others that could go at once. */
  more: boolean;
  /** Nothing can go before; null = whatever happens next may change that. */
  closedForMs: number | null;
  /** What is parked becomes due by itself. */
  againInMs: number | null;
  place: Place;
};

/**
 * One endpoint's turn: what may go out now goes, rows and jobs in one transaction. The endpoint's own lock makes two
 * releasers take turns, so limits hold whoever believes to be elected.
 */
export async function takeTurn(sql: Sql, endpointId: string, place: Place): Promise<Turn> {
  return sql.begin(async (tx) => {
    endWithSilence(tx);
    // On its way before the gate is asked: a query goes out when it is first waited for, and what was read before the
    // lock was taken may be out of date.
    const locking = tx<{ mine: boolean }[]>`
      select pg_try_advisory_xact_lock(hashtext('posthorn.gate'), hashtext(${endpointId})) as mine`.execute();
    const [[lock], gate] = await Promise.all([locking, readGate(tx, endpointId)]);
    if (!lock?.mine) return { ...NOTHING, place };
    if (!gate || gate.gone) return discard(tx, endpointId);
    if (gate.status !== "active") return { ...NOTHING, place: FROM_THE_FIRST };
    return letOut(tx, endpointId, gate, place);
  }) as Promise<Turn>;
}

const NOTHING = { moved: 0, more: false, closedForMs: null, againInMs: null };

async function letOut(tx: SqlTransaction, endpointId: string, gate: EndpointAtGate, place: Place): Promise<Turn> {
  const allowance = allowanceOf(gate);
  if (allowance.most === 0) return { ...NOTHING, closedForMs: allowance.closedForMs, place };
  const chosen = await choose(tx, endpointId, gate, allowance, place);
  const { groups, againInMs } = groupsOf(chosen.rows, allowance.probe ? null : gate.batchSize, (row) =>
    dueInMs(row, gate),
  );
  const out = groups.flat();
  if (out.length > 0) {
    await markReleased(tx, out);
    await saveState(tx, endpointId, allowance, out.length);
    await enqueueDeliveries(
      tx,
      groups.flatMap((group) => jobsOf(endpointId, group, gate.batchSize, allowance.probe)),
    );
  }
  if (gate.crowded && chosen.rows.length < allowance.most) await endCrowding(tx, endpointId);
  const more = !allowance.probe && chosen.more && againInMs === null;
  return { moved: out.length, more, closedForMs: null, againInMs, place: chosen.place };
}

/**
 * A batch waits for its oldest; one that was tried before goes with whatever is there, and so does one whose id is from
 * a clock far ahead of the database's, which tells nothing about its age.
 */
function dueInMs({ id, attempts }: Waiting, { batchSeconds, now }: EndpointAtGate): number {
  const gatheredMs = (batchSeconds ?? BATCH_SECONDS) * 1_000;
  const wait = idTime(id).getTime() + gatheredMs - now;
  return attempts > 0 || wait > 2 * gatheredMs ? 0 : wait;
}

const BATCH_SECONDS = 5;

type Chosen = { rows: Waiting[]; more: boolean; place: Place };

async function choose(
  tx: SqlTransaction,
  endpointId: string,
  gate: EndpointAtGate,
  { most, probe }: Allowance,
  place: Place,
): Promise<Chosen> {
  if (gate.ordering === "strict") {
    const { heads, behind } = await chooseHeads(tx, endpointId, most, place.behindLane);
    // A round that began in the middle ends where it began.
    const more = behind !== null || place.behindLane !== null;
    return { rows: heads, more, place: { behindLane: behind, afterId: null } };
  }
  if (probe) return { rows: await chooseProbe(tx, endpointId, gate.failedProbes), more: false, place: FROM_THE_FIRST };
  const rows = await chooseOldest(tx, endpointId, most, place.afterId);
  const more = rows.length === most || place.afterId !== null;
  return { rows, more, place: { behindLane: null, afterId: rows.length === most ? (rows.at(-1)?.id ?? null) : null } };
}

/** Another one each time: what fails may be the event's fault, and then it would keep the circuit open for good. */
async function chooseProbe(tx: SqlTransaction, endpointId: string, failedProbes: number): Promise<Waiting[]> {
  const oldest = await chooseOldest(tx, endpointId, PROBES_TO_CHOOSE_FROM, null);
  const chosen = oldest[failedProbes % oldest.length];
  return chosen ? [chosen] : [];
}

function markReleased(tx: SqlTransaction, rows: Waiting[]) {
  const ids = rows.map(({ id }) => id).sort();
  return tx`
    update delivery set status = 'queued', parked = false, released = true, reason = null, next_attempt_at = null,
      next_trigger = null, next_actor = null
    where id = any(${ids}) and id >= ${ids[0] ?? null} and id <= ${ids.at(-1) ?? null}`;
}

function jobsOf(endpointId: string, group: Waiting[], batchSize: number | null, probe: boolean): NewJob[] {
  const g = batchSize !== null && group.length > 1 ? newGroup(group.length) : undefined;
  return group.map(({ id, eventId, attempts, nextTrigger, nextActor }) => {
    const t = probe ? "probe" : (nextTrigger ?? (attempts > 0 ? "schedule" : undefined));
    return { job: { d: id, e: eventId, p: endpointId, t, a: probe ? undefined : (nextActor ?? undefined), g } };
  });
}

async function saveState(tx: SqlTransaction, endpointId: string, allowance: Allowance, out: number): Promise<void> {
  if (allowance.probe) {
    await tx`update endpoint_state set circuit = 'half_open' where endpoint_id = ${endpointId} and circuit = 'open'`;
  }
  if (!allowance.rate) return;
  await tx`
    insert into endpoint_state (endpoint_id, tokens, tokens_at)
    values (${endpointId}, ${allowance.tokens - out}, clock_timestamp())
    on conflict (endpoint_id) do update set tokens = excluded.tokens, tokens_at = excluded.tokens_at`;
}

async function discard(tx: SqlTransaction, endpointId: string): Promise<Turn> {
  const { count } = await tx`
    with gone as materialized (
      select id from delivery where endpoint_id = ${endpointId} and parked
      order by coalesce(lane, ''), id limit ${DISCARD_WINDOW} for update skip locked
    )
    update delivery d set status = 'discarded', parked = false, released = false, reason = ${ENDPOINT_DELETED},
      finished_at = now()
    from gone where d.id = gone.id`;
  return { ...NOTHING, moved: count, more: count === DISCARD_WINDOW, place: FROM_THE_FIRST };
}
