/** One thing that a receiver written for the older schema may trip over: where, and what. */
export type BreakingChange = { path: string; words: string };

type Schema = Record<string, unknown>;

const MOST_CHANGES = 20;
const MAX_DEPTH = 30;
/** Pairs of schemas that are compared: references can ask for each part again and again. */
const MOST_PAIRS = 5_000;
const WHOLE = "the data";

/**
 * What a new schema lets through that the old one did not promise, seen by those who receive the events: fields that
 * are gone or may be missing, further types and values. References are followed inside each schema, once around. Not
 * covered: conditions that join schemas (`anyOf`, `if`, `not`), which only the eye can compare.
 */
export function breakingChanges(before: string | null, after: string | null): BreakingChange[] {
  if (before === null) return [];
  if (after === null) return [{ path: "", words: "no schema any more: the data may be anything" }];
  const [old, next]: [unknown, unknown] = [JSON.parse(before), JSON.parse(after)];
  const changes: BreakingChange[] = [];
  compare({ path: "", depth: 0, above: [] }, old, next, { old, next, changes, pairs: 0 });
  return changes.slice(0, MOST_CHANGES);
}

type Pair = readonly [old: unknown, next: unknown];
/** `above`: what the way here has led through; a schema may lead back to itself. */
type At = { path: string; depth: number; above: readonly Pair[] };
type Both = { old: unknown; next: unknown; changes: BreakingChange[]; pairs: number };

function compare(at: At, oldSchema: unknown, nextSchema: unknown, both: Both): void {
  if (at.depth > MAX_DEPTH || both.changes.length >= MOST_CHANGES || ++both.pairs > MOST_PAIRS) return;
  const pair: Pair = [targetOf(oldSchema, both.old), targetOf(nextSchema, both.next)];
  if (at.above.some(([one, other]) => one === pair[0] && other === pair[1])) return;
  const above = [...at.above, pair];
  const [old, next] = [resolve(oldSchema, both.old), resolve(nextSchema, both.next)];
  const say = (words: string) => both.changes.push({ path: at.path, words });
  const types = newTypes(old, next);
  if (types) {
    say(types);
    return;
  }
  const values = newValues(old, next);
  if (values) say(values);
  if (typeof old.format === "string" && old.format !== next.format) {
    say(`was a ${old.format}, ${typeof next.format === "string" ? `is a ${next.format}` : "may be any text"} now`);
  }
  compareMembers({ ...at, above }, old, next, both);
  if (isSchema(old.items) && next.items !== undefined) {
    compare({ path: `${at.path}[]`, depth: at.depth + 1, above }, old.items, next.items, both);
  }
}

function compareMembers({ path, depth, above }: At, old: Schema, next: Schema, both: Both): void {
  const [had, has] = [members(old), members(next)];
  const [wasRequired, isRequired] = [required(old), required(next)];
  for (const [name, schema] of Object.entries(had)) {
    const place = path ? `${path}.${name}` : name;
    const now = Object.hasOwn(has, name) ? has[name] : undefined;
    if (now === undefined) {
      both.changes.push({ path: place, words: "is gone" });
      continue;
    }
    if (wasRequired.has(name) && !isRequired.has(name)) {
      both.changes.push({ path: place, words: "may be missing now" });
    }
    compare({ path: place, depth: depth + 1, above }, schema, now, both);
  }
}

function newTypes(old: Schema, next: Schema): string | null {
  const [had, has] = [typesOf(old), typesOf(next)];
  if (had === null) return null;
  if (has === null) return `was ${had.join(" or ")}, may be anything now`;
  const added = has.filter((type) => !had.includes(type) && !(type === "integer" && had.includes("number")));
  if (added.length === 0) return null;
  const kept = has.some((type) => had.includes(type));
  return kept ? `may be ${added.join(" or ")} now` : `was ${had.join(" or ")}, is ${has.join(" or ")} now`;
}

function newValues(old: Schema, next: Schema): string | null {
  const [had, has] = [valuesOf(old), valuesOf(next)];
  if (had === null) return null;
  if (has === null) return "may have any value now, was one of a list";
  const known = new Set(had.map((value) => JSON.stringify(value)));
  const added = has.map((value) => JSON.stringify(value)).filter((value) => !known.has(value));
  if (added.length === 0) return null;
  return `may be ${added.slice(0, 5).join(", ")}${added.length > 5 ? " and others" : ""} now`;
}

/** A schema's own keywords, with those of what it refers to; references to elsewhere mean nothing. */
function resolve(schema: unknown, root: unknown): Schema {
  let current = isSchema(schema) ? schema : {};
  for (let hops = 0; typeof current.$ref === "string" && hops < MAX_DEPTH; hops++) {
    const { $ref, ...own } = current;
    const target = pointed(root, String($ref));
    if (!isSchema(target)) return own;
    current = { ...target, ...own };
  }
  return current;
}

/** The schema itself, or the last one that it leads to by references alone: by this it is known again. */
function targetOf(schema: unknown, root: unknown): unknown {
  let current = schema;
  for (let hops = 0; isSchema(current) && typeof current.$ref === "string" && hops < MAX_DEPTH; hops++) {
    current = pointed(root, current.$ref);
  }
  return current;
}

function pointed(root: unknown, reference: string): unknown {
  if (reference === "#") return root;
  if (!reference.startsWith("#/")) return undefined;
  let value: unknown = root;
  for (const part of reference.slice(2).split("/")) {
    const name = decoded(part).replaceAll("~1", "/").replaceAll("~0", "~");
    value = isSchema(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // No valid escape: the name is meant as it is written.
    return part;
  }
}

function typesOf({ type }: Schema): string[] | null {
  if (typeof type === "string") return [type];
  return Array.isArray(type) ? type.map(String) : null;
}

function valuesOf(schema: Schema): unknown[] | null {
  if (Array.isArray(schema.enum)) return schema.enum;
  return Object.hasOwn(schema, "const") ? [schema.const] : null;
}

const members = ({ properties }: Schema): Schema => (isSchema(properties) ? properties : {});
const required = ({ required }: Schema): Set<unknown> => new Set(Array.isArray(required) ? required : []);

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `total: was number, is string now`. */
export function changeSentence({ path, words }: BreakingChange): string {
  return `${path || WHOLE} ${words}`;
}
