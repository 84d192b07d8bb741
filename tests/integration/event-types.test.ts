import { and, desc, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { eventType } from "../../drizzle/schema/configuration.ts";
import { auditEntry, workspace } from "../../drizzle/schema/people.ts";
import { db } from "../../lib/db.ts";
import * as commands from "../../lib/event-types/commands.ts";
import { eventTypeInput } from "../../lib/event-types/input.ts";
import { countEventTypeEffects, findEventType, listEventTypes, listVersions } from "../../lib/event-types/queries.ts";
import { newId } from "../../lib/ids.ts";
import { testDatabase } from "../support/database.ts";
import { anEndpoint, anEvent, aWorkspace } from "../support/traffic.ts";

await testDatabase();
const author = { id: "usr_ada", name: "Ada" };

function make(workspaceId: string, fields: Record<string, unknown> = {}) {
  return commands.createEventType(workspaceId, eventTypeInput.parse({ name: "order.created", ...fields }), author);
}

async function lastAction(workspaceId: string): Promise<string | undefined> {
  const entries = await db()
    .select()
    .from(auditEntry)
    .where(and(eq(auditEntry.workspaceId, workspaceId), eq(auditEntry.target, "order.created")))
    .orderBy(desc(auditEntry.id));
  return entries[0]?.action;
}

test("a type keeps its schema and example exactly as written, as version 1", async () => {
  const workspaceId = await aWorkspace();
  const [schema, example] = ['{ "type":"object" }', '{"b":1E2,\n"a":12345678901234567890}'];
  expect(await make(workspaceId, { schema, example, enforcement: "warn" })).toEqual({
    result: "created",
    name: "order.created",
  });
  expect(await findEventType(workspaceId, "order.created")).toMatchObject({
    schema,
    example,
    version: 1,
    enforcement: "warn",
  });
  expect(await lastAction(workspaceId)).toBe("event_type.created");
  expect(await make(workspaceId)).toEqual({ result: "exists" });
});

test("a change of schema or example is a new version; a change of white space or description is none", async () => {
  const workspaceId = await aWorkspace();
  await make(workspaceId);
  const update = (patch: Parameters<typeof commands.updateEventType>[2]) =>
    commands.updateEventType(workspaceId, "order.created", patch, author);
  expect(await update({ description: "Placed" })).toEqual({ result: "updated", version: 0 });
  expect(await update({ schema: '{"type":"string"}' })).toEqual({ result: "updated", version: 1 });
  expect(await update({ example: '"a"' })).toEqual({ result: "updated", version: 2 });
  expect(await update({ schema: '{ "type": "string" }' })).toEqual({ result: "updated", version: 2 });
  expect(await findEventType(workspaceId, "order.created")).toMatchObject({
    schema: '{ "type": "string" }',
    description: "Placed",
  });
  expect(await update({ example: "3" })).toMatchObject({
    result: "mismatch",
    problem: expect.stringContaining("must be string"),
  });
  expect(await update({ schema: null, example: null })).toEqual({ result: "updated", version: 0 });
  expect(await update({ example: "3" })).toEqual({ result: "updated", version: 3 });
  expect((await listVersions(workspaceId, "order.created")).map(({ number }) => number)).toEqual([3, 2, 1]);
  expect(await lastAction(workspaceId)).toBe("event_type.updated");
});

test("archiving takes a type out of the list and back, once each", async () => {
  const workspaceId = await aWorkspace();
  await make(workspaceId);
  expect(await commands.archiveEventType(workspaceId, "order.created", author)).toBe("archived");
  expect(await commands.archiveEventType(workspaceId, "order.created", author)).toBe("not_found");
  expect(await lastAction(workspaceId)).toBe("event_type.archived");
  expect(await listEventTypes(workspaceId)).toEqual([]);
  expect(await listEventTypes(workspaceId, { archived: true })).toHaveLength(1);
  expect(await commands.unarchiveEventType(workspaceId, "order.created", author)).toBe("unarchived");
  expect(await lastAction(workspaceId)).toBe("event_type.unarchived");
});

test("a type in use cannot be deleted, and it is said what uses it; an unused one goes", async () => {
  const workspaceId = await aWorkspace();
  await make(workspaceId);
  const url = "https://api.acme.test/hooks";
  const id = await anEndpoint(workspaceId, { url, subscriptions: ["order.created"] });
  await anEndpoint(workspaceId);
  await anEvent(workspaceId);
  await anEvent(workspaceId, { type: "order.paid" });

  const effects = { subscribed: [{ id, url, description: "" }], eventsLastDay: 1, atLeast: false };
  expect(await countEventTypeEffects(workspaceId, "order.created")).toEqual(effects);
  expect(await commands.deleteEventType(workspaceId, "order.created", author)).toEqual({ result: "in_use", effects });

  await make(workspaceId, { name: "order.lost", example: "1" });
  expect(await commands.deleteEventType(workspaceId, "order.lost", author)).toEqual({ result: "deleted" });
  expect(await findEventType(workspaceId, "order.lost")).toBeNull();
  expect(await listVersions(workspaceId, "order.lost")).toEqual([]);
});

test("a type whose events are not among the newest of a busy day is in use all the same", async () => {
  const workspaceId = await aWorkspace();
  await make(workspaceId);
  await anEvent(workspaceId);
  const later = newId().slice(0, 24);
  await db().execute(sql`
    insert into event (id, workspace_id, type, payload, occurred_at)
    select (${later}::text || lpad(to_hex(n), 12, '0'))::uuid, ${workspaceId}, 'order.paid', '{}'::bytea, now()
    from generate_series(1, 20000) as n`);
  const deleted = await commands.deleteEventType(workspaceId, "order.created", author);
  expect(deleted).toMatchObject({ result: "in_use", effects: { eventsLastDay: 1, atLeast: true } });
});

test("the list counts who subscribes: by name, by prefix, or to everything", async () => {
  const workspaceId = await aWorkspace();
  for (const name of ["order.created", "order.line.added", "orders"]) await make(workspaceId, { name });
  for (const subscriptions of [["order.created"], ["order.*"], ["order.line.*"], []])
    await anEndpoint(workspaceId, { subscriptions });
  await anEndpoint(workspaceId, { deletedAt: new Date() });
  const rows = await listEventTypes(workspaceId);
  expect(rows.map(({ name, subscribers }) => [name, subscribers])).toEqual([
    ["order.created", 3],
    ["order.line.added", 3],
    ["orders", 1],
  ]);
  expect(await listEventTypes(workspaceId, { search: "LINE" })).toHaveLength(1);
  expect(await listEventTypes(workspaceId, { search: "%" })).toEqual([]);
});

test("every change raises the routing version", async () => {
  const workspaceId = await aWorkspace();
  const version = async () =>
    (await db().select().from(workspace).where(eq(workspace.id, workspaceId)))[0]?.routingVersion ?? 0;
  let last = await version();
  for (const change of [
    () => make(workspaceId),
    () => commands.updateEventType(workspaceId, "order.created", { enforcement: "block" }, author),
    () => commands.archiveEventType(workspaceId, "order.created", author),
    () => commands.unarchiveEventType(workspaceId, "order.created", author),
    () => commands.deleteEventType(workspaceId, "order.created", author),
  ]) {
    await change();
    expect(await version()).toBe(last + 1);
    last = await version();
  }
});

test("a stranger's type is not found, by any query or command", async () => {
  await make(await aWorkspace());
  const stranger = await aWorkspace();
  expect(await findEventType(stranger, "order.created")).toBeNull();
  expect(await listVersions(stranger, "order.created")).toEqual([]);
  expect(await commands.updateEventType(stranger, "order.created", {}, author)).toEqual({ result: "not_found" });
  expect(await commands.archiveEventType(stranger, "order.created", author)).toBe("not_found");
  expect(await commands.deleteEventType(stranger, "order.created", author)).toEqual({ result: "not_found" });
  expect(await db().select().from(eventType).where(eq(eventType.workspaceId, stranger))).toEqual([]);
});
