import type { z } from "zod";
import { type FieldProblem, type Refusal, refusal } from "./problem.ts";

/** What a schema found in a body, as a refusal that names every field. */
export function bodyRefusal(error: z.ZodError, body: unknown, notYet: readonly string[] = []): Refusal {
  const errors = fieldProblems(error, body, notYet);
  const unknown = error.issues.flatMap((issue) => (issue.code === "unrecognized_keys" ? issue.keys : []));
  const code = unknown.some((key) => notYet.includes(key))
    ? "not_supported_yet"
    : unknown.length > 0
      ? "unknown_field"
      : "invalid_field";
  return refusal(code, sentence(errors), errors);
}

/** What a schema found in the query string. */
export function queryRefusal(error: z.ZodError): Refusal {
  const errors = fieldProblems(error, {}, []);
  return refusal("invalid_parameter", sentence(errors), errors);
}

export function fieldRefusal(path: string, message: string): Refusal {
  return refusal("invalid_field", sentence([{ path, message }]), [{ path, message }]);
}

function fieldProblems(error: z.ZodError, body: unknown, notYet: readonly string[]): FieldProblem[] {
  return error.issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") return [{ path: pathOf(asSent(issue.path, body)), message: issue.message }];
    return issue.keys.map((key) => ({
      path: pathOf([...issue.path, key]),
      message: notYet.includes(key) ? "is not supported yet: leave it out" : "is not known: leave it out",
    }));
  });
}

/** Schemas see a list where the API may send an object by name: the name says more than the position. */
function asSent(path: PropertyKey[], body: unknown): PropertyKey[] {
  let value = body;
  for (const [at, part] of path.entries()) {
    if (typeof value !== "object" || value === null) return path.slice(0, at);
    if (typeof part === "number" && !Array.isArray(value))
      return [...path.slice(0, at), Object.keys(value)[part] ?? part];
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return path;
}

function pathOf(path: PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)),
    "",
  );
}

function sentence([first, ...others]: FieldProblem[]): string {
  if (!first) return "The call is not acceptable as it is";
  const more = others.length > 0 ? `, and ${others.length} more` : "";
  return `${first.path || "The body"}: ${first.message}${more}`;
}
