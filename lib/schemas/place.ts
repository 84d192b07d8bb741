/** Where something stands in a text; both count from 1. */
export type Place = { line: number; column: number };

/** Each step reads what is left of the text: what lies deeper is told by where this many lead. */
const MOST_STEPS = 64;

/** Where the value that a JSON pointer means begins, in a text that is JSON; what it does not find, at its parent. */
export function placeOf(text: string, pointer: string): Place {
  const names = pointer
    .split("/")
    .slice(1, MOST_STEPS + 1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
  let at = afterSpace(text, 0);
  for (const name of names) {
    const inner = text[at] === "{" ? memberOf(text, at, name) : text[at] === "[" ? elementOf(text, at, name) : null;
    if (inner === null) break;
    at = inner;
  }
  return placeAt(text, at);
}

/** `line 3` of what a parser says about a text that is not JSON; null where its words name no place. */
export function placeInMessage(text: string, message: string): Place | null {
  const said = /line (\d+) column (\d+)/.exec(message);
  if (said) return { line: Number(said[1]), column: Number(said[2]) };
  const position = /at position (\d+)/.exec(message);
  if (position) return placeAt(text, Number(position[1]));
  return /end of JSON input/i.test(message) ? placeAt(text, text.trimEnd().length) : null;
}

function placeAt(text: string, at: number): Place {
  const before = text.slice(0, at);
  return { line: before.split("\n").length, column: at - before.lastIndexOf("\n") };
}

/** The last one of its name, which is the one that counts. */
function memberOf(text: string, open: number, name: string): number | null {
  let found: number | null = null;
  for (let at = afterSpace(text, open + 1); text[at] === '"'; ) {
    const end = afterValue(text, at);
    const value = afterSpace(text, afterSpace(text, end) + 1);
    if (JSON.parse(text.slice(at, end)) === name) found = value;
    const next = afterSpace(text, afterValue(text, value));
    if (text[next] !== ",") break;
    at = afterSpace(text, next + 1);
  }
  return found;
}

function elementOf(text: string, open: number, name: string): number | null {
  const wanted = Number(name);
  let at = afterSpace(text, open + 1);
  for (let index = 0; at < text.length && text[at] !== "]"; index++) {
    if (index === wanted) return at;
    const next = afterSpace(text, afterValue(text, at));
    if (text[next] !== ",") return null;
    at = afterSpace(text, next + 1);
  }
  return null;
}

const SPACE = new Set([" ", "\n", "\r", "\t"]);
const ENDS = new Set([",", "]", "}", ...SPACE]);

function afterSpace(text: string, from: number): number {
  let at = from;
  while (SPACE.has(text[at] ?? "")) at++;
  return at;
}

function afterValue(text: string, from: number): number {
  let at = from;
  if (text[at] === '"') return afterString(text, at);
  if (text[at] !== "{" && text[at] !== "[") {
    while (at < text.length && !ENDS.has(text[at] ?? "")) at++;
    return at;
  }
  for (let depth = 0; at < text.length; ) {
    const char = text[at];
    if (char === '"') {
      at = afterString(text, at);
      continue;
    }
    if (char === "{" || char === "[") depth++;
    at++;
    if ((char === "}" || char === "]") && --depth === 0) break;
  }
  return at;
}

function afterString(text: string, open: number): number {
  let at = open + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}
