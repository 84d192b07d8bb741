import { z } from "zod";
import { retrySchedule } from "../endpoints/schedule-input.ts";
import { exampleProblems, type LocatedProblem, locatedInSchema } from "../schemas/problems.ts";
import { storable } from "../storable-text.ts";
import { ENFORCEMENTS } from "./enforcement.ts";
import { parseJson } from "./json-text.ts";
import { EVENT_TYPE_NAME } from "./name.ts";
import { compileSchema, MAX_EXAMPLE_BYTES } from "./schema-check.ts";

const MAX_JSON_DEPTH = 512;

export const eventTypeName = z
  .string()
  .trim()
  .regex(EVENT_TYPE_NAME, "Use 1 to 128 letters, digits, dots, hyphens and underscores, such as order.created");

/** JSON text is kept as written; a JSON value, which only the API can send, becomes text. */
function asText(value: unknown): unknown {
  return value === undefined || value === null || typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

const schemaText = z
  .preprocess(
    asText,
    storable(z.string()).superRefine((text, context) => {
      const compiled = compileSchema(text);
      if (compiled.ok) return;
      const message = located(compiled.problem, locatedInSchema(text, compiled.problem));
      context.addIssue({ code: "custom", message });
    }),
  )
  .nullable()
  .meta({
    openapi: {
      description:
        "JSON Schema 2020-12, as a value or as JSON text that is kept exactly. Remote references are refused.",
      type: ["object", "boolean", "string", "null"],
    },
  });

const exampleText = z
  .preprocess(
    asText,
    storable(z.string()).superRefine((text, context) => {
      const problem = exampleProblem(text);
      if (problem) context.addIssue({ code: "custom", message: problem });
    }),
  )
  .nullable()
  .meta({
    openapi: {
      description: "An example of `data`, as a value or as JSON text that is kept exactly. It matches the schema.",
    },
  });

const shape = {
  name: eventTypeName,
  description: storable(z.string().trim().max(2_000)),
  schema: schemaText,
  example: exampleText,
  enforcement: z.enum(ENFORCEMENTS),
  retrySchedule: retrySchedule("for endpoints without a schedule of their own; null = the default"),
};

/** A new event type, from the form or the API. */
export const eventTypeInput = z
  .strictObject({
    ...shape,
    description: shape.description.default(""),
    schema: shape.schema.default(null),
    example: shape.example.default(null),
    enforcement: shape.enforcement.default("off"),
    retrySchedule: shape.retrySchedule.default(null),
  })
  .superRefine(refuseMismatch);
export type EventTypeInput = z.infer<typeof eventTypeInput>;

/** A change: what is left out stays. The name is for good, since events and subscriptions carry it. */
export const eventTypePatch = z.strictObject(shape).omit({ name: true }).partial();
export type EventTypePatch = z.infer<typeof eventTypePatch>;

function exampleProblem(text: string): string | null {
  if (Buffer.byteLength(text) > MAX_EXAMPLE_BYTES) return `An example may have at most ${MAX_EXAMPLE_BYTES / 1024} KiB`;
  const parsed = parseJson(text, MAX_JSON_DEPTH);
  if (parsed.ok) return null;
  const [problem] = exampleProblems("", text);
  return problem ? located(parsed.problem, problem) : parsed.problem;
}

/** With the line, where the words do not name it themselves. */
function located(words: string, { line }: LocatedProblem): string {
  return /\bline \d/.test(words) ? words : `${words} (line ${line})`;
}

function refuseMismatch(input: { schema: string | null; example: string | null }, context: z.RefinementCtx): void {
  const problem = mismatch(input.schema, input.example);
  if (problem) context.addIssue({ code: "custom", path: ["example"], message: problem });
}

/** Why an example does not match its schema, or null. */
export function mismatch(schema: string | null, example: string | null): string | null {
  if (schema === null || example === null) return null;
  // What is wrong with either alone has been said at its own field.
  if (!parseJson(example, MAX_JSON_DEPTH).ok) return null;
  const [first] = exampleProblems(schema, example);
  return first ? `The example does not match the schema: ${first.message} (line ${first.line})` : null;
}
