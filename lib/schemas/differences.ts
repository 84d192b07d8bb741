import { type Delta, diff } from "jsondiffpatch";

/** One place where two JSON texts differ: its path in words, and what stood and stands there. */
export type Difference = {
  kind: "added" | "removed" | "changed";
  path: string;
  before: string | null;
  after: string | null;
};
export type Differences = { list: Difference[]; more: number };

const MOST = 100;
/** Of a value so much is shown. */
const SHOWN_LENGTH = 300;
/** Lists are compared each element with each; longer ones as a whole. */
const LONGEST_LIST = 300;
/** So many elements are compared with each other in all of a text's lists; what is beyond is compared as a whole. */
const MOST_PAIRS = 200_000;

/** How two JSON texts differ, place by place, whatever the order of their keys; null stands for a text that is not there. */
export function differencesOf(before: string | null, after: string | null): Differences {
  if (before === null || after === null) {
    if (before === after) return { list: [], more: 0 };
    const kind = before === null ? "added" : "removed";
    return { list: [{ kind, path: "", before: cut(before), after: cut(after) }], more: 0 };
  }
  if (before === after) return { list: [], more: 0 };
  const [old, made] = [before, after].map((text) => bounded(JSON.parse(text), { pairs: MOST_PAIRS }));
  const found = walk("", diff(old, made));
  return { list: found.slice(0, MOST), more: Math.max(found.length - MOST, 0) };
}

function walk(path: string, delta: Delta): Difference[] {
  if (delta === undefined) return [];
  if (Array.isArray(delta)) return leaf(path, delta);
  const inList = (delta as { _t?: string })._t === "a";
  return Object.entries(delta).flatMap(([key, inner]) => {
    if (inList && key === "_t") return [];
    // A list's removed and moved elements carry their old place behind an underscore.
    const name = inList && key.startsWith("_") ? key.slice(1) : key;
    return walk(inList ? `${path}[${name}]` : joined(path, key), inner as Delta);
  });
}

const joined = (path: string, key: string) => (path ? `${path}.${key}` : key);

function leaf(path: string, delta: unknown[]): Difference[] {
  if (delta.length === 1) return [{ kind: "added", path, before: null, after: shown(delta[0]) }];
  if (delta.length === 2) return [{ kind: "changed", path, before: shown(delta[0]), after: shown(delta[1]) }];
  // [value, 0, 0] is gone; [, place, 3] stands elsewhere in its list, which changes nothing in a schema.
  return delta[2] === 0 ? [{ kind: "removed", path, before: shown(delta[0]), after: null }] : [];
}

function shown(value: unknown): string | null {
  return cut(JSON.stringify(value) ?? null);
}

function cut(text: string | null): string | null {
  return text !== null && text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…`.toWellFormed() : text;
}

function bounded(value: unknown, left: { pairs: number }): unknown {
  if (Array.isArray(value)) {
    left.pairs -= value.length ** 2;
    if (value.length > LONGEST_LIST || left.pairs < 0) return JSON.stringify(value);
    return value.map((inner) => bounded(inner, left));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, bounded(inner, left)]));
}
