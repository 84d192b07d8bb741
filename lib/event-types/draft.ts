import { recentEvents } from "../back-test/recent-events.ts";
import { readableText } from "../bodies/readable.ts";
import { listEndpoints } from "../endpoints/queries.ts";
import { wants } from "../endpoints/subscription-tree.ts";
import { MAX_PAGE_LIMIT } from "../reports/page.ts";
import { breakingChanges, changeSentence } from "../schemas/breaking.ts";
import { inferSchema } from "../schemas/infer.ts";
import { exampleProblems, type LocatedProblem, schemaProblems } from "../schemas/problems.ts";
import { parseJson } from "./json-text.ts";
import { findEventType } from "./queries.ts";
import { MAX_EXAMPLE_BYTES, MAX_SCHEMA_BYTES } from "./schema-check.ts";

/** Of so many real events a schema is inferred. */
export const INFERRED_FROM = 20;
const MAX_JSON_DEPTH = 512;
/** Room for what is typed on the way to something shorter. */
const MOST_BYTES = 2 * Math.max(MAX_EXAMPLE_BYTES, MAX_SCHEMA_BYTES);

export type Draft = { schema: string; example: string };
/** What a change of schema would mean to those who receive the events now. */
export type Breaking = { changes: string[]; endpoints: { id: string; name: string }[] };
export type DraftCheck = { schema: LocatedProblem[]; example: LocatedProblem[]; breaking: Breaking };

const NOTHING_BREAKS: Breaking = { changes: [], endpoints: [] };

/** Whether a schema and an example hold as they are typed; `name`: the type that is being changed. */
export async function checkDraft(workspaceId: string, name: string | null, draft: Draft): Promise<DraftCheck> {
  const { schema, example } = draft;
  if (Buffer.byteLength(schema) + Buffer.byteLength(example) > MOST_BYTES) {
    const tooLong = [{ line: 1, column: 1, message: "This is too long" }];
    return { schema: tooLong, example: [], breaking: NOTHING_BREAKS };
  }
  const problems = schemaProblems(schema);
  const breaking = name && problems.length === 0 ? await breakingFor(workspaceId, name, schema) : NOTHING_BREAKS;
  return { schema: problems, example: exampleProblems(schema, example), breaking };
}

/** What a new schema breaks at whom; nothing where nobody receives the type. */
export async function breakingFor(workspaceId: string, name: string, schema: string | null): Promise<Breaking> {
  const type = await findEventType(workspaceId, name);
  const changes = type ? breakingChanges(type.schema, schema?.trim() ? schema : null).map(changeSentence) : [];
  if (changes.length === 0) return NOTHING_BREAKS;
  const { rows } = await listEndpoints(workspaceId, {}, { limit: MAX_PAGE_LIMIT });
  const endpoints = rows
    .filter(({ subscriptions }) => wants(subscriptions, name))
    .map(({ id, url, description }) => ({ id, name: description || url }));
  return endpoints.length > 0 ? { changes, endpoints } : NOTHING_BREAKS;
}

export type InferredSchema = { schema: string; events: number };

/** A schema that the type's newest real events match; null when none of them has fields, or none came. */
export async function schemaOfEvents(workspaceId: string, name: string): Promise<InferredSchema | null> {
  const events = await recentEvents(workspaceId, { subscriptions: [name], customer: null, limit: INFERRED_FROM });
  const samples = events
    .flatMap(({ payload, contentType }) => readableText(payload, contentType) ?? [])
    .map((text) => parseJson(text, MAX_JSON_DEPTH))
    .flatMap((parsed) => (parsed.ok ? [parsed.value] : []));
  return samples.length > 0 ? { schema: schemaText(samples), events: samples.length } : null;
}

/** A schema of one piece of JSON; null when the text is none. */
export function schemaOfExample(example: string): string | null {
  if (example.trim() === "" || Buffer.byteLength(example) > MAX_EXAMPLE_BYTES) return null;
  const parsed = parseJson(example, MAX_JSON_DEPTH);
  return parsed.ok ? schemaText([parsed.value]) : null;
}

function schemaText(samples: unknown[]): string {
  return JSON.stringify(inferSchema(samples), null, 2);
}
