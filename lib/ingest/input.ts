import { z } from "zod";
import type { FieldProblem } from "../api/problem.ts";
import { EVENT_TYPE_NAME } from "../event-types/name.ts";
import { isStorable } from "../storable-text.ts";
import {
  MAX_CUSTOMER_LENGTH,
  MAX_DAYS_AHEAD,
  MAX_KEY_LENGTH,
  MAX_ORDERING_KEY_LENGTH,
  MAX_TAG_NAME_LENGTH,
  MAX_TAG_VALUE_LENGTH,
  MAX_TAGS,
} from "./limits.ts";

/** Postgres and JavaScript write years outside this differently. */
function isStorableTime(time: Date): boolean {
  return time.getUTCFullYear() >= 1900 && time.getUTCFullYear() <= 9998;
}

const DAY_MS = 86_400_000;

function isSoonEnough(time: Date): boolean {
  return time.getTime() - Date.now() <= MAX_DAYS_AHEAD * DAY_MS;
}

const storable = (max: number) =>
  z
    .string()
    .min(1, "must not be empty")
    .max(max, `may have at most ${max} characters`)
    .refine(isStorable, "must not contain NUL or half of a surrogate pair");

/** The record below would leave it out without a word. */
function namesPrototype(given: unknown): boolean {
  return typeof given === "object" && given !== null && Object.hasOwn(given, "__proto__");
}

const tagRecord = z
  .record(
    storable(MAX_TAG_NAME_LENGTH),
    z
      .string("must be a string")
      .max(MAX_TAG_VALUE_LENGTH, `may have at most ${MAX_TAG_VALUE_LENGTH} characters`)
      .refine(isStorable, "must not contain NUL or half of a surrogate pair"),
  )
  .refine((given) => Object.keys(given).length <= MAX_TAGS, `may be at most ${MAX_TAGS}`);

const tags = z
  .unknown()
  .refine((given) => !namesPrototype(given), "must not have a tag named __proto__")
  .pipe(tagRecord);

const moment = z.iso
  .datetime({ offset: true, error: "must be a time as in RFC 3339, such as 2026-01-31T09:30:00Z", abort: true })
  .refine((text) => isStorableTime(new Date(text)), "must lie between the years 1900 and 9998");

/** The envelope of an event as an app posts it. `data` is any JSON value; its bytes are cut out, never serialised again. */
export const eventInput = z.strictObject({
  type: z.string("is missing: name the event type").regex(EVENT_TYPE_NAME, {
    error: "must be 1 to 128 letters, digits, dots, dashes or underscores, such as order.created",
  }),
  data: z.unknown().refine((data) => data !== undefined, "is missing: any JSON value will do"),
  customer: storable(MAX_CUSTOMER_LENGTH).optional(),
  timestamp: moment.optional(),
  deliverAt: moment
    .refine((text) => isSoonEnough(new Date(text)), `may lie at most ${MAX_DAYS_AHEAD} days ahead`)
    .optional()
    .meta({ description: "Deliver not before this moment; one that has passed means at once" }),
  orderingKey: storable(MAX_ORDERING_KEY_LENGTH).optional().meta({
    description: "Events with the same key reach endpoints with strict ordering one after the other, in their order",
  }),
  id: storable(MAX_KEY_LENGTH).optional(),
  tags: tags.optional(),
});
export type EventInput = z.infer<typeof eventInput>;

type InputProblem = { code: "unknown_field" | "invalid_field"; errors: FieldProblem[] };
export type ParsedInput = { ok: true; input: EventInput } | ({ ok: false } & InputProblem);

/** Checks an envelope; `at` is where it stands, such as `[3]` in a batch. */
export function parseEventInput(value: unknown, at = ""): ParsedInput {
  const parsed = eventInput.safeParse(value);
  if (parsed.success) return { ok: true, input: parsed.data };
  const errors = parsed.error.issues.flatMap((issue) => fieldProblems(issue, at));
  const codes = parsed.error.issues.map((issue) => issue.code);
  return { ok: false, code: codes.includes("unrecognized_keys") ? "unknown_field" : "invalid_field", errors };
}

function fieldProblems(issue: z.core.$ZodIssue, at: string): FieldProblem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: pathOf([key], at), message: "is not a field of an event" }));
  }
  const message = issue.code === "invalid_type" && issue.path.length === 0 ? "must be a JSON object" : issue.message;
  return [{ path: pathOf(issue.path, at), message }];
}

const LONGEST_PATH = 200;

function pathOf(path: PropertyKey[], at: string): string {
  const keys = path.map((key) => String(key).toWellFormed().replaceAll("\0", "\u2400"));
  return [at, ...keys].filter(Boolean).join(".").slice(0, LONGEST_PATH);
}
