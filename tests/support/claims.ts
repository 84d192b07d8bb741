import type { Job } from "pg-boss";
import type { Configuration, EndpointNow } from "../../lib/delivery/configuration.ts";
import type { Claimed, DeliveryRow, EventRow } from "../../lib/delivery/load.ts";
import type { DeliveryJob } from "../../lib/queue/jobs.ts";

// What a worker holds in its hands, for tests of what it decides.

export function aConfiguration(values: Partial<Configuration> = {}): Configuration {
  return {
    endpointId: "p",
    workspaceId: "w",
    workspaceSlug: "acme",
    version: 1,
    url: new URL("http://example.com/"),
    builtIn: false,
    format: "envelope",
    method: "POST",
    headers: [],
    authentication: null,
    clientCertificate: null,
    timeoutMs: 60_000,
    schedule: [],
    expectedStatuses: [],
    secrets: [],
    maxAgeMs: null,
    rateLimit: null,
    rateBurst: null,
    maxInFlight: null,
    ordering: "best_effort",
    batchSize: null,
    batchSeconds: null,
    transformation: null,
    ...values,
  };
}

export function anEndpointNow(values: Partial<EndpointNow> = {}): EndpointNow {
  const state = { circuit: "closed", slowed: false, crowded: false } as const;
  return { status: "active", statusReason: null, configuration: null, problem: null, ...state, ...values };
}

export function aDeliveryRow(values: Partial<DeliveryRow> = {}): DeliveryRow {
  return {
    id: "d",
    workspaceId: "w",
    eventType: "a",
    status: "queued",
    attempts: 0,
    scheduleStep: 0,
    released: false,
    lane: null,
    test: false,
    ...values,
  };
}

export function anEventRow(values: Partial<EventRow> = {}): EventRow {
  const payload = Buffer.from("1");
  return {
    id: "e",
    type: "a",
    contentType: "application/json",
    occurredAt: new Date(),
    customer: null,
    tags: null,
    payload,
    bytes: payload.length,
    ...values,
  };
}

export function aJob(values: Partial<Job<DeliveryJob>> = {}): Job<DeliveryJob> {
  return { id: "j", data: { d: "d", e: "e", p: "p" }, retryCount: 0, ...values } as Job<DeliveryJob>;
}

export function aClaim(values: Partial<Claimed> = {}): Claimed & { delivery: DeliveryRow; event: EventRow } {
  const endpoint = anEndpointNow();
  const base = { job: aJob(), delivery: aDeliveryRow(), event: anEventRow(), endpoint };
  return { ...base, ...values } as Claimed & { delivery: DeliveryRow; event: EventRow };
}
