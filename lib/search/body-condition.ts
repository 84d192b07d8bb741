/** What a payload has to hold: this value at this path. */
export type BodyCondition = { path: string[]; value: string };

const MOST_STEPS = 12;
const MOST_VALUE = 256;

/** `order.id:123`: names separated by dots, then the value; null for anything else. */
export function readBody(text: string): BodyCondition | null {
  const colon = text.indexOf(":");
  const path = text.slice(0, Math.max(colon, 0)).split(".");
  const value = text.slice(colon + 1);
  if (colon < 1 || value === "" || value.length > MOST_VALUE || !text.isWellFormed() || text.includes("\0"))
    return null;
  return path.length > MOST_STEPS || path.includes("") ? null : { path, value };
}

/**
 * The condition as Postgres JSON paths, one of which has to match. Lax, so that a name also looks into each element of
 * a list; a number names a place in a list or a key; `123` is found as a number and as text, as is `true`.
 */
export function bodyPaths({ path, value }: BodyCondition): string[] {
  const literals = [JSON.stringify(value), ...(isLiteral(value) ? [value] : [])];
  const test = literals.map((literal) => `@ == ${literal}`).join(" || ");
  const byKey = path.map(key);
  const byPlace = path.map((name) => (/^\d{1,6}$/.test(name) ? `[${Number(name)}]` : key(name)));
  return [...new Set([byKey, byPlace].map((steps) => `lax $${steps.join("")} ? (${test})`))];
}

const key = (name: string) => `.${JSON.stringify(name)}`;

function isLiteral(value: string): boolean {
  return /^(true|false|null|-?(0|[1-9]\d{0,99})(\.\d{1,99})?)$/.test(value);
}
