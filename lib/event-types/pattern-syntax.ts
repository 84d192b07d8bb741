/** A pattern we do not run, with the reason in words. */
export class PatternError extends Error {
  override name = "PatternError";
}

export type Node =
  | { kind: "char"; matches: (char: string) => boolean }
  | { kind: "assert"; holds: (before: string, after: string) => boolean }
  | { kind: "sequence"; parts: Node[] }
  | { kind: "choice"; options: Node[] }
  | { kind: "repeat"; body: Node; min: number; max: number };

const MAX_REPEAT = 1_000;
const MAX_GROUP_DEPTH = 50;
const QUANTIFIER = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/;
const CHARACTER_CLASS = /^\[\^?(?:\\.|[^\]\\])*\]/su;
const ESCAPE =
  /^\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[pP]\{[^}]*\}|.)/su;

type Cursor = { pattern: string; at: number; depth: number };

/**
 * Parses a regular expression of ECMAScript's "u" flavour. What one character may be is left to V8 (one character
 * cannot backtrack); the structure around it is ours.
 * @throws PatternError
 */
export function parsePattern(pattern: string): Node {
  try {
    new RegExp(pattern, "u");
  } catch (error) {
    // V8 names what is wrong with the pattern better than we could.
    throw new PatternError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const cursor = { pattern, at: 0, depth: 0 };
  return parseChoice(cursor);
}

function parseChoice(cursor: Cursor): Node {
  const options: Node[] = [];
  do {
    const parts: Node[] = [];
    while (cursor.at < cursor.pattern.length && !"|)".includes(peek(cursor))) parts.push(parseQuantified(cursor));
    options.push({ kind: "sequence", parts });
  } while (take(cursor, "|"));
  return { kind: "choice", options };
}

function parseQuantified(cursor: Cursor): Node {
  const body = parseAtom(cursor);
  const quantifier = QUANTIFIER.exec(cursor.pattern.slice(cursor.at))?.[0];
  if (!quantifier) return body;
  cursor.at += quantifier.length;
  const [min, max] = boundsOf(quantifier);
  if (min > MAX_REPEAT || (max > MAX_REPEAT && max !== Number.POSITIVE_INFINITY)) {
    throw new PatternError(`the pattern ${quoted(cursor.pattern)} repeats more than ${MAX_REPEAT} times`);
  }
  return { kind: "repeat", body, min, max };
}

function boundsOf(quantifier: string): [number, number] {
  if (quantifier.startsWith("*")) return [0, Number.POSITIVE_INFINITY];
  if (quantifier.startsWith("+")) return [1, Number.POSITIVE_INFINITY];
  if (quantifier.startsWith("?")) return [0, 1];
  const [, min = "0", comma, max] = /^\{(\d+)(,)?(\d*)/.exec(quantifier) ?? [];
  return [Number(min), comma ? (max ? Number(max) : Number.POSITIVE_INFINITY) : Number(min)];
}

function parseAtom(cursor: Cursor): Node {
  if (take(cursor, "(")) return parseGroup(cursor);
  if (take(cursor, "^")) return { kind: "assert", holds: (before) => before === "" };
  if (take(cursor, "$")) return { kind: "assert", holds: (_, after) => after === "" };
  if (take(cursor, "\\b")) return { kind: "assert", holds: (before, after) => isWord(before) !== isWord(after) };
  if (take(cursor, "\\B")) return { kind: "assert", holds: (before, after) => isWord(before) === isWord(after) };
  const rest = cursor.pattern.slice(cursor.at);
  if (/^\\(?:[1-9]|k)/.test(rest)) throw unsupported(cursor, "a back-reference");
  const atom = (CHARACTER_CLASS.exec(rest) ?? ESCAPE.exec(rest) ?? /^./su.exec(rest))?.[0] ?? "";
  cursor.at += atom.length;
  const one = new RegExp(`^${atom}$`, "u");
  return { kind: "char", matches: (char) => one.test(char) };
}

function parseGroup(cursor: Cursor): Node {
  if (/^\?(?:[=!]|<[=!])/.test(cursor.pattern.slice(cursor.at, cursor.at + 3)))
    throw unsupported(cursor, "look-around");
  const opening = /^\?(?::|<[^>]*>)/.exec(cursor.pattern.slice(cursor.at))?.[0];
  if (!opening && peek(cursor) === "?") throw unsupported(cursor, "a group with flags");
  if (++cursor.depth > MAX_GROUP_DEPTH) throw unsupported(cursor, `groups more than ${MAX_GROUP_DEPTH} deep`);
  cursor.at += opening?.length ?? 0;
  const body = parseChoice(cursor);
  take(cursor, ")");
  cursor.depth--;
  return body;
}

function unsupported({ pattern }: Cursor, what: string): PatternError {
  return new PatternError(
    `the pattern ${quoted(pattern)} uses ${what}, which cannot be checked in time proportional to the value`,
  );
}

function peek({ pattern, at }: Cursor): string {
  return pattern[at] ?? "";
}

function take(cursor: Cursor, text: string): boolean {
  if (!cursor.pattern.startsWith(text, cursor.at)) return false;
  cursor.at += text.length;
  return true;
}

function isWord(char: string): boolean {
  return /^\w$/.test(char);
}

export function quoted(pattern: string): string {
  return `"${pattern.length > 60 ? `${pattern.slice(0, 60)}…` : pattern}"`;
}
