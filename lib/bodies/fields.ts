/** Names and values on their way to JSON; without a prototype, so that `__proto__` is a name like any other. */
export type Fields = { [name: string]: Value };
export type Value = string | Fields | Value[];

export function newFields(): Fields {
  return Object.create(null);
}

export function isFields(value: Value | undefined): value is Fields {
  return typeof value === "object" && !Array.isArray(value);
}

/** A name that comes again makes a list of its values. */
export function append(fields: Fields, name: string, value: Value): void {
  const known = fields[name];
  if (known === undefined) fields[name] = value;
  else if (Array.isArray(known)) known.push(value);
  else fields[name] = [known, value];
}
