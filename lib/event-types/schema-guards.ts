import type { Ajv2020 } from "ajv/dist/2020.js";
import type { AddedFormat } from "ajv/dist/types/index.js";
import addFormats from "ajv-formats";
import { type Budget, BudgetError, compilePattern } from "./linear-pattern.ts";

export type SchemaBudget = Budget & { references: number };

/** Longer strings match no format; the expressions behind formats are V8's. */
const MAX_FORMAT_LENGTH = 2_048;
const COUNT_REFERENCE = "x-posthorn-reference";
const REFERENCES = ["$ref", "$dynamicRef"];
/** Their values are data, or names that map to schemas, not schemas. */
const DATA_KEYWORDS = new Set(["const", "enum", "default", "examples"]);
const MAP_KEYWORDS = new Set(["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"]);

/**
 * Schemas and events come from people who share a process with others, so no schema may take long: patterns run in
 * linear time, references are counted, `uniqueItems` sorts instead of comparing each with each, formats look at short
 * strings only.
 */
export function guardAgainstCost(ajv: Ajv2020, budget: SchemaBudget): void {
  // The package is CommonJS: what Node calls the default is the module, which is the function as well.
  (addFormats as unknown as typeof addFormats.default)(ajv);
  for (const [name, format] of Object.entries(ajv.formats)) if (format) ajv.formats[name] = bounded(format);
  ajv.removeKeyword("uniqueItems");
  ajv.addKeyword({
    keyword: "uniqueItems",
    type: "array",
    schemaType: "boolean",
    error: { message: "must NOT have duplicate items" },
    validate: (wanted: boolean, items: unknown[]) => !wanted || new Set(items.map(canonical)).size === items.length,
  });
  ajv.addKeyword({
    keyword: COUNT_REFERENCE,
    validate: () => {
      if (--budget.references < 0) throw new BudgetError("the data needs too many checks of referenced schemas");
      return true;
    },
  });
}

/** Ajv's hook for regular expressions; it tells patterns apart by their string form. */
export function patternEngine(budget: Budget) {
  const engine = (pattern: string) => {
    const test = compilePattern(pattern, budget);
    return { test, toString: () => pattern };
  };
  return Object.assign(engine, { code: "linear" });
}

/** A copy of the schema in which every reference stands beside a keyword that counts it. */
export function withCountedReferences<S>(schema: S): S {
  if (Array.isArray(schema)) return schema.map(withCountedReferences) as S;
  if (typeof schema !== "object" || schema === null) return schema;
  const copy = Object.entries(schema).map(([key, value]) => {
    if (DATA_KEYWORDS.has(key)) return [key, value];
    if (MAP_KEYWORDS.has(key) && typeof value === "object" && value !== null && !Array.isArray(value)) {
      const named = Object.entries(value).map(([name, inner]) => [name, withCountedReferences(inner)]);
      return [key, Object.fromEntries(named)];
    }
    return [key, withCountedReferences(value)];
  });
  if (REFERENCES.some((keyword) => keyword in schema)) copy.unshift([COUNT_REFERENCE, true]);
  return Object.fromEntries(copy);
}

function bounded(format: AddedFormat): AddedFormat {
  if (format === true) return format;
  const definition = format instanceof RegExp || typeof format === "function" ? { validate: format } : format;
  const { validate } = definition;
  if (typeof validate === "string" || definition.async || definition.type === "number") return format;
  const matches = validate instanceof RegExp ? (text: string) => validate.test(text) : (validate as StringTest);
  return {
    ...definition,
    validate: (text: string) => text.length <= MAX_FORMAT_LENGTH && matches(text),
  } as AddedFormat;
}

type StringTest = (text: string) => boolean;

/** One text for equal values, whatever the order of their keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
