import { asc, eq } from "drizzle-orm";
import { type endpoint, endpointSecret } from "../../drizzle/schema/configuration.ts";
import { attempt, delivery } from "../../drizzle/schema/traffic.ts";
import { db, hotSql, type Sql } from "../../lib/db.ts";
import { addressPolicy } from "../../lib/delivery/address-policy.ts";
import { type Lookup, sharedLookup } from "../../lib/delivery/connect.ts";
import { Lines } from "../../lib/delivery/lines.ts";
import { Pump } from "../../lib/delivery/pump.ts";
import { Recorder } from "../../lib/delivery/recorder.ts";
import { type Send, sendOver } from "../../lib/delivery/send.ts";
import { env } from "../../lib/env.ts";
import { newId } from "../../lib/ids.ts";
import { enqueueDeliveries } from "../../lib/queue/enqueue.ts";
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

export type TestWorker = { pump: Pump; stop: (graceMs?: number) => Promise<void> };

type WorkerOptions = { sql?: Sql; lookup?: Lookup; send?: Send; concurrency?: number; host?: string; slot?: number };

/** The delivering part of a worker, in this process. */
export function aWorker({
  lookup,
  send,
  concurrency = 50,
  host,
  slot = 0,
  sql = hotSql(),
}: WorkerOptions = {}): TestWorker {
  const policy = addressPolicy({ ...env(), ...(host ? { HOST: host } : {}) });
  const lines = new Lines({ policy, lookup: lookup ?? sharedLookup, receiverPort: env().RECEIVER_PORT });
  const pump = new Pump({
    sql,
    send: send ?? sendOver(lines),
    recorder: new Recorder(hotSql(), slot),
    concurrency,
  });
  pump.start();
  return {
    pump,
    stop: async (graceMs = 5_000) => {
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
  await hotSql()`update pgboss.job set start_after = now() where data ->> 'd' = ${deliveryId} and state < 'active'`;
}
