import { setImmediate } from "node:timers/promises";
import { readableText } from "../bodies/readable.ts";
import { type Filter, parseFilter } from "../filters/filter.ts";
import { judgeOf } from "../filters/judge-event.ts";
import { formatId } from "../ids.ts";
import type { Owner } from "../transformations/pool.ts";
import { transformEvent } from "../transformations/transform-event.ts";
import { type Difference, differenceOf } from "./difference.ts";
import type { BackTestInput } from "./input.ts";
import { type RecentEvent, recentEvents } from "./recent-events.ts";

/** What the transformation would make of an event. `not_run`: others took too long before it. */
export type Trial = {
  result: "changed" | "unchanged" | "dropped" | "failed" | "not_run";
  problem: string | null;
  difference: Difference | null;
};

export type TriedEvent = {
  /** The event's outside id. */
  id: string;
  type: string;
  at: string;
  matches: boolean;
  /** Why the filter does not want it. */
  reason: string | null;
  /** Null without a transformation, and for what the filter does not want. */
  transformation: Trial | null;
};

/** Newest first. */
export type BackTestReport = { events: TriedEvent[]; matched: number };

/** Tries a filter and a transformation on the newest real events; nothing is stored or sent. */
export async function backTest(workspaceId: string, asked: BackTestInput): Promise<BackTestReport> {
  const filter = asked.filter === null ? null : compiled(asked.filter);
  const recent = await recentEvents(workspaceId, asked);
  const trying: Promise<TriedEvent>[] = [];
  for (const event of recent) {
    trying.push(tryOn(event, filter, asked.transformation, { workspaceId, part: "back-test" }));
    // A filter may take milliseconds for each: other calls are heard in between.
    await setImmediate();
  }
  const events = await Promise.all(trying);
  return { events, matched: events.filter(({ matches }) => matches).length };
}

function compiled(text: string): Filter {
  const parsed = parseFilter(text);
  // The schema has let it through.
  if (!parsed.ok) throw new Error(parsed.problems.join("; "));
  return parsed.filter;
}

async function tryOn(
  event: RecentEvent,
  filter: Filter | null,
  code: string | null,
  owner: Owner,
): Promise<TriedEvent> {
  const verdict = filter && judgeOf({ data: event.payload, contentType: event.contentType })(filter);
  const shown = { id: formatId("evt", event.id), type: event.type, at: event.occurredAt.toISOString() };
  if (verdict && !verdict.wanted) return { ...shown, matches: false, reason: verdict.reason, transformation: null };
  const transformation = code === null ? null : await tryCode(event, code, owner);
  return { ...shown, matches: true, reason: null, transformation };
}

async function tryCode(event: RecentEvent, code: string, owner: Owner): Promise<Trial> {
  const made = await transformEvent(owner, code, event);
  switch (made.result) {
    case "rewritten": {
      const difference = differenceOf(
        { type: event.type, data: JSON.parse(readableText(event.payload, event.contentType) ?? "null") },
        { type: made.type, data: JSON.parse(made.payload.toString("utf8")) },
      );
      const changed = difference.cut || difference.lines.length > 0;
      return { result: changed ? "changed" : "unchanged", problem: null, difference };
    }
    case "dropped":
      return { result: "dropped", problem: null, difference: null };
    case "failed":
      return { result: "failed", problem: made.problem, difference: null };
    case "busy":
      return { result: "not_run", problem: "The runs before it took too long", difference: null };
  }
}
