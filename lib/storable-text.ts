import type { z } from "zod";

/** Whether Postgres can keep a text as it is: no NUL, no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

/** Refuses what could not be stored, or searched for. */
export function storable<Schema extends z.ZodType<string>>(schema: Schema) {
  return schema.refine(isStorable, "must not contain NUL or half of a surrogate pair");
}
