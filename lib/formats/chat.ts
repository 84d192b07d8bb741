import { isNested, type ParsedEvent, scalarText } from "./parsed-event.ts";

export type Fact = { name: string; value: string };
export type Limits = { facts: number; nameLength: number; valueLength: number };

/** The fields of the payload, cut to what a chat message can hold. `left`: how many more there are. */
export function factsOf({ data }: ParsedEvent, limits: Limits): { facts: Fact[]; left: number } {
  const entries: [string, unknown][] = isNested(data) && !Array.isArray(data) ? Object.entries(data) : [["data", data]];
  const facts = entries.slice(0, limits.facts).map(([name, value]) => ({
    name: cut(name, limits.nameLength) || "(no name)",
    value: cut(isNested(value) ? JSON.stringify(value) : scalarText(value), limits.valueLength) || "—",
  }));
  return { facts, left: entries.length - facts.length };
}

/** What stands under a message that does not show everything. */
export function leftText(left: number): string {
  return left === 1 ? "1 more field is in the event" : `${left} more fields are in the event`;
}

const MARK = "… (cut)";

/** At most so many characters; a visible mark stands for what was cut off. No NUL and no half of a character: chats refuse them. */
export function cut(given: string, length: number): string {
  const text = given.toWellFormed().replaceAll("\0", "\u2400");
  if (text.length <= length) return text;
  // A cut between the halves of a character would leave one that nobody can read.
  return `${text.slice(0, length - MARK.length).replace(/[\ud800-\udbff]$/, "")}${MARK}`;
}
