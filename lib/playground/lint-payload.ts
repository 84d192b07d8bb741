import { parseJson } from "../event-types/json-text.ts";
import { findEventType } from "../event-types/queries.ts";
import { compileSchema } from "../event-types/schema-check.ts";
import { placeOf } from "../schemas/place.ts";

const MAX_DEPTH = 512;

export type PayloadProblem = { line: number; column: number; message: string };

/** What the schema of its type says of a payload, and where. Whether it is JSON at all its editor sees by itself. */
export async function lintPayload(workspaceId: string, type: string, payload: string): Promise<PayloadProblem[]> {
  const schema = (await findEventType(workspaceId, type))?.schema;
  const parsed = parseJson(payload, MAX_DEPTH);
  if (!schema || !parsed.ok) return [];
  const compiled = compileSchema(schema);
  if (!compiled.ok) return [];
  return compiled
    .check(parsed.value)
    .map(({ path, message }) => ({ ...placeOf(payload, path), message: `${path || "The data"} ${message}` }));
}
