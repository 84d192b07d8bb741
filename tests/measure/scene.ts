import { withoutSync } from "../bench/harness.ts";
import { storeDeliveries } from "../bench/rows.ts";
import type { Person } from "../support/app.ts";
import { aPerson } from "../support/app.ts";
import { anEndpoint, aType, deliveriesOf, postEvent, postEvents } from "../support/journey.ts";

/** What the measurements are taken on. */
export type Scene = {
  person: Person;
  receiverUrl: string;
  /** Wants `order.created` and answers 200. */
  healthy: { id: string };
  /** Wants `invoice.paid` and answers 503; its deliveries fail at once for good. */
  failing: { id: string; delivery: string };
  delivered: { event: string; delivery: string };
};

const STORED_TYPES = 24;
const OUTAGE = 40;

type Wanted = { stored: number; receiverUrl: string; note: (line: string) => void };

/** A workspace with a long past and an outage just now. */
export async function prepareScene({ stored, receiverUrl, note }: Wanted): Promise<Scene> {
  const person = await aPerson();
  const { workspaceId } = person;
  for (let index = 0; index < STORED_TYPES; index++) {
    await aType(workspaceId, { name: `stored.type-${index}` });
    await anEndpoint(workspaceId, { url: `${receiverUrl}/ok`, subscriptions: [`stored.type-${index}`] });
  }
  note(`making ${stored} deliveries of the past 30 days …`);
  const url = process.env.DATABASE_URL ?? "";
  await withoutSync(url, () => storeDeliveries(url, stored));
  await aType(workspaceId, { name: "order.created", example: '{"order": {"id": "981"}, "total": 1}' });
  await aType(workspaceId, { name: "invoice.paid", example: '{"invoice": 7}' });
  const healthy = await anEndpoint(workspaceId, { url: `${receiverUrl}/ok`, subscriptions: ["order.*"] });
  const failing = await anEndpoint(workspaceId, {
    url: `${receiverUrl}/status/503`,
    description: "Acme billing",
    subscriptions: ["invoice.*"],
    retrySchedule: [],
  });
  const [failed = ""] = await postEvents(
    workspaceId,
    Array.from({ length: OUTAGE }, (_, n) => ({ type: "invoice.paid", data: { invoice: n } })),
  );
  const event = await postEvent(workspaceId, { type: "order.created", data: { order: { id: "981" }, total: 1 } });
  const [delivery = ""] = await deliveriesOf(workspaceId, event);
  const [refused = ""] = await deliveriesOf(workspaceId, failed);
  return { person, receiverUrl, healthy, failing: { ...failing, delivery: refused }, delivered: { event, delivery } };
}
