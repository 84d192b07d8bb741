import type { Job } from "pg-boss";
import type { Sql } from "../db.ts";
import type { DeliveryJob } from "../queue/jobs.ts";
import type { Headers } from "./call.ts";
import type { Configurations, EndpointNow } from "./configuration.ts";
import type { DeliveryStatus } from "./outcomes.ts";
import { type TypeSchedules, typeKey } from "./type-schedules.ts";

/** Larger payloads are read one by one, when the worker's byte budget allows. */
const LARGE_PAYLOAD_BYTES = 65_536;

export type DeliveryRow = {
  id: string;
  workspaceId: string;
  eventType: string;
  status: DeliveryStatus;
  attempts: number;
  scheduleStep: number;
  released: boolean;
  lane: string | null;
  test: boolean;
};

export type EventRow = {
  id: string;
  type: string;
  contentType: string;
  occurredAt: Date;
  /** Not to be sent before; absent = at once. */
  deliverAt?: Date | null;
  customer: string | null;
  tags: Record<string, string> | null;
  /** The source it came from, and the headers that travel on from there; null or absent = an app posted it. */
  sourceId?: string | null;
  forwarded?: Headers | null;
  /** Null when it is large: read it with `loadPayload`. */
  payload: Buffer | null;
  bytes: number;
};

/** A claimed job with all that is stored about it; null where it is gone. */
export type Claimed = {
  job: Job<DeliveryJob>;
  delivery: DeliveryRow | null;
  event: EventRow | null;
  endpoint: EndpointNow | null;
  /** The retry schedule of its event type, for endpoints without one; absent = the type has none either. */
  typeSchedule?: readonly number[];
};

/** Reads deliveries, events and endpoints of a claim. Smallest and largest id let Postgres leave out other days. */
export async function load(
  sql: Sql,
  configurations: Configurations,
  schedules: TypeSchedules,
  jobs: Job<DeliveryJob>[],
): Promise<Claimed[]> {
  const [deliveries, events, endpoints, ofTypes] = await Promise.all([
    listDeliveries(sql, [...new Set(jobs.map(({ data }) => data.d))].sort()),
    listEvents(sql, [...new Set(jobs.map(({ data }) => data.e))].sort()),
    configurations.find([...new Set(jobs.map(({ data }) => data.p))]),
    schedules.all(),
  ]);
  return jobs.map((job) => {
    const delivery = deliveries.get(job.data.d) ?? null;
    const claimed = {
      job,
      delivery,
      event: events.get(job.data.e) ?? null,
      endpoint: endpoints.get(job.data.p) ?? null,
    };
    const typeSchedule =
      delivery && ofTypes.size > 0 ? ofTypes.get(typeKey(delivery.workspaceId, delivery.eventType)) : undefined;
    return typeSchedule ? { ...claimed, typeSchedule } : claimed;
  });
}

async function listDeliveries(sql: Sql, ids: string[]): Promise<Map<string, DeliveryRow>> {
  const rows = await sql<DeliveryRow[]>`
    select id, workspace_id as "workspaceId", event_type as "eventType", status, attempts,
      schedule_step as "scheduleStep", released, lane, test
    from delivery where id = any(${ids}) and id >= ${ids[0] ?? null} and id <= ${ids.at(-1) ?? null}`;
  return new Map(rows.map((row) => [row.id, row]));
}

async function listEvents(sql: Sql, ids: string[]): Promise<Map<string, EventRow>> {
  const rows = await sql<EventRow[]>`
    select id, type, content_type as "contentType", occurred_at as "occurredAt", deliver_at as "deliverAt", customer, tags,
      source_id as "sourceId", forwarded, octet_length(payload) as bytes, case when octet_length(payload) <= ${LARGE_PAYLOAD_BYTES} then payload end as payload
    from event where id = any(${ids}) and id >= ${ids[0] ?? null} and id <= ${ids.at(-1) ?? null}`;
  return new Map(rows.map((row) => [row.id, row]));
}

export async function loadPayload(sql: Sql, eventId: string): Promise<Buffer | null> {
  const [row] = await sql<{ payload: Buffer }[]>`select payload from event where id = ${eventId}`;
  return row?.payload ?? null;
}
