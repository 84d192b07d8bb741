import { generateSync } from "json-schema-faker";
import { compileSchema } from "../event-types/schema-check.ts";

export type MadeExample = { ok: true; text: string } | { ok: false; problem: string };

type Schema = Record<string, unknown>;

const DATA_KEYWORDS = new Set(["const", "enum", "default", "examples"]);
const MAP_KEYWORDS = new Set(["properties", "$defs", "definitions", "dependentSchemas"]);
const GENERATED_ITEMS = 2;

/** Data that matches the schema; the same seed makes the same. What the schema gives as examples or defaults is used. */
export function makeExample(schemaText: string, seed: number): MadeExample {
  const compiled = compileSchema(schemaText);
  if (!compiled.ok) return compiled;
  const schema = JSON.parse(schemaText);
  if (schema === true) return { ok: true, text: "{}" };
  const made = generateSync(readable(schema, "text"), {
    seed,
    alwaysFakeOptionals: true,
    useExamplesValue: true,
    useDefaultValue: true,
    maxDefaultItems: GENERATED_ITEMS,
    refDepthMax: 2,
  });
  const [problem] = compiled.check(made);
  if (!problem) return { ok: true, text: JSON.stringify(made, null, 2) };
  return {
    ok: false,
    problem: `No example could be made: ${problem.path || "the whole"} ${problem.message}. Write one that does.`,
  };
}

/** Narrower where the schema leaves all open, so that a person can read what comes out: words for texts, small counts. */
function readable(schema: unknown, name: string): Schema {
  if (typeof schema !== "object" || schema === null) return {};
  if (Array.isArray(schema)) return schema.map((inner) => readable(inner, name)) as unknown as Schema;
  const copy = Object.entries(schema).map(([key, value]) => [key, readableKeyword(key, value, name)]);
  return { ...Object.fromEntries(copy), ...plainValue(schema as Schema, name) };
}

function readableKeyword(key: string, value: unknown, name: string): unknown {
  if (DATA_KEYWORDS.has(key) || typeof value !== "object" || value === null) return value;
  if (!MAP_KEYWORDS.has(key) || Array.isArray(value))
    return Array.isArray(value) && !isSchemas(value) ? value : readable(value, name);
  return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, readable(inner, member)]));
}

/** `required` and `type` are lists of names, `anyOf` one of schemas. */
const isSchemas = (values: unknown[]) => values.some((value) => typeof value === "object");

const BOUNDS: Record<string, string[]> = {
  string: ["minLength", "maxLength", "pattern", "format"],
  integer: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
};
const GIVEN = ["enum", "const", "default", "examples", "$ref", "anyOf", "oneOf", "allOf"];

function plainValue(schema: Schema, name: string): Schema | null {
  const { type } = schema;
  if (typeof type !== "string" || GIVEN.some((keyword) => keyword in schema)) return null;
  const free = (kind: string) => (BOUNDS[kind] ?? []).every((keyword) => !(keyword in schema));
  if (type === "string" && free("string")) return { const: name };
  return (type === "integer" || type === "number") && free("integer")
    ? { type: "integer", minimum: 1, maximum: 999 }
    : null;
}
