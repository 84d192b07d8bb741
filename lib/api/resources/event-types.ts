import { z } from "zod";
import * as commands from "../../event-types/commands.ts";
import { eventTypeInput, eventTypePatch } from "../../event-types/input.ts";
import { type EventTypeDetail, findEventType, findEventTypes, listEventTypes } from "../../event-types/queries.ts";
import { pageOfNames, pageQuery, textParameter } from "../cursor.ts";
import { fieldRefusal } from "../issues.ts";
import { refusal } from "../problem.ts";
import { type Answer, route } from "../route.ts";
import { eventTypeShape } from "../shapes.ts";

const byName = { path: "/event-types/{name}", params: { name: "name" } } as const;
const NOT_FOUND = refusal("not_found", "There is no such event type");

const patch = eventTypePatch.extend({
  archived: z.boolean().optional().meta({ description: "Events of an archived type are refused." }),
});

const flag = z.enum(["true", "false"]).optional();

export const eventTypeRoutes = [
  route({
    method: "GET",
    path: "/event-types",
    operation: "listEventTypes",
    summary: "List event types by name",
    scope: "read",
    params: {},
    query: z.strictObject({ ...pageQuery, search: textParameter(200), archived: flag }),
    answer: { status: 200, shape: eventTypeShape, list: true },
    problems: ["invalid_parameter"],
    handle: async ({ workspaceId, query }) => {
      const all = await listEventTypes(workspaceId, { search: query.search, archived: query.archived === "true" });
      // Compared as the cursor compares, not as the database collates.
      const names = all.map((type) => type.name).sort((a, b) => (a < b ? -1 : 1));
      const { names: shown, next, previous } = pageOfNames(names, query);
      const types = new Map((await findEventTypes(workspaceId, shown)).map((type) => [type.name, type]));
      const data = shown.flatMap((name) => types.get(name) ?? []).map(present);
      return { body: { data, next, previous } };
    },
  }),
  route({
    method: "POST",
    path: "/event-types",
    operation: "createEventType",
    summary: "Create an event type",
    scope: "write",
    params: {},
    body: { name: "EventTypeInput", schema: eventTypeInput },
    answer: { status: 201, shape: eventTypeShape },
    problems: ["conflict"],
    handle: async ({ workspaceId, author, body }) => {
      const created = await commands.createEventType(workspaceId, body, author);
      if (created.result === "exists") return refusal("conflict", `There is an event type ${body.name} already`);
      if (created.result === "limit") {
        return refusal("conflict", `A workspace has at most ${created.limit} event types: delete one first`);
      }
      return { ...(await show(workspaceId, body.name)), location: `/api/v1/event-types/${body.name}` };
    },
  }),
  route({
    ...byName,
    method: "GET",
    operation: "getEventType",
    summary: "Get an event type",
    scope: "read",
    answer: { status: 200, shape: eventTypeShape },
    problems: ["not_found"],
    handle: ({ workspaceId, params: { name = "" } }) => show(workspaceId, name),
  }),
  route({
    ...byName,
    method: "PATCH",
    operation: "updateEventType",
    summary: "Change an event type; what is left out stays",
    scope: "write",
    body: { name: "EventTypePatch", schema: patch },
    answer: { status: 200, shape: eventTypeShape },
    problems: ["not_found"],
    handle: async ({ workspaceId, author, params: { name = "" }, body: { archived, ...changes } }) => {
      if (!(await findEventType(workspaceId, name))) return NOT_FOUND;
      if (Object.keys(changes).length > 0) {
        const updated = await commands.updateEventType(workspaceId, name, changes, author);
        if (updated.result === "not_found") return NOT_FOUND;
        if (updated.result === "mismatch") return fieldRefusal("example", updated.problem);
      }
      // "Not found" means that it was in that state already.
      if (archived === true) await commands.archiveEventType(workspaceId, name, author);
      if (archived === false) await commands.unarchiveEventType(workspaceId, name, author);
      return show(workspaceId, name);
    },
  }),
  route({
    ...byName,
    method: "DELETE",
    operation: "deleteEventType",
    summary: "Delete an event type that is not in use",
    scope: "write",
    answer: { status: 204 },
    problems: ["not_found", "conflict"],
    handle: async ({ workspaceId, author, params: { name = "" } }) => {
      const deleted = await commands.deleteEventType(workspaceId, name, author);
      if (deleted.result === "not_found") return NOT_FOUND;
      if (deleted.result === "deleted") return {};
      const { subscribed, eventsLastDay } = deleted.effects;
      const uses = `${subscribed.length} endpoints name it and ${eventsLastDay} of its events came in the last 24 hours`;
      return refusal("conflict", `${name} is in use: ${uses}. Archive it instead, with PATCH {"archived": true}`);
    },
  }),
];

async function show(workspaceId: string, name: string): Promise<Answer | typeof NOT_FOUND> {
  const found = await findEventType(workspaceId, name);
  return found ? { body: present(found) } : NOT_FOUND;
}

function present({ archivedAt, schema, example, ...type }: EventTypeDetail): z.input<typeof eventTypeShape.schema> {
  return {
    ...type,
    schema: schema === null ? null : JSON.parse(schema),
    example: example === null ? null : JSON.parse(example),
    archived: archivedAt !== null,
    createdAt: type.createdAt.toISOString(),
  };
}
