import { expect, test } from "vitest";
import { z } from "zod";
import { formFields, hasNul, typedValues } from "../../../lib/web/form-fields.ts";

function form(...fields: [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

const schema = z.object({
  name: z.string().trim().min(1),
  description: z.string().default(""),
  customer: z.string().min(1).optional(),
  note: z.string().nullable().optional(),
  timeoutSeconds: z.number().int().default(15),
  subscriptions: z.array(z.string()).default([]),
  expectedStatuses: z.array(z.number().int()).default([]),
  retrySchedule: z.array(z.number()).nullable().default(null),
  active: z.boolean().default(false),
  verbose: z.boolean().optional(),
  headers: z.array(z.object({ name: z.string(), value: z.string().meta({ secret: true }) })).default([]),
  password: z.string().optional(),
  apiToken: z.string().optional(),
});

test("repeated fields become an array, and a single one an array of one", () => {
  const many = form(["subscriptions", "order.*"], ["subscriptions", "user.created"], ["subscriptions", " "]);
  expect(formFields(many, schema).subscriptions).toEqual(["order.*", "user.created"]);
  expect(formFields(form(["subscriptions", "order.*"]), schema).subscriptions).toEqual(["order.*"]);
  expect(formFields(form(), schema).subscriptions).toEqual([]);
});

test("digits become numbers where the schema wants numbers, and stay text elsewhere", () => {
  const data = form(["name", "42"], ["timeoutSeconds", "30"], ["expectedStatuses", "200"], ["expectedStatuses", "204"]);
  expect(schema.parse(formFields(data, schema))).toMatchObject({
    name: "42",
    timeoutSeconds: 30,
    expectedStatuses: [200, 204],
  });
});

test.each(["soon", "1e999", "12 apples"])("%j is no number: the schema says so", (timeoutSeconds) => {
  const parsed = schema.safeParse(formFields(form(["name", "a"], ["timeoutSeconds", timeoutSeconds]), schema));
  expect(parsed.error?.issues).toMatchObject([{ path: ["timeoutSeconds"] }]);
});

test("an empty field is nothing: absent when optional, null when nullable, itself when empty is the default", () => {
  const data = form(
    ["name", "a"],
    ["customer", ""],
    ["note", ""],
    ["description", ""],
    ["timeoutSeconds", ""],
    ["retrySchedule", ""],
  );
  expect(schema.parse(formFields(data, schema))).toMatchObject({
    description: "",
    note: null,
    timeoutSeconds: 15,
    retrySchedule: null,
  });
  expect(formFields(data, schema)).not.toHaveProperty("customer");
});

test("an empty required field reaches the schema, which says what is missing", () => {
  expect(schema.safeParse(formFields(form(["name", ""]), schema)).error?.issues).toMatchObject([{ path: ["name"] }]);
});

test("a ticked box is true, a missing one false, and the last of a hidden and a ticked one counts", () => {
  expect(formFields(form(["active", "on"]), schema).active).toBe(true);
  expect(formFields(form(["active", "false"], ["active", "true"]), schema).active).toBe(true);
  expect(formFields(form(["active", "false"]), schema).active).toBe(false);
  expect(formFields(form(), schema).active).toBe(false);
  expect(formFields(form(), schema)).not.toHaveProperty("verbose");
});

test("columns of inputs become rows, without those left empty", () => {
  const data = form(
    ["headers.name", "x-a"],
    ["headers.value", "1"],
    ["headers.name", ""],
    ["headers.value", ""],
    ["headers.name", "x-b"],
    ["headers.value", ""],
  );
  expect(formFields(data, schema).headers).toEqual([
    { name: "x-a", value: "1" },
    { name: "x-b", value: "" },
  ]);
});

test("fields that the schema does not have are not read", () => {
  const data = form(["name", "a"], ["workspaceId", "x"], ["__proto__", "x"], ["constructor", "x"]);
  expect(Object.keys(schema.parse(formFields(data, schema)))).not.toContain("workspaceId");
  expect(formFields(data, schema)).not.toHaveProperty("workspaceId");
});

test("what was typed travels back, secrets never do", () => {
  const data = form(
    ["name", "Acme"],
    ["subscriptions", "a"],
    ["subscriptions", "b"],
    ["password", "hunter2"],
    ["apiToken", "abc"],
    ["headers.name", "authorization"],
    ["headers.value", "Bearer 123"],
    ["workspace", "default"],
  );
  const values = typedValues(data, schema);
  expect(values).toMatchObject({ name: "Acme", subscriptions: ["a", "b"], "headers.name": ["authorization"] });
  expect(JSON.stringify(values)).not.toMatch(/hunter2|abc|Bearer/);
});

test("a schema with a transform or a preprocessing step is read by the type it ends up checking", () => {
  const piped = z.object({
    email: z.string().trim().toLowerCase().pipe(z.email()),
    ids: z.preprocess((value) => value, z.array(z.string())),
    scopes: z.array(z.string()).transform((list) => list.length),
  });
  const data = form(["email", " A@B.io "], ["ids", "1"], ["scopes", "x"], ["scopes", "y"]);
  expect(piped.parse(formFields(data, piped))).toEqual({ email: "a@b.io", ids: ["1"], scopes: 2 });
});

test("a NUL is found in whichever field it stands", () => {
  expect(hasNul(form(["name", "Mara"], ["workspace", "a\0b"]))).toBe(true);
  expect(hasNul(form(["name", "Mara"], ["workspace", "acme"]))).toBe(false);
});

const grouped = z.object({
  login: z
    .discriminatedUnion("type", [
      z.strictObject({ type: z.literal("basic"), username: z.string().min(1), password: z.string().min(1) }),
      z.strictObject({ type: z.literal("bearer"), token: z.string(), tokenUrl: z.string().meta({ secret: false }) }),
    ])
    .nullable()
    .default(null),
  pair: z
    .strictObject({ open: z.string(), hidden: z.string().meta({ secret: true }) })
    .nullable()
    .default(null),
});

test("of a choice between groups of fields the chosen one is read, whatever stands in the others", () => {
  const data = form(
    ["login.type", "basic"],
    ["login.username", "mara"],
    ["login.password", "p"],
    ["login.token", "left over"],
  );
  expect(grouped.parse(formFields(data, grouped)).login).toEqual({ type: "basic", username: "mara", password: "p" });
});

test("a choice that names no group is none, and a group left empty is not there", () => {
  const data = form(["login.type", "none"], ["login.username", "mara"], ["pair.open", " "], ["pair.hidden", ""]);
  expect(grouped.parse(formFields(data, grouped))).toEqual({ login: null, pair: null });
});

test("a group that is filled in half goes to the schema, which says what is missing", () => {
  const half = grouped.safeParse(formFields(form(["login.type", "basic"], ["login.password", "p"]), grouped));
  expect(half.error?.issues.map(({ path }) => path)).toEqual([["login", "username"]]);
  expect(formFields(form(["pair.open", "a"], ["pair.hidden", ""]), grouped).pair).toEqual({ open: "a", hidden: "" });
});

test("of groups too, what was typed travels back and secrets do not, however a field is called", () => {
  const data = form(
    ["login.type", "bearer"],
    ["login.username", "mara"],
    ["login.password", "hunter2"],
    ["login.token", "t0ken"],
    ["login.tokenUrl", "https://auth.example"],
    ["pair.open", "certificate"],
    ["pair.hidden", "private key"],
  );
  expect(typedValues(data, grouped)).toEqual({
    "login.type": "bearer",
    "login.username": "mara",
    "login.tokenUrl": "https://auth.example",
    "pair.open": "certificate",
  });
});
