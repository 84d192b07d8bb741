import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { eventType, eventTypeVersion } from "../../drizzle/schema/configuration.ts";
import { auditEntry } from "../../drizzle/schema/people.ts";
import { delivery, event } from "../../drizzle/schema/traffic.ts";
import { db } from "../../lib/db.ts";
import { formatId } from "../../lib/ids.ts";
import { replayEdited } from "../../lib/replay/edit.ts";
import { listEdits } from "../../lib/replay/edits.ts";
import { editInput, MAX_EDITED_BYTES } from "../../lib/replay/input.ts";
import { findPayload } from "../../lib/reports/delivery.ts";
import { testDatabase } from "../support/database.ts";
import { liveJobs } from "../support/deliveries.ts";
import { anEndpoint, anEvent, aWorkspace } from "../support/traffic.ts";

await testDatabase();
const ada = { id: "usr_ada", name: "Ada" };
const data = Buffer.from('{"total": 1E2, "id": 12345678901234567890}');
let workspaceId = "";
let endpointId = "";
let eventId = "";

beforeEach(async () => {
  workspaceId = await aWorkspace();
  endpointId = await anEndpoint(workspaceId);
  eventId = await anEvent(workspaceId, { customer: "acme", tags: { shop: "north" }, idempotencyKey: "order-1" });
});

const eventsHere = () => db().select().from(event).where(eq(event.workspaceId, workspaceId)).orderBy(event.id);
const deliveriesHere = () => db().select().from(delivery).where(eq(delivery.workspaceId, workspaceId));

test("an edited event is a new one, marked, with everything else as it was; the first stays as it is", async () => {
  const edited = await replayEdited(workspaceId, eventId, { data, endpointId }, ada);
  if (edited.result !== "replayed") throw new Error(edited.result);
  const [original, made] = await eventsHere();
  expect(original).toMatchObject({ id: eventId, editedFrom: null, payload: Buffer.from("{}") });
  expect(made).toMatchObject({
    id: edited.eventId,
    editedFrom: eventId,
    customer: "acme",
    tags: { shop: "north" },
    occurredAt: original!.occurredAt,
    idempotencyKey: null,
  });
  expect((await findPayload(workspaceId, edited.eventId))?.equals(data)).toBe(true);
  expect(await liveJobs(edited.deliveryIds[0]!)).toMatchObject([{ data: { t: "manual", a: "usr_ada" } }]);
});

test("both pages can name the other: the new event by its mark, the first by the audit log", async () => {
  const edited = await replayEdited(workspaceId, eventId, { data }, ada);
  if (edited.result !== "replayed") throw new Error(edited.result);
  expect(await listEdits(workspaceId, eventId)).toMatchObject([
    { eventId: formatId("evt", edited.eventId), by: "Ada" },
  ]);
  expect(await listEdits(await aWorkspace(), eventId)).toEqual([]);
  const trail = await db().select().from(auditEntry).where(eq(auditEntry.workspaceId, workspaceId));
  expect(trail).toMatchObject([{ action: "event.edited", target: formatId("evt", eventId) }]);
});

test("sent to all, it goes where such an event goes today: past a filter that refuses the new data", async () => {
  const wants = await anEndpoint(workspaceId, { filter: '{"total":{"$gt":50}}' });
  const refuses = await anEndpoint(workspaceId, { filter: '{"total":{"$gt":500}}' });
  await anEndpoint(workspaceId, { customer: "globex" });
  const edited = await replayEdited(workspaceId, eventId, { data }, ada);
  expect(edited).toMatchObject({ result: "replayed" });
  const reached = (await deliveriesHere()).map((row) => row.endpointId);
  expect(reached.toSorted()).toEqual([endpointId, wants].toSorted());
  expect(reached).not.toContain(refuses);
});

test("nothing is left behind when nobody wants it", async () => {
  const disabled = await anEndpoint(workspaceId, { status: "disabled" });
  expect(await replayEdited(workspaceId, eventId, { data, endpointId: disabled }, ada)).toEqual({
    result: "no_endpoint",
  });
  expect(await eventsHere()).toHaveLength(1);
  expect(await deliveriesHere()).toEqual([]);
});

test("data that is no JSON, or that a blocking schema refuses, is refused with the reason", async () => {
  expect(await replayEdited(workspaceId, eventId, { data: Buffer.from("{oops") }, ada)).toMatchObject({
    result: "refused",
    problems: [expect.stringContaining("not valid JSON")],
  });
  const schema = '{"type":"object","required":["order"]}';
  await db().insert(eventType).values({ workspaceId, name: "order.created", version: 1, enforcement: "block" });
  await db().insert(eventTypeVersion).values({ workspaceId, name: "order.created", number: 1, schema });
  expect(await replayEdited(workspaceId, eventId, { data }, ada)).toMatchObject({
    result: "refused",
    problems: [expect.stringContaining("does not match the schema"), expect.stringContaining("order")],
  });
  expect(await eventsHere()).toHaveLength(1);
});

test("a schema that warns lets it through with the warning", async () => {
  const schema = '{"type":"object","required":["order"]}';
  await db().insert(eventType).values({ workspaceId, name: "order.created", version: 1, enforcement: "warn" });
  await db().insert(eventTypeVersion).values({ workspaceId, name: "order.created", number: 1, schema });
  expect(await replayEdited(workspaceId, eventId, { data }, ada)).toMatchObject({ result: "replayed" });
  expect((await eventsHere())[1]?.schemaWarning).toContain("order");
});

test("a stranger's event is not found", async () => {
  expect(await replayEdited(await aWorkspace(), eventId, { data }, ada)).toEqual({ result: "not_found" });
});

test("a form's line breaks are what was typed, and 512 KiB is the most", () => {
  const id = formatId("dlv", eventId);
  const parse = (payload: string) => editInput.safeParse({ delivery: id, payload, to: "all" });
  expect(parse("{\r\n}").data?.payload).toBe("{\n}");
  expect(parse("x".repeat(MAX_EDITED_BYTES)).success).toBe(true);
  expect(parse("x".repeat(MAX_EDITED_BYTES + 1)).success).toBe(false);
});
