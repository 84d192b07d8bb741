import { parseJson } from "../event-types/json-text.ts";
import { compileSchema } from "../event-types/schema-check.ts";
import { type Place, placeInMessage, placeOf } from "./place.ts";

/** Something wrong in a text: where it is, and a sentence. */
export type LocatedProblem = Place & { message: string };

const MAX_JSON_DEPTH = 512;
const START: Place = { line: 1, column: 1 };
/** `data/properties/total/type must be …`: how a schema is told what is wrong in itself. */
const IN_SCHEMA = /\bdata((?:\/[^\s,/]*)*) (must [^,]+)/;
/** Of such a message, which may quote the schema. */
const MOST_READ = 2_000;
const TYPES = "must be one of string, number, integer, boolean, object, array and null";

/** What is wrong with a text as a JSON Schema, at its line. */
export function schemaProblems(text: string): LocatedProblem[] {
  if (text.trim() === "") return [];
  const compiled = compileSchema(text);
  return compiled.ok ? [] : [locatedInSchema(text, compiled.problem)];
}

/** Where in a schema that is none the problem lies which its compiler named. */
export function locatedInSchema(text: string, problem: string): LocatedProblem {
  const place = placeInMessage(text, problem);
  if (place) return { ...place, message: problem };
  const [, pointer, rule] = IN_SCHEMA.exec(problem.slice(0, MOST_READ)) ?? [];
  if (pointer === undefined || rule === undefined) return { ...START, message: problem };
  const words = pointer.endsWith("/type") ? TYPES : rule;
  return { ...placeOf(text, pointer), message: `${pointer || "the schema"} ${words}` };
}

/** Why a text is no example, at its line: it is not JSON, or it does not match the schema, where that is one. */
export function exampleProblems(schema: string, example: string): LocatedProblem[] {
  if (example.trim() === "") return [];
  const parsed = parseJson(example, MAX_JSON_DEPTH);
  if (!parsed.ok) return [{ ...(placeInMessage(example, parsed.problem) ?? START), message: parsed.problem }];
  const compiled = schema.trim() === "" ? null : compileSchema(schema);
  if (!compiled?.ok) return [];
  return compiled.check(parsed.value).map(({ path, message }) => ({
    ...placeOf(example, path),
    message: `${path || "the whole"} ${message}`,
  }));
}
