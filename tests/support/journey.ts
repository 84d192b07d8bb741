import { test as base } from "@playwright/test";
import { Webhook } from "standardwebhooks";
import { missingRequest } from "../../drizzle/schema/inbound.ts";
import { createApiKey } from "../../lib/api-keys/commands.ts";
import { SYSTEM } from "../../lib/audit/record.ts";
import { db } from "../../lib/db.ts";
import { createEndpoint } from "../../lib/endpoints/commands.ts";
import { endpointInput } from "../../lib/endpoints/input.ts";
import { revealSecret } from "../../lib/endpoints/secrets.ts";
import { createEventType } from "../../lib/event-types/commands.ts";
import { eventTypeInput } from "../../lib/event-types/input.ts";
import { saveGapCheck } from "../../lib/gap-check/commands.ts";
import { gapCheckInput } from "../../lib/gap-check/input.ts";
import { formatId, parseId } from "../../lib/ids.ts";
import { listDeliveries } from "../../lib/reports/deliveries.ts";
import { createSource } from "../../lib/sources/commands.ts";
import { sourceInput } from "../../lib/sources/input.ts";
import { findSource } from "../../lib/sources/queries.ts";
import type { MissingState } from "../../lib/sources/states.ts";
import { type FaultReceiver, faultReceiver, type ReceivedCall } from "./receiver.ts";

// What a journey finds already there, made by the product's own commands.

export async function aType(
  workspaceId: string,
  values: { name: string; example?: string; schema?: string },
): Promise<void> {
  await createEventType(workspaceId, eventTypeInput.parse(values), SYSTEM);
}

/** An endpoint by its outside id, with its secret. */
export async function anEndpoint(workspaceId: string, values: Record<string, unknown>) {
  const created = await createEndpoint(workspaceId, endpointInput.parse(values), SYSTEM);
  if (created.result !== "created") throw new Error(created.result);
  const revealed = await revealSecret(workspaceId, created.id, SYSTEM);
  return { id: formatId("ep", created.id), secret: revealed?.secret ?? "" };
}

/** A source by its outside id, with the end of its URL. */
export async function aNewSource(workspaceId: string, values: Record<string, unknown> = {}) {
  const input = sourceInput.parse({ provider: "stripe", name: "Stripe", ...values });
  const created = await createSource(workspaceId, input, SYSTEM);
  if (created.result !== "created") throw new Error(created.result);
  const found = await findSource(workspaceId, created.id);
  return { id: formatId("src", created.id), token: found?.token ?? "" };
}

/** Of a Stripe source, by its outside id, with what it found. Its API is nowhere: whoever asks it is told so. */
export async function aGapCheck(workspaceId: string, source: string, found: MissingState[] = []): Promise<void> {
  const input = gapCheckInput.parse({ source, token: "rk_test", base: "http://127.0.0.1:9999" });
  const saved = await saveGapCheck(workspaceId, input, SYSTEM);
  if (saved.result !== "saved") throw new Error(saved.result);
  const about = { sourceId: input.source, type: "invoice.paid", sentAt: new Date() };
  const rows = found.map((state, n) => ({ ...about, externalId: `evt_${n}`, state }));
  if (rows.length > 0) await db().insert(missingRequest).values(rows);
}

type PostedEvent = { type: string; data: unknown; customer?: string; orderingKey?: string };

/** Posts an event with a new key, as an app would; returns its id. */
export async function postEvent(workspaceId: string, event: PostedEvent): Promise<string> {
  const { id } = await post<{ id: string }>(workspaceId, "/api/v1/events", event);
  return id;
}

/** Posts up to a thousand events in one call; returns their ids. */
export async function postEvents(workspaceId: string, events: PostedEvent[]): Promise<string[]> {
  const { data } = await post<{ data: { id: string }[] }>(workspaceId, "/api/v1/events/batch", events);
  return data.map(({ id }) => id);
}

async function post<Answer>(workspaceId: string, path: string, body: unknown): Promise<Answer> {
  const key = await createApiKey(workspaceId, { name: "shop", scopes: ["ingest"], expiresInDays: undefined }, SYSTEM);
  const answer = await fetch(`${process.env.POSTHORN_URL}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${key.secret}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** The outside ids of an event's deliveries, once they are there. */
export async function deliveriesOf(workspaceId: string, event: string): Promise<string[]> {
  const { rows } = await listDeliveries(workspaceId, { eventId: parseId("evt", event) });
  return rows.map(({ id }) => formatId("dlv", id));
}

/** Whether one of a delivery's signatures is made with this secret. */
export function verifies(secret: string, call: ReceivedCall): boolean {
  try {
    new Webhook(secret).verify(call.body.toString(), call.headers as Record<string, string>);
    return true;
  } catch {
    // The library throws for every reason alike; here only whether it accepts counts.
    return false;
  }
}

/** A receiver of the test's own, closed with it. */
export const receiverFixture = base.extend<{ receiver: FaultReceiver }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's form
  receiver: async ({}, use) => {
    const receiver = await faultReceiver();
    await use(receiver);
    await receiver.close();
  },
});
