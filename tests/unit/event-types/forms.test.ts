import { expect, test } from "vitest";
import { eventTypeDeletion, eventTypeEdit, exampleSend } from "../../../lib/event-types/forms.ts";
import { eventTypeInput } from "../../../lib/event-types/input.ts";
import { formatId, newId } from "../../../lib/ids.ts";

const SCHEMA = '{"type":"object","required":["total"]}';

const problems = (values: object) =>
  eventTypeInput
    .safeParse({ name: "order.created", ...values })
    .error?.issues.map(({ path, message }) => [path[0], message]);

test("an example that is not JSON is told with its line, and once", () => {
  expect(problems({ schema: SCHEMA, example: '{\n  "total": 1,\n}' })).toEqual([
    ["example", expect.stringMatching(/not JSON.*line 3/)],
  ]);
});

test("a schema that is not JSON is told at the schema, and once", () => {
  expect(problems({ schema: "{", example: "{}" })).toEqual([["schema", expect.stringMatching(/not JSON/)]]);
});

test("an example that does not match is told with the path", () => {
  expect(problems({ schema: SCHEMA, example: "{}" })).toEqual([
    ["example", expect.stringMatching(/does not match the schema.*total/)],
  ]);
});

test("a change carries every field of the form but the name", () => {
  expect(eventTypeEdit.parse({ eventType: "order.created", schema: null, example: null })).toEqual({
    eventType: "order.created",
    description: "",
    schema: null,
    example: null,
    enforcement: "off",
    retrySchedule: null,
    acceptBreaking: false,
  });
});

test("deleting needs the name typed", () => {
  expect(eventTypeDeletion.safeParse({ eventType: "ping", confirmation: "pong" }).success).toBe(false);
  expect(eventTypeDeletion.safeParse({ eventType: "ping", confirmation: " ping " }).success).toBe(true);
});

test("an example goes to one endpoint, or to all that subscribe", () => {
  const id = newId();
  expect(exampleSend.parse({ eventType: "ping", endpoint: "all" }).endpoint).toBeNull();
  expect(exampleSend.parse({ eventType: "ping", endpoint: formatId("ep", id) }).endpoint).toBe(id);
  expect(exampleSend.safeParse({ eventType: "ping", endpoint: "everyone" }).success).toBe(false);
});
