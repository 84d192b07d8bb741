import { expect, test } from "vitest";
import { SYSTEM } from "../../lib/audit/record.ts";
import { createEventType, updateEventType } from "../../lib/event-types/commands.ts";
import {
  breakingFor,
  checkDraft,
  INFERRED_FROM,
  schemaOfEvents,
  schemaOfExample,
} from "../../lib/event-types/draft.ts";
import { eventTypeInput, eventTypePatch } from "../../lib/event-types/input.ts";
import { listVersions } from "../../lib/event-types/queries.ts";
import { versionChanges } from "../../lib/event-types/version-changes.ts";
import { testDatabase } from "../support/database.ts";
import { anEndpoint, anEvent, aWorkspace, idAt } from "../support/traffic.ts";

await testDatabase();

const TOTAL = '{\n  "type": "object",\n  "required": ["total"],\n  "properties": { "total": { "type": "number" } }\n}';

async function aTyped(schema: string | null = TOTAL) {
  const workspaceId = await aWorkspace();
  await createEventType(workspaceId, eventTypeInput.parse({ name: "order.created", schema }), SYSTEM);
  return workspaceId;
}

test("what is wrong in a schema or an example is told with its line and path", async () => {
  const workspaceId = await aTyped();
  const check = (schema: string, example: string) => checkDraft(workspaceId, null, { schema, example });
  expect(await check('{\n  "properties": {\n    "total": { "type": "strin" }\n  }\n}', "{}")).toMatchObject({
    schema: [{ line: 3, message: expect.stringMatching(/^\/properties\/total\/type must be one of string/) }],
    example: [],
  });
  expect(await check(TOTAL, '{\n  "total": "free"\n}')).toMatchObject({
    schema: [],
    example: [{ line: 2, column: 12, message: "/total must be number" }],
  });
  expect(await check('{\n  "type": \n', "{,")).toMatchObject({
    schema: [{ line: 2, message: expect.stringContaining("not JSON") }],
    example: [{ line: 1, message: expect.stringContaining("not JSON") }],
  });
  expect(await check("", "")).toMatchObject({ schema: [], example: [] });
  expect(await check(" ".repeat(600 * 1024), "")).toMatchObject({ schema: [{ message: "This is too long" }] });
});

test("saving says the line too", () => {
  const parsed = eventTypeInput.safeParse({ name: "order.created", schema: TOTAL, example: '{\n\n"total": "free" }' });
  expect(parsed.error?.issues[0]?.message).toBe(
    "The example does not match the schema: /total must be number (line 3)",
  );
});

test("a breaking change names the endpoints that get the type, and only those", async () => {
  const workspaceId = await aTyped();
  const breaking = (schema: string | null) => breakingFor(workspaceId, "order.created", schema);
  expect(await breaking('{"type":"object"}')).toEqual({ changes: [], endpoints: [] });

  const id = await anEndpoint(workspaceId, {
    url: "https://a.example/x",
    subscriptions: ["order.*"],
    description: "Acme",
  });
  await anEndpoint(workspaceId, { url: "https://b.example/x", subscriptions: ["invoice.*"] });
  await anEndpoint(await aWorkspace(), { url: "https://c.example/x" });
  expect(await breaking('{"type":"object"}')).toEqual({
    changes: ["total is gone"],
    endpoints: [{ id, name: "Acme" }],
  });
  expect((await breaking(null)).changes).toHaveLength(1);
  expect(await breaking(TOTAL)).toEqual({ changes: [], endpoints: [] });
  expect(await breakingFor(await aWorkspace(), "order.created", null)).toEqual({ changes: [], endpoints: [] });
});

test("a schema is inferred from the newest twenty real events of the type", async () => {
  const workspaceId = await aTyped(null);
  expect(await schemaOfEvents(workspaceId, "order.created")).toBeNull();
  const now = Date.now();
  const send = (nth: number, data: unknown, values = {}) =>
    anEvent(workspaceId, {
      id: idAt(now - 60_000 + nth),
      type: "order.created",
      payload: Buffer.from(JSON.stringify(data)),
      ...values,
    });
  await send(0, { ancient: true });
  for (let nth = 1; nth <= INFERRED_FROM; nth++) await send(nth, nth % 2 ? { total: nth } : { total: nth, note: "n" });
  await send(30, { test: true }, { test: true });
  await send(31, { other: true }, { type: "order.paid" });
  await anEvent(await aWorkspace(), { type: "order.created", payload: Buffer.from('{"theirs":1}') });

  const inferred = await schemaOfEvents(workspaceId, "order.created");
  expect(inferred?.events).toBe(INFERRED_FROM);
  expect(JSON.parse(inferred?.schema ?? "")).toEqual({
    type: "object",
    properties: { total: { type: "integer" }, note: { type: "string" } },
    required: ["total"],
  });
});

test("a schema is inferred from pasted JSON; what is none gives none", () => {
  expect(JSON.parse(schemaOfExample('{"a": [1, 2.5]}') ?? "")).toMatchObject({
    properties: { a: { type: "array", items: { type: "number" } } },
  });
  expect(schemaOfExample("")).toBeNull();
  expect(schemaOfExample("{a}")).toBeNull();
});

test("each version tells what it changed, and what of it breaks receivers", async () => {
  const workspaceId = await aTyped();
  const update = (patch: unknown) => updateEventType(workspaceId, "order.created", eventTypePatch.parse(patch), SYSTEM);
  await update({ schema: TOTAL.replace("number", "string") });
  await update({ example: '{"total": "1"}' });
  const [third, second, first] = versionChanges(await listVersions(workspaceId, "order.created"));
  expect(first).toMatchObject({ number: 1, since: null, breaking: [] });
  expect(second).toMatchObject({
    since: 1,
    schema: { list: [{ kind: "changed", path: "properties.total.type", before: '"number"', after: '"string"' }] },
    breaking: ["total was number, is string now"],
  });
  expect(third).toMatchObject({ schema: { list: [] }, example: { list: [{ kind: "added" }] }, breaking: [] });
});
