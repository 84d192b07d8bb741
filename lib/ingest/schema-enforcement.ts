import { type FieldProblem, type Refusal, refusal } from "../api/problem.ts";
import { readableText } from "../bodies/readable.ts";
import { type CompiledSchema, compileSchema } from "../event-types/schema-check.ts";
import type { NewEvent } from "./new-event.ts";
import type { TypeRule } from "./routing.ts";

const MAX_COMPILED = 2_000;
const compiled = new Map<string, { schema: string; result: CompiledSchema }>();

export type SchemaVerdict = { warning: string | null; refusal: Refusal | null };

const FINE: SchemaVerdict = { warning: null, refusal: null };

/** What the type's schema says about an event: nothing, a warning to keep with it, or that it is refused. */
export function enforceSchema(event: NewEvent, rule: TypeRule): SchemaVerdict {
  if (rule.enforcement === "off" || rule.schema === null) return FINE;
  const schema = compiledSchema(`${event.workspaceId} ${event.type} ${rule.version}`, rule.schema);
  // Schemas are checked when they are saved; one that no longer compiles must not stop the workspace's events.
  const errors = schema.ok ? problemsOf(event, schema.check) : [{ path: "", message: schema.problem }];
  if (errors.length === 0) return FINE;
  const detail = `The data does not match the schema of ${event.type} (version ${rule.version})`;
  if (rule.enforcement === "block" && schema.ok && !event.origin) {
    return {
      warning: null,
      refusal: refusal("schema_mismatch", `${detail}: correct the fields listed in errors`, errors),
    };
  }
  return { warning: `${detail}: ${errors.map(sentence).join("; ")}`.slice(0, 2_000), refusal: null };
}

function problemsOf(event: NewEvent, check: (data: unknown) => FieldProblem[]): FieldProblem[] {
  const { data, contentType = "application/json" } = event;
  const text = readableText(data, contentType);
  if (text !== null) return check(JSON.parse(text)).map(fieldProblem);
  return [{ path: "data", message: `is ${contentType}, and the schema is about fields` }];
}

/** `/items/0/sku` → `data.items.0.sku`. */
function fieldProblem({ path, message }: FieldProblem): FieldProblem {
  const keys = path.split("/").slice(1);
  const names = keys.map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  return { path: ["data", ...names].join("."), message };
}

function sentence({ path, message }: FieldProblem): string {
  return `${path} ${message}`.toWellFormed().replaceAll("\0", "\u2400");
}

function compiledSchema(key: string, schema: string): CompiledSchema {
  const known = compiled.get(key);
  if (known?.schema === schema) return known.result;
  const [oldest] = compiled.keys();
  if (compiled.size >= MAX_COMPILED && oldest) compiled.delete(oldest);
  const result = compileSchema(schema);
  compiled.set(key, { schema, result });
  return result;
}
