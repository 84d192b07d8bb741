import type { Job } from "pg-boss";
import type { DeliveryJob } from "../queue/jobs.ts";
import type { Headers } from "./call.ts";
import type { DeliveryStatus, Outcome, Trigger } from "./outcomes.ts";

/** An attempt as it is stored. */
export type AttemptRecord = {
  number: number;
  startedAt: Date;
  trigger: Trigger;
  actor: string | null;
  outcome: Outcome;
  statusCode: number | null;
  detail: string | null;
  dnsMs: number | null;
  connectMs: number | null;
  tlsMs: number | null;
  firstByteMs: number | null;
  totalMs: number;
  reusedConnection: boolean;
  requestHeaders: Headers | null;
  responseHeaders: Headers | null;
  responseBody: Buffer | null;
  responseCut: boolean;
  remoteAddress: string | null;
  retryAfterSeconds: number | null;
  /** The id of a request that carried several deliveries. */
  batchId?: string;
};

/** What a delivery becomes. */
export type DeliveryChange = {
  status: Exclude<DeliveryStatus, "sending">;
  trouble: boolean;
  parked: boolean;
  scheduleStep: number;
  /** From the record on, by the database's clock. */
  nextInSeconds: number | null;
  reason: string | null;
  /** One that was let out stays so: it is queued anew, or holds up those behind it in a strict order. */
  keepsPlace?: boolean;
  /** Of one that is parked: what its next attempt is made for, if neither the event nor the schedule. */
  nextTrigger?: Trigger | null;
  nextActor?: string | null;
};

/** Everything that is recorded together when a worker is done with a claimed job. */
export type Settlement = {
  job: Job<DeliveryJob>;
  workspaceId: string;
  eventType: string;
  test: boolean;
  /** The releaser had let it out: its place may be another's now. */
  released?: boolean;
  attempts: AttemptRecord[];
  /** Null: the delivery has ended already, only the job goes. */
  change: DeliveryChange | null;
  next: { job: DeliveryJob; startAfterSeconds: number } | null;
  /** The version of the endpoint that was called or was to be; null when it could not be read. */
  version: number | null;
  /** Why the endpoint is to be disabled, because its receiver asks for no more events. */
  disable: string | null;
};
