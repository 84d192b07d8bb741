import { readTokens, writeToken } from "./tokens.ts";

/** What a field of a search stands for. */
export type Field = {
  /** The parameter of the list's address; each of a `many` is added, of others the last one counts. */
  parameter: string;
  many?: boolean;
  /** The parameter's value; null when the field does not take what was typed. */
  read: (value: string) => string | null;
  /** What it takes, after its name: `takes 3, >3, <3 or 2-5`. */
  takes: string;
};
export type Fields = Record<string, Field>;

/**
 * A search, taken apart: parameters of the list's address, what is left as free text, written so that reading it again
 * gives the same, and what was not understood.
 */
export type Search = { parameters: [string, string][]; text: string; problems: string[] };

/** What is not understood stays text, so that a list never shows more than was asked for. */
export function readSearch(typed: string, fields: Fields): Search {
  const search: Search = { parameters: [], text: "", problems: [] };
  const words: string[] = [];
  for (const { field, value, start, end } of readTokens(typed)) {
    const known = field === null ? undefined : fieldOf(field, fields);
    const read = known?.read(value) ?? null;
    if (known && read !== null) {
      set(search.parameters, known, read);
      continue;
    }
    if (field !== null || value.trim())
      words.push(field === null ? writeToken({ field, value }) : typed.slice(start, end));
    if (field !== null) search.problems.push(problemOf(field, value, known, fields));
  }
  search.text = words.join(" ");
  return search;
}

/** What free text is looked for: its words without their quotes. */
export function plainText(text: string): string {
  const words = readTokens(text).map(({ field, value, start, end }) =>
    field === null ? value : text.slice(start, end),
  );
  return words.filter((word) => word.trim()).join(" ");
}

/** `body.order.id` is the field `body` with a path. */
function fieldOf(name: string, fields: Fields): Field | undefined {
  if (Object.hasOwn(fields, name)) return fields[name];
  const dot = name.indexOf(".");
  const head = Object.hasOwn(fields, name.slice(0, dot + 1)) ? fields[name.slice(0, dot + 1)] : undefined;
  return head && { ...head, read: (value) => head.read(`${name.slice(dot + 1)}:${value}`) };
}

function set(parameters: [string, string][], { parameter, many }: Field, value: string): void {
  const before = many ? undefined : parameters.find(([name]) => name === parameter);
  if (before) before[1] = value;
  else parameters.push([parameter, value]);
}

function problemOf(field: string, value: string, known: Field | undefined, fields: Fields): string {
  if (known) return `${field}: ${known.takes}${value ? `, not “${value}”` : ""}.`;
  const names = Object.keys(fields).map((name) => (name.endsWith(".") ? `${name}path` : name));
  return `There is no field “${field}”. Fields are ${names.join(", ")}.`;
}
