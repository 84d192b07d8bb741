import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { parseJson } from "./json-text.ts";
import { BudgetError, PROGRAM_BUDGET, STEP_BUDGET } from "./linear-pattern.ts";
import { guardAgainstCost, patternEngine, type SchemaBudget, withCountedReferences } from "./schema-guards.ts";

export const MAX_SCHEMA_BYTES = 64 * 1024;
export const MAX_EXAMPLE_BYTES = 256 * 1024;
const MAX_SCHEMA_DEPTH = 64;
/** References one check may follow: without a bound, twenty lines of schema can ask for 2^20 checks. */
const REFERENCE_BUDGET = 20_000;
const MAX_PROBLEMS = 10;
const DIALECT = /^https:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/;

/** One thing a schema found: a JSON pointer into the data ("" is the whole) and a sentence. */
export type SchemaProblem = { path: string; message: string };
/** Checks parsed data; none found = it matches. Large numbers are checked as JavaScript reads them. */
export type SchemaCheck = (data: unknown) => SchemaProblem[];
export type CompiledSchema = { ok: true; check: SchemaCheck } | { ok: false; problem: string };

/**
 * Compiles JSON Schema 2020-12. Formats are checked, unknown keywords are ignored as the specification says, remote
 * references are never fetched. Not covered: an `enum` of thousands of values over an array of thousands costs their
 * product; both are bounded by the sizes of schema and event.
 */
export function compileSchema(text: string): CompiledSchema {
  if (Buffer.byteLength(text) > MAX_SCHEMA_BYTES) {
    return { ok: false, problem: `A schema may have at most ${MAX_SCHEMA_BYTES / 1024} KiB` };
  }
  const parsed = parseJson(text, MAX_SCHEMA_DEPTH);
  if (!parsed.ok) return parsed;
  const schema = parsed.value;
  if (typeof schema !== "boolean" && (typeof schema !== "object" || schema === null || Array.isArray(schema))) {
    return { ok: false, problem: "A schema is a JSON object" };
  }
  if (typeof schema === "object" && "$schema" in schema && !DIALECT.test(String(schema.$schema))) {
    return { ok: false, problem: 'Only JSON Schema 2020-12 is supported: change "$schema" or leave it out' };
  }
  return compile(schema);
}

function compile(schema: object | boolean): CompiledSchema {
  // Compiling checks the schema against its own schema, which has patterns too.
  const budget: SchemaBudget = { left: STEP_BUDGET, program: PROGRAM_BUDGET, references: REFERENCE_BUDGET };
  // A compiler per schema: one workspace's $id must never be visible to another's. References stay calls and nothing is
  // optimised, because a schema of 64 KiB then took two minutes to compile.
  const ajv = new Ajv2020({
    // `valueOf` and the like are fields of an event only when it has them.
    ownProperties: true,
    strict: false,
    logger: false,
    inlineRefs: false,
    code: { regExp: patternEngine(budget), optimize: false },
  });
  guardAgainstCost(ajv, budget);
  try {
    const validate = ajv.compile(withCountedReferences(schema));
    return { ok: true, check: (data) => checkWithin(budget, validate, data) };
  } catch (error) {
    // Whatever the compiler refuses is the author's to mend, and its message says what.
    return {
      ok: false,
      problem: `This is not a valid JSON Schema: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

function checkWithin(budget: SchemaBudget, validate: ValidateFunction, data: unknown): SchemaProblem[] {
  Object.assign(budget, { left: STEP_BUDGET, references: REFERENCE_BUDGET });
  try {
    return validate(data) ? [] : (validate.errors ?? []).slice(0, MAX_PROBLEMS).map(problemOf);
  } catch (error) {
    if (error instanceof BudgetError) return [{ path: "", message: error.message }];
    // A schema that refers to itself without going deeper into the data.
    if (error instanceof RangeError) return [{ path: "", message: "the schema refers to itself without end" }];
    throw error;
  }
}

function problemOf({ instancePath, message, keyword, params }: ErrorObject): SchemaProblem {
  const sentence = message ?? "does not match";
  if (keyword === "additionalProperties" || keyword === "unevaluatedProperties") {
    return { path: instancePath, message: `${sentence}: "${params.additionalProperty ?? params.unevaluatedProperty}"` };
  }
  if (keyword === "enum")
    return { path: instancePath, message: `${sentence}: ${JSON.stringify(params.allowedValues)}` };
  return { path: instancePath, message: sentence };
}
