import { parseJson } from "../event-types/json-text.ts";
import { append, type Fields, isFields, newFields, type Value } from "./fields.ts";

/** A form of more has no fields to read. */
export const MAX_FIELDS = 10_000;
/** Brackets deeper than this are part of the name. */
const MAX_STEPS = 32;
const MAX_JSON_DEPTH = 512;
/** Its text is JSON where GitHub, Slack and Papertrail send a form. */
const JSON_FIELD = "payload";
const BRACKETS = /^([^[\]]+)((?:\[[^[\]]*\])+)$/;

/** A form's fields as JSON; `data[id]=1` is `{"data":{"id":"1"}}`, `a[]=1` a list, and so is a name that comes again. */
export function formText(text: string): string | null {
  if (text.split("&", MAX_FIELDS + 1).length > MAX_FIELDS) return null;
  return fieldsAsJson(new URLSearchParams(text));
}

export function fieldsAsJson(pairs: Iterable<[string, string]>): string {
  const fields = newFields();
  for (const [name, value] of pairs) place(fields, name, value);
  const members = Object.entries(fields).map(([name, value]) => `${JSON.stringify(name)}:${valueText(name, value)}`);
  return `{${members.join()}}`;
}

/** JSON inside a field stays as it was written, so that long numbers keep their digits. */
function valueText(name: string, value: Value): string {
  const isNested = name === JSON_FIELD && typeof value === "string" && /^\s*[{[]/.test(value);
  return isNested && parseJson(value, MAX_JSON_DEPTH).ok ? value : JSON.stringify(value);
}

function place(fields: Fields, name: string, value: string): void {
  const steps = stepsOf(name);
  const isListed = steps.at(-1) === "" && steps.length > 1;
  if (isListed) steps.pop();
  const own = steps.pop() ?? name;
  const parent = descend(fields, steps);
  // Below something that is a value already there is no room: it keeps the name it was sent with.
  if (!parent) append(fields, name, value);
  else if (isListed && parent[own] === undefined) parent[own] = [value];
  else append(parent, own, value);
}

/** `data[merges][FNAME]` → `data`, `merges`, `FNAME`. */
function stepsOf(name: string): string[] {
  const [, first, rest] = BRACKETS.exec(name) ?? [];
  if (first === undefined || rest === undefined) return [name];
  const steps = [first, ...rest.slice(1, -1).split("][")];
  return steps.length > MAX_STEPS || steps.slice(0, -1).includes("") ? [name] : steps;
}

function descend(fields: Fields, steps: string[]): Fields | null {
  let at = fields;
  for (const step of steps) {
    at[step] ??= newFields();
    const next = at[step];
    if (!isFields(next)) return null;
    at = next;
  }
  return at;
}
