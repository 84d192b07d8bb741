import { expect, test } from "vitest";
import { eventTypeInput, eventTypePatch } from "../../../lib/event-types/input.ts";
import { nestingOf, sameJson } from "../../../lib/event-types/json-text.ts";
import { formFields } from "../../../lib/web/form-fields.ts";

function paths(fields: Record<string, unknown>): string[] {
  const parsed = eventTypeInput.safeParse({ name: "order.created", ...fields });
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join("."));
}

test("text of a form is kept exactly, an empty field is nothing", () => {
  const form = new FormData();
  const schema = '{ "type":"integer",\n "maximum": 9007199254740993 }';
  for (const [name, value] of [
    ["name", " order.created "],
    ["schema", schema],
    ["example", ""],
    ["enforcement", "block"],
  ] as const) {
    form.append(name, value);
  }
  expect(eventTypeInput.parse(formFields(form, eventTypeInput))).toEqual({
    name: "order.created",
    description: "",
    schema,
    example: null,
    enforcement: "block",
    retrySchedule: null,
  });
});

test("the API may send schema and example as values", () => {
  const { schema, example } = eventTypeInput.parse({ name: "a", schema: { type: "array" }, example: [1] });
  expect([JSON.parse(schema ?? ""), JSON.parse(example ?? "")]).toEqual([{ type: "array" }, [1]]);
});

test.each(["", "a b", "ä", "a/b", "a".repeat(129), "a\n", "<script>"])("%j is not a name", (name) => {
  expect(paths({ name })).toEqual(name === "a\n" ? [] : ["name"]);
});

test.each([
  ["schema", { schema: "{" }],
  ["schema", { schema: { type: "nothing" } }],
  ["schema", { schema: [] }],
  ["example", { example: "{'a':1}" }],
  ["example", { example: "[".repeat(600) + "]".repeat(600) }],
  ["example", { example: JSON.stringify("x".repeat(300_000)) }],
  ["example", { schema: { type: "string" }, example: 3 }],
  ["enforcement", { enforcement: "sometimes" }],
])("%s refuses a bad value", (path, fields) => {
  expect(paths(fields)).toEqual([path]);
});

test("a field that nothing knows is refused", () => {
  expect(paths({ archived: true })).toEqual([""]);
  expect(eventTypePatch.safeParse({ name: "b" }).success).toBe(false);
});

test("JSON differs in white space only, or in what is written", () => {
  expect(sameJson('{"a": [1, 2]}', '{"a":[1,2]}\n')).toBe(true);
  expect(sameJson('{"a":"b c"}', '{"a":"bc"}')).toBe(false);
  expect(sameJson('{"a":"\\" b"}', '{"a":"\\"b"}')).toBe(false);
  expect(sameJson("1.0", "1")).toBe(false);
  expect(sameJson(null, "1")).toBe(false);
});

test("nesting is counted outside of strings only, however deep", () => {
  expect(nestingOf('{"a":["[[[\\"["]}')).toBe(2);
  expect(nestingOf("[".repeat(1_000_000))).toBe(1_000_000);
});
