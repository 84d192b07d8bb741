import { structuredPatch } from "diff";

/** Texts so large are not compared: nobody would read it. */
const MOST_CHARACTERS = 100_000;
const MOST_EDITS = 400;
const MOST_MS = 20;
const CONTEXT_LINES = 2;
const INDENT = 2;
const MOST_LINES = 60;
const MOST_LINE_LENGTH = 200;

export type DiffLine = { sign: "+" | "-" | " "; text: string };
/** `cut`: there is more that differs than is shown. */
export type Difference = { lines: DiffLine[]; cut: boolean };

/** What differs between two values, as lines of indented JSON with a little around them. */
export function differenceOf(before: unknown, after: unknown): Difference {
  if (JSON.stringify(before) === JSON.stringify(after)) return { lines: [], cut: false };
  // Before it is written: what stands deep in lists has many times its length when it is indented.
  if (indentation(before) + indentation(after) > MOST_CHARACTERS) return { lines: [], cut: true };
  return differenceOfTexts(textOf(before), textOf(after));
}

/** The same of two texts, such as payloads whose key order and digits count. */
export function differenceOfTexts(old: string, made: string): Difference {
  if (old === made) return { lines: [], cut: false };
  if (old.length + made.length > MOST_CHARACTERS) return { lines: [], cut: true };
  const patch = structuredPatch("", "", old, made, "", "", {
    context: CONTEXT_LINES,
    maxEditLength: MOST_EDITS,
    timeout: MOST_MS,
  });
  if (!patch) return { lines: [], cut: true };
  const lines = patch.hunks.flatMap(({ lines: hunk }, at) => [...(at > 0 ? [GAP] : []), ...hunk.flatMap(lineOf)]);
  return { lines: lines.slice(0, MOST_LINES), cut: lines.length > MOST_LINES };
}

const GAP: DiffLine = { sign: " ", text: "…" };

function lineOf(line: string): DiffLine[] {
  const [sign] = line;
  if (sign !== "+" && sign !== "-" && sign !== " ") return [];
  const text = line.slice(1);
  return [{ sign, text: text.length > MOST_LINE_LENGTH ? `${text.slice(0, MOST_LINE_LENGTH)}…` : text }];
}

function textOf(value: unknown): string {
  return `${JSON.stringify(value, null, INDENT)}\n`;
}

/** Characters that indenting a value takes; counting stops past the most that is compared. */
function indentation(value: unknown): number {
  let characters = 0;
  const stack = [{ value, depth: 0 }];
  for (let next = stack.pop(); next && characters <= MOST_CHARACTERS; next = stack.pop()) {
    const { depth } = next;
    characters += depth * INDENT;
    if (typeof next.value !== "object" || next.value === null) continue;
    for (const inner of Object.values(next.value)) stack.push({ value: inner, depth: depth + 1 });
  }
  return characters;
}
