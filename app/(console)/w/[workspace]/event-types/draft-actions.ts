"use server";

import type { Made } from "@/components/event-types/draft";
import { checkDraft, type DraftCheck, schemaOfEvents, schemaOfExample } from "@/lib/event-types/draft.ts";
import { eventTypeDraft } from "@/lib/event-types/forms.ts";
import { workOnSchema } from "@/lib/schemas/schema-work.ts";
import { done, formAction, invalid } from "@/lib/web/action.ts";

// What the form asks while it is filled in: each is called with the form as it stands, and changes nothing.

const IDLE = { status: "idle" } as const;
const ANSWERS = { changes: false };
const NO_EXAMPLE = "Paste or write JSON into the example first";

const check = formAction(
  "configure",
  eventTypeDraft,
  async ({ eventType = null, schema, example }, { workspace }) => {
    const checked = await checkDraft(workspace.id, eventType, { schema, example });
    return done("Checked", { checked: JSON.stringify(checked) });
  },
  ANSWERS,
);

export async function checkDraftAction(form: FormData): Promise<DraftCheck | null> {
  const state = await check(IDLE, form);
  return state.status === "done" ? JSON.parse(state.data?.checked ?? "null") : null;
}

const ofEvents = formAction(
  "configure",
  eventTypeDraft,
  async ({ eventType = "" }, { workspace }) => {
    const inferred = await schemaOfEvents(workspace.id, eventType);
    if (!inferred) return invalid({ schema: ["No event of this type came lately"] });
    return done(`From ${inferred.events === 1 ? "1 event" : `${inferred.events} events`}`, { text: inferred.schema });
  },
  ANSWERS,
);

const ofExample = formAction(
  "configure",
  eventTypeDraft,
  async ({ example }) => {
    const schema = schemaOfExample(example);
    return schema === null ? invalid({ schema: [NO_EXAMPLE] }) : done("From the example", { text: schema });
  },
  ANSWERS,
);

const exampleOf = formAction(
  "configure",
  eventTypeDraft,
  async ({ schema }) => {
    if (schema.trim() === "") return invalid({ example: ["Write a schema first"] });
    const made = await workOnSchema({ make: "example", schema, seed: Math.floor(Math.random() * 1e6) });
    return made.ok ? done("From the schema", { text: made.text }) : invalid({ example: [made.problem] });
  },
  ANSWERS,
);

export async function schemaOfEventsAction(form: FormData): Promise<Made> {
  return madeBy(ofEvents, form);
}

export async function schemaOfExampleAction(form: FormData): Promise<Made> {
  return madeBy(ofExample, form);
}

export async function exampleOfSchemaAction(form: FormData): Promise<Made> {
  return madeBy(exampleOf, form);
}

async function madeBy(action: typeof ofEvents, form: FormData): Promise<Made> {
  const state = await action(IDLE, form);
  if (state.status === "done") return { ok: true, text: state.data?.text ?? "", note: state.message };
  const problems = state.status === "invalid" ? Object.values(state.errors).flatMap((words) => words ?? []) : [];
  return { ok: false, problem: problems.join(" ") };
}
