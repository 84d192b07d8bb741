import { endWithSilence, type Sql, type SqlTransaction } from "../db.ts";
import { enqueueDeliveries } from "../queue/enqueue.ts";
import { announceParked } from "../queue/gate-channel.ts";
import { settleJobs } from "../queue/settle.ts";
import { disableUnwanted } from "./disable.ts";
import { endpointsAtGate } from "./gate/wake.ts";
import { saveEndpointStates } from "./record-states.ts";
import { countStats } from "./record-stats.ts";
import type { AttemptRecord, Settlement } from "./settlement.ts";

/**
 * Records what workers are done with, in one transaction and always in this order: settle the jobs, fenced, so that
 * a worker that lost its claim records nothing; then, for what was settled, attempts, deliveries, statistics, endpoints
 * that are gone, endpoint states and next jobs. Every statement's rows are sorted by key, and endpoints are written
 * before their states, as people's commands do, or writers would deadlock.
 * @param slot the row of statistics that this writer has to itself
 * @param announces whether the releaser is another process, which must be told what concerns it
 * @returns those that were recorded; the others belong to another worker by now
 */
export async function record(
  sql: Sql,
  settlements: Settlement[],
  slot: number,
  announces = true,
): Promise<Settlement[]> {
  return sql.begin(async (tx) => {
    endWithSilence(tx);
    const held = await settleJobs(
      tx,
      settlements.map(({ job }) => job),
    );
    const mine = settlements
      .filter(({ job }) => held.has(job.id))
      .sort((a, b) => (a.job.data.d < b.job.data.d ? -1 : 1));
    const changed = mine.filter(({ change }) => change !== null);
    const attempted = mine.filter(({ attempts }) => attempts.length > 0);
    // Sent without waiting for each other: one connection runs them in this order.
    const writes = [
      insertAttempts(tx, attempted),
      updateDeliveries(tx, changed),
      countStats(tx, attempted, slot),
      disableUnwanted(tx, mine).then(() => saveEndpointStates(tx, mine)),
    ] as const;
    const [, discarded] = await Promise.all(writes);
    await queueNext(tx, mine, discarded);
    if (announces) await announceAtGate(tx, mine);
    return mine;
  }) as Promise<Settlement[]>;
}

async function insertAttempts(tx: SqlTransaction, settlements: Settlement[]): Promise<void> {
  if (settlements.length === 0) return;
  const rows = settlements.flatMap(({ job, attempts }) => attempts.map((attempt) => attemptRow(job.data.d, attempt)));
  await tx`
    insert into attempt (delivery_id, number, started_at, trigger, actor, outcome, status_code, detail, dns_ms,
      connect_ms, tls_ms, first_byte_ms, total_ms, reused_connection, request_headers, response_headers, response_body,
      response_cut, remote_address, retry_after_seconds, batch_id)
    select d, n, s, t, a, o, sc, de, dn, cm, tm, fb, tt, ru, qh, rh, decode(b, 'base64'), rc, ra, rs, bi
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as x (d uuid, n int, s timestamptz, t text, a text,
      o text, sc smallint, de text, dn int, cm int, tm int, fb int, tt int, ru boolean, qh json, rh json, b text,
      rc boolean, ra text, rs int, bi text)`;
}

function attemptRow(deliveryId: string, attempt: AttemptRecord) {
  return {
    d: deliveryId,
    n: attempt.number,
    s: attempt.startedAt,
    t: attempt.trigger,
    a: attempt.actor,
    o: attempt.outcome,
    sc: attempt.statusCode,
    // A receiver may have had its say in it, and Postgres keeps neither NUL nor half of a surrogate pair.
    de: attempt.detail?.toWellFormed().replaceAll("\0", "") ?? null,
    dn: rounded(attempt.dnsMs),
    cm: rounded(attempt.connectMs),
    tm: rounded(attempt.tlsMs),
    fb: rounded(attempt.firstByteMs),
    tt: rounded(attempt.totalMs),
    ru: attempt.reusedConnection,
    qh: attempt.requestHeaders,
    rh: attempt.responseHeaders,
    b: attempt.responseBody?.toString("base64") ?? null,
    rc: attempt.responseCut,
    ra: attempt.remoteAddress,
    rs: attempt.retryAfterSeconds,
    bi: attempt.batchId,
  };
}

function rounded(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.max(0, Math.round(milliseconds));
}

/**
 * A delivery that was discarded while its call was on the way stays discarded, unless the call succeeded.
 * @returns the deliveries that get no next attempt after all
 */
async function updateDeliveries(tx: SqlTransaction, settlements: Settlement[]): Promise<Set<string>> {
  const [first, last] = [settlements[0], settlements.at(-1)];
  if (!first || !last) return new Set();
  const discarded = await tx<{ id: string; status: string }[]>`
    with written as (
      update delivery d set
        status = case when (d.status = 'discarded' and s <> 'delivered') then d.status else s end,
        trouble = t,
        parked = p and not (d.status = 'discarded' and s <> 'delivered'),
        released = d.released and coalesce(k, false) and d.status <> 'discarded',
        next_trigger = nt,
        next_actor = na,
        attempts = coalesce(n, d.attempts),
        schedule_step = st,
        next_attempt_at = case when not (d.status = 'discarded' and s <> 'delivered') then now() + ne * interval '1 second' end,
        last_outcome = coalesce(o, d.last_outcome),
        last_status_code = case when o is null then d.last_status_code else sc end,
        last_duration_ms = coalesce(ms, d.last_duration_ms),
        reason = case when (d.status = 'discarded' and s <> 'delivered') then d.reason else r end,
        finished_at = case when (d.status = 'discarded' and s <> 'delivered') then d.finished_at when f then now() end
      from json_to_recordset(${JSON.stringify(settlements.map(deliveryRow))}::text::json) as x (i uuid,
        s text, t boolean, p boolean, n int, st smallint, ne float8, o text, sc smallint, ms int, r text, f boolean,
        k boolean, nt text, na text)
      where d.id = i and d.id >= ${first.job.data.d} and d.id <= ${last.job.data.d}
      returning d.id, d.status
    )
    select id, status from written where status = 'discarded'`;
  return new Set(discarded.map(({ id }) => id));
}

function deliveryRow({ job, attempts, change }: Settlement) {
  const last = attempts.at(-1);
  return {
    i: job.data.d,
    s: change?.status,
    t: change?.trouble,
    p: change?.parked,
    n: last?.number,
    st: change?.scheduleStep,
    ne: change?.nextInSeconds,
    o: last?.outcome,
    sc: last?.statusCode,
    ms: last ? rounded(last.totalMs) : undefined,
    r: change?.reason,
    k: change?.keepsPlace,
    nt: change?.nextTrigger ?? undefined,
    na: change?.nextActor ?? undefined,
    f: change !== null && ["delivered", "failed", "discarded"].includes(change.status),
  };
}

async function queueNext(tx: SqlTransaction, settlements: Settlement[], discarded: Set<string>): Promise<void> {
  const jobs = settlements.flatMap(({ next }) =>
    next && !discarded.has(next.job.d) ? [{ job: next.job, startAfter: next.startAfterSeconds }] : [],
  );
  await enqueueDeliveries(tx, jobs);
}

async function announceAtGate(tx: SqlTransaction, settlements: Settlement[]): Promise<void> {
  const endpointIds = endpointsAtGate(settlements);
  if (endpointIds.length > 0) await announceParked(tx, endpointIds);
}
