import { findEventType } from "../event-types/queries.ts";
import { workOnSchema } from "../schemas/schema-work.ts";

const SEEDS = 1_000_000;

export type Example = { ok: true; text: string } | { ok: false; problem: string };

/** The example a type has, or data that its schema lets through, another one each time. */
export async function exampleOf(workspaceId: string, type: string, kind: "example" | "random"): Promise<Example> {
  const found = await findEventType(workspaceId, type);
  if (!found) return { ok: false, problem: `There is no event type ${type} in this workspace` };
  if (kind === "example") {
    return found.example ? { ok: true, text: found.example } : { ok: false, problem: `${type} has no example yet` };
  }
  if (!found.schema) return { ok: false, problem: `${type} has no schema to make an example from` };
  return workOnSchema({ make: "example", schema: found.schema, seed: Math.floor(Math.random() * SEEDS) });
}
