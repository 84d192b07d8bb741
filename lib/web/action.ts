import { headers } from "next/headers";
import { z } from "zod";
import type { SignedInUser } from "../accounts/sessions.ts";
import { announceChange } from "../live/announce.ts";
import { LIVE_TOPICS } from "../live/channel.ts";
import { can, leastRoleFor, type Permission } from "../workspaces/roles.ts";
import { formFields, hasNul, typedValues } from "./form-fields.ts";
import { isSameOrigin } from "./same-origin.ts";
import { type Actor, ForbiddenError, findActor, requireUser } from "./session.ts";

export type FormErrors = Record<string, string[] | undefined>;
export type FormValues = Record<string, string | string[]>;
export type FormState =
  | { status: "idle" }
  | { status: "invalid"; errors: FormErrors; values: FormValues }
  | { status: "done"; message: string; data?: Record<string, string> }
  /** Something was tried with the form as it stands: what was typed is filled in again, beside what came of it. */
  | { status: "tried"; values: FormValues; data: Record<string, string> };

export type FormAction = (previous: FormState, form: FormData) => Promise<FormState>;

/**
 * Every form of a workspace goes through here: origin, session, workspace and permission, then schema, then the handler.
 * Open pages are told of what `changes`; not of what only answers, which some ask at every pause of their typing.
 */
export function formAction<S extends z.ZodObject>(
  permission: Permission,
  schema: S,
  handle: (input: z.infer<S>, actor: Actor) => Promise<FormState>,
  { changes = permission !== "read" }: { changes?: boolean } = {},
): FormAction {
  return async (_previous, form) => {
    const problem = await unacceptable(form);
    if (problem) return invalid({ _form: [problem] });
    const typed = typedValues(form, schema);
    const actor = await findActor(String(form.get("workspace") ?? ""));
    if (!actor) return refused("This workspace does not exist, or you are not a member of it any more.", typed);
    if (!can(actor.role, permission)) {
      return refused(`This needs the role ${leastRoleFor(permission)} or a higher one.`, typed);
    }
    try {
      return await answer(form, schema, (input) => handle(input, actor));
    } finally {
      // Other people look at the same workspace; most forms change something of what they see.
      if (changes) for (const topic of LIVE_TOPICS) announceChange(actor.workspace.id, topic);
    }
  };
}

/** A form about the signed-in person themself, such as their password. */
export function personAction<S extends z.ZodObject>(
  schema: S,
  handle: (input: z.infer<S>, user: SignedInUser) => Promise<FormState>,
): FormAction {
  return async (_previous, form) => {
    const problem = await unacceptable(form);
    if (problem) return invalid({ _form: [problem] });
    const user = await requireUser();
    return answer(form, schema, (input) => handle(input, user));
  };
}

/** A form for people who are not signed in. */
export function publicAction<S extends z.ZodObject>(
  schema: S,
  handle: (input: z.infer<S>) => Promise<FormState>,
): FormAction {
  return async (_previous, form) => {
    const problem = await unacceptable(form);
    if (problem) return invalid({ _form: [problem] });
    return answer(form, schema, handle);
  };
}

/** Why a form is not read at all, or null. */
async function unacceptable(form: FormData): Promise<string | null> {
  if (!isSameOrigin(await headers())) return "This form was sent from another site.";
  return hasNul(form) ? "This form has characters that no text can hold." : null;
}

/** For a handler that finds something wrong itself. What was typed is filled in by the wrapper. */
export function invalid(errors: FormErrors): FormState {
  return { status: "invalid", errors, values: {} };
}

export function done(message: string, data?: Record<string, string>): FormState {
  return { status: "done", message, ...(data && { data }) };
}

/** For a handler that only tries something out. What was typed is filled in by the wrapper. */
export function tried(data: Record<string, string>): FormState {
  return { status: "tried", values: {}, data };
}

function refused(reason: string, values: FormValues): FormState {
  return { status: "invalid", errors: { _form: [reason] }, values };
}

async function answer<S extends z.ZodObject>(
  form: FormData,
  schema: S,
  handle: (input: z.infer<S>) => Promise<FormState>,
): Promise<FormState> {
  const parsed = schema.safeParse(formFields(form, schema));
  if (!parsed.success) {
    const { fieldErrors, formErrors } = z.flattenError(parsed.error);
    const errors: FormErrors = { ...fieldErrors };
    if (formErrors.length > 0) errors._form = formErrors;
    return { status: "invalid", errors, values: typedValues(form, schema) };
  }
  try {
    const state = await handle(parsed.data);
    return "values" in state ? { ...state, values: typedValues(form, schema) } : state;
  } catch (error) {
    // A command that asks for more than the form did; everything else belongs to the error page.
    if (error instanceof ForbiddenError) return refused(error.message, typedValues(form, schema));
    throw error;
  }
}
