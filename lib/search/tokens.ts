/** A word of a search; with a field, `field:value`. */
export type Token = { field: string | null; value: string };

/** Where a token stands in its text. */
type Place = { start: number; end: number };

const FIELD = /^([a-z][\w.-]*):(?!\/\/)/i;

/**
 * Splits a search into its words and `field:value` pairs. Quotes hold a value with spaces together, in them `\"` and
 * `\\` stand for themselves; a quote that is never closed runs to the end. The colon of a URL makes no field.
 */
export function readTokens(text: string): (Token & Place)[] {
  const tokens: (Token & Place)[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const field = FIELD.exec(text.slice(at))?.[1] ?? null;
    const { value, end } = readValue(text, field === null ? at : at + field.length + 1);
    tokens.push({ field: field?.toLowerCase() ?? null, value, start: at, end });
    at = skipSpace(text, end);
  }
  return tokens;
}

/** A token as it is typed, so that reading it gives the same token again. */
export function writeToken({ field, value }: Token): string {
  const plain = value !== "" && !/[\s"]/.test(value) && (field === null ? !FIELD.test(value) : !value.startsWith("//"));
  return `${field === null ? "" : `${field}:`}${plain ? value : quoted(value)}`;
}

/** The token that the cursor stands in or behind; an empty one between words. */
export function tokenAt(text: string, cursor: number): Token & Place {
  const touched = readTokens(text).find(({ start, end }) => start < cursor && cursor <= end);
  return touched ?? { field: null, value: "", start: cursor, end: cursor };
}

function readValue(text: string, start: number): { value: string; end: number } {
  if (text[start] !== '"') {
    const length = text.slice(start).search(/\s/);
    const end = length < 0 ? text.length : start + length;
    return { value: text.slice(start, end), end };
  }
  let value = "";
  let at = start + 1;
  for (; at < text.length && text[at] !== '"'; at++) {
    if (text[at] === "\\" && /["\\]/.test(text[at + 1] ?? "")) at++;
    value += text[at];
  }
  return { value, end: Math.min(at + 1, text.length) };
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] ?? "")) at++;
  return at;
}
