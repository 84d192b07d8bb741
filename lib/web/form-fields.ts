import type { z } from "zod";

type Schema = z.core.$ZodType;
type Shape = Record<string, Schema>;
type Field = { schema: Schema; optional: boolean; nullable: boolean; hasDefault: boolean };

/**
 * A form's fields as the input its schema expects. Form values are strings, so: repeated fields become arrays where the
 * schema has an array (`headers.name` beside `headers.value` an array of objects), `login.name` beside `login.password`
 * an object (nothing when all its fields are empty), a ticked box true and a missing one false, digits a number, and an
 * empty field nothing (null where the schema knows null).
 */
export function formFields(form: FormData, schema: z.ZodObject): Record<string, unknown> {
  return readFields(form, schema.shape);
}

function readFields(form: FormData, shape: Shape, prefix = ""): Record<string, unknown> {
  const entries = Object.entries(shape).map(([name, schema]) => [name, readField(form, prefix + name, unwrap(schema))]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function readField(form: FormData, name: string, field: Field): unknown {
  const type = field.schema._zod.def.type;
  if (type === "array") return readArray(form, name, field);
  if (type === "boolean") return readBox(form, name, field);
  const variant = shapeOf(form, name, field.schema);
  if (variant !== undefined) return readObject(form, name, variant, field);
  const value = form.get(name);
  return value === null ? undefined : fromText(String(value), field);
}

/** An object whose fields are all empty was not filled in. */
function readObject(form: FormData, name: string, shape: Shape | null, field: Field): unknown {
  const names = Object.keys(shape ?? {}).map((key) => `${name}.${key}`);
  const isFilled = names.some((one) => form.getAll(one).some((value) => String(value).trim() !== ""));
  if (shape && isFilled) return readFields(form, shape, `${name}.`);
  if (!form.has(names[0] ?? "") && shape) return undefined;
  return field.nullable ? null : undefined;
}

/** The fields of an object; of a choice between objects those of the chosen one, null when none is. Undefined: no object. */
function shapeOf(form: FormData, name: string, schema: Schema): Shape | null | undefined {
  const def = schema._zod.def as z.core.$ZodTypeDef & { discriminator?: string; options?: readonly z.ZodObject[] };
  if (def.type === "object") return (schema as z.ZodObject).shape;
  const { discriminator } = def;
  if (def.type !== "union" || !discriminator) return undefined;
  const chosen = form.get(`${name}.${discriminator}`);
  const option = def.options?.find(({ shape }) => isLiteral(shape[discriminator], chosen));
  return option?.shape ?? null;
}

function isLiteral(schema: Schema | undefined, value: unknown): boolean {
  return (schema?._zod.def as { values?: unknown[] } | undefined)?.values?.includes(value) ?? false;
}

/** An unticked box is not sent at all; only where the schema has no opinion on a missing one is it left out. */
function readBox(form: FormData, name: string, { optional, hasDefault }: Field): boolean | undefined {
  if (form.has(name)) return isTicked(form.getAll(name).at(-1));
  return optional && !hasDefault ? undefined : false;
}

function isTicked(value: FormDataEntryValue | undefined): boolean {
  return value === "on" || value === "true" || value === "1";
}

function readArray(form: FormData, name: string, field: Field): unknown {
  const element = unwrap((field.schema as z.ZodArray)._zod.def.element as Schema);
  if (element.schema._zod.def.type === "object") return readRows(form, name, (element.schema as z.ZodObject).shape);
  const values = form
    .getAll(name)
    .map(String)
    .filter((value) => value.trim() !== "");
  if (values.length === 0 && field.nullable) return null;
  if (values.length === 0 && field.optional && !field.hasDefault) return undefined;
  return values.map((value) => fromText(value, element));
}

/** Rows of inputs, column by column; rows left empty are left out. */
function readRows(form: FormData, name: string, shape: Shape): Record<string, string>[] {
  const columns = Object.keys(shape).map((key) => [key, form.getAll(`${name}.${key}`).map(String)] as const);
  const length = Math.max(0, ...columns.map(([, values]) => values.length));
  const rows = Array.from({ length }, (_, row) =>
    Object.fromEntries(columns.map(([key, values]) => [key, values[row] ?? ""])),
  );
  return rows.filter((row) => Object.values(row).some((value) => value.trim() !== ""));
}

function fromText(text: string, field: Field): unknown {
  const type = field.schema._zod.def.type;
  if (text === "" && field.nullable) return null;
  // A text with a default may be emptied; anything else that is left empty takes its default.
  if (text === "" && field.optional && (type !== "string" || !field.hasDefault)) return undefined;
  if (type === "number" && text.trim() !== "" && Number.isFinite(Number(text))) return Number(text);
  return text;
}

/** Through optional, nullable, default and pipes to the type that says how the form is read. */
function unwrap(schema: Schema): Field {
  const field: Field = { schema, optional: false, nullable: false, hasDefault: false };
  for (;;) {
    const def = (field.schema as z.ZodType)._zod.def as z.core.$ZodTypeDef & {
      innerType?: Schema;
      in?: Schema;
      out?: Schema;
    };
    field.optional ||= def.type === "optional" || def.type === "default" || def.type === "prefault";
    field.nullable ||= def.type === "nullable";
    field.hasDefault ||= def.type === "default" || def.type === "prefault";
    const next = def.innerType ?? (def.in?._zod.def.type === "transform" ? def.out : def.in);
    if (!next) return field;
    field.schema = next;
  }
}

/** Under the names of their inputs, `login.name`; of a choice all that were sent, whichever is chosen in the end. */
function typedObject(form: FormData, name: string, schema: Schema): Record<string, string | string[]> {
  const def = schema._zod.def as z.core.$ZodTypeDef & { options?: readonly Schema[] };
  const options = def.type === "object" ? [schema] : (def.options ?? []);
  const shapes = options.flatMap((option) =>
    option._zod.def.type === "object" ? [(option as z.ZodObject).shape] : [],
  );
  if (shapes.length === 0) return form.has(name) ? { [name]: String(form.get(name)) } : {};
  const fields = shapes.flatMap((shape) => Object.entries(shape)).filter(([key, field]) => !isSecret(key, field));
  return Object.fromEntries(
    fields.flatMap(([key]) => {
      const value = form.get(`${name}.${key}`);
      return value === null ? [] : [[`${name}.${key}`, String(value)]];
    }),
  );
}

/** Postgres keeps no NUL in a text; a form's decoder has replaced whatever else could not be stored. */
export function hasNul(form: FormData): boolean {
  return [...form.values()].some((value) => typeof value === "string" && value.includes("\0"));
}

const SECRET_NAME = /password|secret|token/i;

/** Whether a field must never travel back to the browser: as it is marked, `.meta({ secret: true })`, else by its name. */
function isSecret(name: string, schema: Schema): boolean {
  const marked = (schema as z.ZodType).meta?.()?.secret;
  return typeof marked === "boolean" ? marked : SECRET_NAME.test(name);
}

/** What was typed, to fill the form again after an error, without secrets. */
export function typedValues(form: FormData, schema: z.ZodObject): Record<string, string | string[]> {
  return Object.assign({}, ...Object.entries(schema.shape).map(([name, field]) => typedField(form, name, field)));
}

function typedField(form: FormData, name: string, schema: Schema): Record<string, string | string[]> {
  if (isSecret(name, schema)) return {};
  const inner = unwrap(schema).schema;
  if (inner._zod.def.type === "object" || inner._zod.def.type === "union") return typedObject(form, name, inner);
  if (inner._zod.def.type !== "array") {
    const value = form.get(name);
    return value === null ? {} : { [name]: String(value) };
  }
  const element = unwrap((inner as z.ZodArray)._zod.def.element as Schema).schema;
  if (element._zod.def.type !== "object") return { [name]: form.getAll(name).map(String) };
  const columns = Object.entries((element as z.ZodObject).shape).filter(([key, column]) => !isSecret(key, column));
  return Object.fromEntries(columns.map(([key]) => [`${name}.${key}`, form.getAll(`${name}.${key}`).map(String)]));
}
