import type { DraftCheck } from "@/lib/event-types/draft.ts";

/** A text that was worked out for a field, with where it comes from; or why there is none. */
export type Made = { ok: true; text: string; note: string } | { ok: false; problem: string };

/** What the form asks the server while it is being filled in. Each is given the form as it stands. */
export type DraftTools = {
  check: (form: FormData) => Promise<DraftCheck | null>;
  schemaOfEvents: (form: FormData) => Promise<Made>;
  schemaOfExample: (form: FormData) => Promise<Made>;
  exampleOfSchema: (form: FormData) => Promise<Made>;
};
