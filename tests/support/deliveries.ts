import { asc, eq } from "drizzle-orm";
import { type endpoint, endpointSecret } from "../../drizzle/schema/configuration.ts";
import { attempt, delivery } from "../../drizzle/schema/traffic.ts";
import { db, hotSql, type Sql } from "../../lib/db.ts";
import { addressPolicy } from "../../lib/delivery/address-policy.ts";
import { type Lookup, sharedLookup } from "../../lib/delivery/connect.ts";
import { Releaser } from "../../lib/delivery/gate/releaser.ts";
import { Lines } from "../../lib/delivery/lines.ts";
import { Pump } from "../../lib/delivery/pump.ts";
import { Recorder } from "../../lib/delivery/recorder.ts";
import { type Send, sendOver } from "../../lib/delivery/send.ts";
import { env } from "../../lib/env.ts";
import { newId } from "../../lib/ids.ts";
import { NOTIFY_CHANNEL } from "../../lib/queue/boss.ts";
import { enqueueDeliveries } from "../../lib/queue/enqueue.ts";
import { GATE_CHANNEL, namedEndpoints } from "../../lib/queue/gate-channel.ts";
import { encryptSecret } from "../../lib/secrets/cipher.ts";
import { anEndpoint, anEvent } from "./traffic.ts";

export const SECRET = `whsec_${Buffer.alloc(32, 5).toString("base64")}`;

/** An endpoint that signs with SECRET. */
export async function aSignedEndpoint(workspaceId: string, values: Partial<typeof endpoint.$inferInsert>) {
  const endpointId = await anEndpoint(workspaceId, values);
  await addSecret(endpointId, SECRET);
  return endpointId;
}

export async function addSecret(endpointId: string, secret: string, expiresAt: Date | null = null): Promise<void> {
  const id = newId();
  const encrypted = encryptSecret(secret, { table: "endpoint_secret", column: "encrypted", id });
  await db().insert(endpointSecret).values({ id, endpointId, encrypted, expiresAt });
}

type Options = { payload?: string; type?: string; test?: boolean; occurredAt?: Date };

/** An event for one endpoint with its delivery and job, as ingest would have committed them. */
export async function aQueuedDelivery(workspaceId: string, endpointId: string, options: Options = {}) {
  const { payload = '{"n":1}', type = "order.created", test = false, occurredAt = new Date() } = options;
  const eventId = await anEvent(workspaceId, { payload: Buffer.from(payload), type, test, occurredAt });
  const id = newId();
  await hotSql().begin(async (tx) => {
    await tx`insert into delivery (id, workspace_id, event_id, endpoint_id, event_type, test)
      values (${id}, ${workspaceId}, ${eventId}, ${endpointId}, ${type}, ${test})`;
    await enqueueDeliveries(tx, [{ job: { d: id, e: eventId, p: endpointId } }]);
  });
  return id;
}

type ManyOptions = { lane?: (n: number) => string | null };

/** So many events with a delivery and a job each, `{"n":0}` first. */
export async function queueDeliveries(
  workspaceId: string,
  endpointId: string,
  count: number,
  { lane = () => null }: ManyOptions = {},
): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, n) => ({ e: newId(), d: newId(), n, lane: lane(n) }));
  await hotSql().begin(async (tx) => {
    await tx`insert into event (id, workspace_id, type, payload, occurred_at)
      select e, ${workspaceId}, 'order.created', convert_to('{"n":' || n || '}', 'UTF8'), now()
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as x (e uuid, n int)`;
    await tx`insert into delivery (id, workspace_id, event_id, endpoint_id, event_type, lane)
      select d, ${workspaceId}, e, ${endpointId}, 'order.created', lane
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as x (d uuid, e uuid, lane text)`;
    await enqueueDeliveries(
      tx,
      rows.map(({ d, e }) => ({ job: { d, e, p: endpointId } })),
    );
  });
  return rows.map(({ d }) => d);
}

export type TestWorker = { pump: Pump; releaser: Releaser | null; stop: (graceMs?: number) => Promise<void> };

type WorkerOptions = {
  sql?: Sql;
  lookup?: Lookup;
  send?: Send;
  concurrency?: number;
  host?: string;
  slot?: number;
  /** Takes part in letting parked deliveries out. */
  releases?: boolean;
};

/** The delivering part of a worker, in this process. */
export function aWorker({
  lookup,
  send,
  concurrency = 50,
  host,
  slot = 0,
  sql = hotSql(),
  releases = false,
}: WorkerOptions = {}): TestWorker {
  const policy = addressPolicy({ ...env(), ...(host ? { HOST: host } : {}) });
  const lines = new Lines({ policy, lookup: lookup ?? sharedLookup, receiverPort: env().RECEIVER_PORT });
  const releaser = releases ? new Releaser(hotSql()) : null;
  const recorder = new Recorder(hotSql(), slot, releaser);
  const pump = new Pump({ sql, send: send ?? sendOver(lines), recorder, concurrency });
  const hearing = releaser && hotSql().listen(GATE_CHANNEL, (message) => releaser.wake(namedEndpoints(message)));
  const hearingJobs = releaser && hotSql().listen(NOTIFY_CHANNEL, () => pump.wake());
  releaser?.start();
  pump.start();
  return {
    pump,
    releaser,
    stop: async (graceMs = 5_000) => {
      await (await hearing)?.unlisten();
      await (await hearingJobs)?.unlisten();
      await releaser?.stop();
      await pump.stop(graceMs);
      lines.close();
    },
  };
}

export async function theDelivery(id: string) {
  const [row] = await db().select().from(delivery).where(eq(delivery.id, id));
  if (!row) throw new Error(`No delivery ${id}`);
  return row;
}

export function attemptsOf(id: string) {
  return db().select().from(attempt).where(eq(attempt.deliveryId, id)).orderBy(asc(attempt.number));
}

/** Its first attempt, once it is on record. */
export async function firstAttempt(id: string) {
  const [row] = await attemptsOf(id);
  return row;
}

export async function liveJobs(deliveryId: string) {
  return hotSql()<{ state: string; startAfter: Date; data: unknown }[]>`
    select state, start_after as "startAfter", data from pgboss.job
    where data ->> 'd' = ${deliveryId} and state <= 'active'`;
}

/** Makes a waiting retry due now. */
export async function hurry(deliveryId: string): Promise<void> {
  await hotSql()`update pgboss.job set start_after = now(), created_on = now() where data ->> 'd' = ${deliveryId} and state < 'active'`;
}
