/** A JSON Schema as far as it is inferred here. */
type Inferred = {
  type?: string | string[];
  format?: string;
  properties?: Record<string, Inferred>;
  required?: string[];
  additionalProperties?: Inferred;
  items?: Inferred;
};

/** What was seen at one place of all samples. */
type Seen = {
  types: Set<string>;
  formats: Set<string> | null;
  /** How often an object stood here, and its members. */
  objects: number;
  members: Map<string, { times: number; seen: Seen }>;
  items: Seen | null;
};

/** Objects with more names than this are maps from ids to values, not records. */
const MOST_NAMES = 100;
const MAX_DEPTH = 20;
/** Of a long list so many elements are looked at. */
const MOST_ELEMENTS = 200;

const FORMATS: [name: string, pattern: RegExp][] = [
  ["date-time", /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/],
  ["date", /^\d{4}-\d\d-\d\d$/],
  ["uuid", /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ["email", /^[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){1,8}$/i],
  ["uri", /^https?:\/\/[a-z0-9.-]{1,253}(:\d{1,5})?(\/[!-~]*)?$/i],
];
const LONGEST_FORMATTED = 500;

/**
 * A schema that all samples match: types, formats of texts, and what was always there as required. It guesses nothing
 * that one further event would contradict, such as the range of a number or a closed set of values.
 */
export function inferSchema(samples: readonly unknown[]): Inferred {
  const seen = nothing();
  for (const sample of samples) look(seen, sample, 0);
  return schemaOf(seen);
}

function nothing(): Seen {
  return { types: new Set(), formats: null, objects: 0, members: new Map(), items: null };
}

function look(seen: Seen, value: unknown, depth: number): void {
  const type = typeOf(value);
  seen.types.add(type);
  if (typeof value === "string") {
    const formats = formatsOf(value);
    seen.formats = seen.formats === null ? formats : seen.formats.intersection(formats);
  }
  if (depth >= MAX_DEPTH) return;
  if (Array.isArray(value)) {
    seen.items ??= nothing();
    for (const element of value.slice(0, MOST_ELEMENTS)) look(seen.items, element, depth + 1);
  } else if (typeof value === "object" && value !== null) {
    seen.objects++;
    for (const [name, member] of Object.entries(value)) lookAtMember(seen, name, member, depth);
  }
}

function lookAtMember({ members }: Seen, name: string, value: unknown, depth: number): void {
  const known = members.get(name) ?? { times: 0, seen: nothing() };
  known.times++;
  members.set(name, known);
  look(known.seen, value, depth + 1);
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

function formatsOf(text: string): Set<string> {
  if (text.length > LONGEST_FORMATTED) return new Set();
  return new Set(FORMATS.filter(([, pattern]) => pattern.test(text)).map(([name]) => name));
}

function schemaOf(seen: Seen): Inferred {
  const { types, items } = seen;
  // An integer is a number too; where both came, a number is what is meant.
  const named = [...types].filter((type) => !(type === "integer" && types.has("number"))).sort();
  const [format] = seen.formats ?? [];
  return {
    ...(named.length > 0 && { type: named.length === 1 ? named[0] : named }),
    ...(format && { format }),
    ...(types.has("object") && objectOf(seen)),
    ...(items && items.types.size > 0 && { items: schemaOf(items) }),
  };
}

function objectOf({ members, objects }: Seen): Inferred {
  if (members.size > MOST_NAMES) {
    const any = nothing();
    for (const { seen } of members.values()) merge(any, seen);
    return { additionalProperties: schemaOf(any) };
  }
  const required = [...members].filter(([, { times }]) => times === objects).map(([name]) => name);
  const properties = [...members].map(([name, { seen }]) => [name, schemaOf(seen)] as const);
  return {
    ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
    ...(required.length > 0 && { required }),
  };
}

function merge(into: Seen, other: Seen): void {
  for (const type of other.types) into.types.add(type);
  if (other.formats) into.formats = into.formats === null ? other.formats : into.formats.intersection(other.formats);
  into.objects += other.objects;
  for (const [name, { times, seen }] of other.members) {
    const known = into.members.get(name) ?? { times: 0, seen: nothing() };
    known.times += times;
    into.members.set(name, known);
    merge(known.seen, seen);
  }
  if (other.items) {
    into.items ??= nothing();
    merge(into.items, other.items);
  }
}
