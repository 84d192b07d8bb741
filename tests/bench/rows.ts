import { connect, type Sql } from "../../lib/db.ts";
import { LATENCY_BOUNDS_MS } from "../../lib/delivery/outcomes.ts";
import { firstIdAt } from "../../lib/ids.ts";
import { DAY_MS, startOfDay } from "../../lib/partitions/days.ts";
import { makePartitionsAhead } from "../../lib/partitions/make-ahead.ts";

// Rows as the product would have written them, made by the database itself: millions in minutes.

/** A UUIDv7 of a millisecond (bigint), made different by a text. */
const uuid = (ms: string, salt: string) =>
  `(lpad(to_hex(${ms}), 12, '0') || '7' || substr(md5(${salt}), 1, 3) || 'a' || substr(md5(${salt}), 4, 15))::uuid`;

const REQUEST_HEADERS = `json_build_array(array['content-type', 'application/json'], array['user-agent', 'Posthorn/0.1.0'],
  array['accept-encoding', 'identity'], array['webhook-id', 'evt_' || substr(md5(d.id::text), 1, 26)],
  array['webhook-timestamp', '1790000000'], array['webhook-signature', 'v1,' || encode(sha256(d.id::text::bytea), 'base64')])`;
const RESPONSE_HEADERS = `[["content-length","2"],["date","Sat, 21 Nov 2026 12:00:00 GMT"],["connection","keep-alive"],["keep-alive","timeout=5"]]`;
const PAYLOAD = `convert_to('{"n":' || n || ',"sentAt":' || ms || ',"amount":1999,"currency":"USD","customer":{"id":"cus_' || n % 1000 ||
  '","email":"a@example.com"},"items":[' || repeat('{"sku":"sku-1","qty":1,"price":199},', 7) || '{"sku":"sku-8","qty":1,"price":199}]}', 'UTF8')`;

const DAYS = 30;
const CONNECTIONS = 2;
/** Deliveries an event has: it went to two endpoints. */
const FANOUT = 2;

/**
 * Finished deliveries over the past days, with their events, attempts and statistics: a few endpoints have most of
 * them, 97 % went well at once, the rest was retried, failed or was discarded.
 */
export async function storeDeliveries(url: string, count: number): Promise<void> {
  const sql = connect(url, CONNECTIONS);
  const today = startOfDay(new Date()).getTime();
  for (let age = DAYS; age > 0; age -= 15) await makePartitionsAhead(sql, new Date(today - age * DAY_MS));
  await makePartitionsAhead(sql, new Date(today));
  await sql.unsafe(`create unlogged table bench_endpoint as
    select id, workspace_id, subscriptions[1] as type, row_number() over (order by id) - 1 as position,
      count(*) over () as of from endpoint where subscriptions[1] like 'stored.%'`);
  const days = Array.from({ length: DAYS }, (_, index) => today - (index + 1) * DAY_MS);
  const events = Math.ceil(count / FANOUT / DAYS);
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (let day = days.pop(); day !== undefined; day = days.pop()) await storeDay(sql, day, events);
    }),
  );
  await storeStats(sql, today);
  await sql.unsafe("drop table bench_endpoint");
  await sql.unsafe("vacuum analyze");
  await sql.end();
}

async function storeDay(sql: Sql, day: number, events: number): Promise<void> {
  const step = DAY_MS / events;
  // The square of a random number: the first endpoints have most of the traffic.
  await sql.begin(async (tx) => {
    await tx.unsafe(`create temporary table made on commit drop as
      select n, ms, ${uuid("ms", "n || ' e'")} as id, floor(random() ^ 2 * (select max("of") from bench_endpoint))::int as first
      from (select n, ${day} + floor(n * ${step})::bigint as ms from generate_series(0, ${events - 1}) n) s`);
    await tx.unsafe(`insert into event (id, workspace_id, type, customer, payload, content_type, occurred_at)
      select made.id, workspace_id, p.type, case when n % 3 = 0 then 'customer-' || n % 1000 end, ${PAYLOAD},
        'application/json', to_timestamp(ms / 1000.0)
      from made join bench_endpoint p on p.position = first order by n`);
    await tx.unsafe(`insert into delivery (id, workspace_id, event_id, endpoint_id, customer, event_type, status, trouble,
        attempts, schedule_step, last_outcome, last_status_code, last_duration_ms, reason, finished_at)
      select ${uuid("ms", "n || ' d' || k")}, workspace_id, e.id, p.id, case when n % 3 = 0 then 'customer-' || n % 1000 end,
        p.type, case when fate < 0.985 then 'delivered' when fate < 0.997 then 'failed' else 'discarded' end, fate >= 0.985,
        case when fate < 0.97 then 1 when fate < 0.985 then 2 when fate < 0.997 then 8 else 0 end,
        case when fate < 0.97 then 0 when fate < 0.985 then 1 when fate < 0.997 then 8 else 0 end,
        case when fate < 0.985 then 'success' when fate < 0.99 then 'timeout' when fate < 0.997 then 'http_error' end,
        case when fate < 0.985 then 200 when fate >= 0.99 and fate < 0.997 then 500 end,
        case when fate < 0.997 then (5 / (1.001 - fate))::int end,
        case when fate >= 0.997 then 'The endpoint was deleted' end, to_timestamp(ms / 1000.0 + 1)
      from (select made.*, k, random() as fate from made, generate_series(0, ${FANOUT - 1}) k) e
      join bench_endpoint p on p.position = (first + k) % p.of order by n, k`);
    await tx.unsafe(`insert into attempt (delivery_id, number, started_at, trigger, outcome, status_code, first_byte_ms,
        total_ms, reused_connection, request_headers, response_headers, response_body, remote_address)
      select d.id, number, d.finished_at, case when number = 1 then 'first' else 'schedule' end,
        case when number < d.attempts then 'http_error' else d.last_outcome end,
        case when number < d.attempts then 503 else d.last_status_code end, d.last_duration_ms - 1, d.last_duration_ms,
        true, ${REQUEST_HEADERS}, '${RESPONSE_HEADERS}'::json, 'ok', '127.0.0.1'
      from delivery d, generate_series(1, d.attempts) number
      where d.id >= '${firstIdAt(day)}' and d.id < '${firstIdAt(day + DAY_MS)}' order by d.id, number`);
  });
}

/** Minutes of the last two days and hours of the days before, as the worker leaves them. */
async function storeStats(sql: Sql, today: number): Promise<void> {
  const one = (from: number, to: number, step: string, each: number, slot: number) => `
    insert into delivery_stat (workspace_id, endpoint_id, event_type, bucket, slot, delivered, failed, retried, latency)
    select workspace_id, id, type, bucket, ${slot}, ${each}, ${Math.ceil(each / 100)}, ${Math.ceil(each / 50)},
      array[${[each, ...LATENCY_BOUNDS_MS.map(() => 0)].join()}]
    from bench_endpoint, generate_series(to_timestamp(${from / 1_000}), to_timestamp(${to / 1_000}) - interval '1 second', '${step}') bucket
    on conflict do nothing`;
  await sql.unsafe(one(today - DAYS * DAY_MS, today - 2 * DAY_MS, "1 hour", 300, -1));
  await sql.unsafe(one(today - 2 * DAY_MS, today, "1 minute", 5, 0));
}

/** Deliveries that wait, without a job, for the endpoint that wants these events. */
export async function parkDeliveries(url: string, type: string, count: number): Promise<void> {
  const sql = connect(url, 1);
  const now = Date.now();
  await sql.begin(async (tx) => {
    await tx.unsafe(`create temporary table made on commit drop as
      select n, ${now} + n / 1000 as ms, ${uuid(`(${now} + n / 1000)::bigint`, "n || ' e'")} as id
      from generate_series(0, ${count - 1}) n`);
    await tx.unsafe(`insert into event (id, workspace_id, type, payload, content_type, occurred_at)
      select made.id, p.workspace_id, '${type}', ${PAYLOAD}, 'application/json', now()
      from made, endpoint p where '${type}' = any(p.subscriptions) order by n`);
    await tx.unsafe(`insert into delivery (id, workspace_id, event_id, endpoint_id, event_type, status, parked)
      select ${uuid("ms::bigint", "n || ' d'")}, p.workspace_id, made.id, p.id, '${type}', 'queued', true
      from made, endpoint p where '${type}' = any(p.subscriptions) order by n`);
  });
  await sql.unsafe("vacuum analyze");
  await sql.end();
}
