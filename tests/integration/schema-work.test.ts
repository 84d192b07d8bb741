import { expect, test } from "vitest";
import { compileSchema } from "../../lib/event-types/schema-check.ts";
import { typeName } from "../../lib/schemas/code-languages.ts";
import { workOnSchema } from "../../lib/schemas/schema-work.ts";

const ORDER = JSON.stringify({
  type: "object",
  required: ["id", "total", "status"],
  properties: {
    id: { type: "string", pattern: "^ord_[0-9]{3}$" },
    total: { type: "number", minimum: 0 },
    status: { enum: ["open", "paid"] },
    placedAt: { type: "string", format: "date-time" },
    note: { type: "string" },
    lines: { type: "array", items: { $ref: "#/$defs/line" } },
  },
  $defs: { line: { type: "object", required: ["sku"], properties: { sku: { type: "string" } } } },
});

async function example(schema: string, seed = 1) {
  const made = await workOnSchema({ make: "example", schema, seed });
  if (!made.ok) throw new Error(made.problem);
  return JSON.parse(made.text);
}

test("an example has every field, matches its schema, and is the same for the same seed", async () => {
  const made = await example(ORDER);
  expect(Object.keys(made).sort()).toEqual(["id", "lines", "note", "placedAt", "status", "total"]);
  expect(made.note).toBe("note");
  const compiled = compileSchema(ORDER);
  expect(compiled.ok && compiled.check(made)).toEqual([]);
  expect(await example(ORDER)).toEqual(made);
  expect((await example(ORDER, 2)).id).not.toBe(made.id);
});

test("what the schema itself gives as an example is used", async () => {
  expect(await example('{"type":"string","examples":["EUR"]}')).toBe("EUR");
});

test.each([
  ["texts of a billion letters", { type: "string", minLength: 1e9 }],
  ["lists of a billion elements", { type: "array", minItems: 1e9, items: { type: "string" } }],
])("a schema of %s ends in a sentence, within seconds, and takes nobody with it", async (_, schema) => {
  const made = await workOnSchema({ make: "example", schema: JSON.stringify(schema), seed: 1 });
  expect(made).toMatchObject({ ok: false, problem: expect.stringMatching(/takes too long|could not be worked out/) });
  expect(await example('{"const": 1}')).toBe(1);
});

test("an example that is larger than an example may be is not made", async () => {
  const schema = { type: "array", minItems: 4_000, items: { type: "string", minLength: 100 } };
  const made = await workOnSchema({ make: "example", schema: JSON.stringify(schema), seed: 1 });
  expect(made).toMatchObject({ ok: false, problem: expect.stringContaining("256 KiB") });
});

test("a schema that nothing matches says so", async () => {
  const made = await workOnSchema({ make: "example", schema: '{"type":"string","enum":[1]}', seed: 1 });
  expect(made).toMatchObject({ ok: false, problem: expect.stringContaining("No example could be made") });
});

test("types can be copied as TypeScript, Zod and Go", async () => {
  const of = async (language: "typescript" | "zod" | "go") => {
    const made = await workOnSchema({ make: "types", schema: ORDER, name: typeName("order.created"), language });
    return made.ok ? made.text : made.problem;
  };
  const typescript = await of("typescript");
  expect(typescript).toContain("export interface OrderCreated");
  expect(typescript).toMatch(/note\?:\s+string/);
  expect(typescript).toMatch(/placedAt\?:\s+string/);
  expect(await of("zod")).toContain("export const OrderCreatedSchema = z.object({");
  expect(await of("go")).toContain("type OrderCreated struct {");
});

test("types of a schema that refers to another site fetch nothing and say why", async () => {
  const schema = '{"$ref":"https://schemas.example/order.json"}';
  const made = await workOnSchema({ make: "types", schema, name: "Order", language: "go" });
  expect(made).toMatchObject({ ok: false, problem: expect.stringContaining("Could not fetch") });
});

test.each([
  ["order.created", "OrderCreated"],
  ["invoice.payment_failed", "InvoicePaymentFailed"],
  ["2fa.reset", "Event2faReset"],
  ["___", "Event"],
])("%s is called %s", (type, name) => {
  expect(typeName(type)).toBe(name);
});
