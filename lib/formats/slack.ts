import { cut, factsOf, leftText } from "./chat.ts";
import type { Answer, Judgement, OutgoingFormat } from "./outgoing.ts";
import { fromText, type ParsedEvent } from "./parsed-event.ts";

/** Of a section. Escaping makes `&` five characters, and a field may have 2,000. */
const LIMITS = { facts: 10, nameLength: 80, valueLength: 300 };
const MAX_FALLBACK_LENGTH = 300;
/** The webhook itself is gone, not just its message refused. */
const GONE = new Set(["no_service", "no_service_id", "no_team", "channel_not_found", "channel_is_archived"]);

/** A message for a Slack incoming webhook. */
export const slack: OutgoingFormat = {
  one: fromText("application/json", slackText),
  judge,
  pace: { perSecond: 1, burst: 3 },
  secretUrl: true,
};

export function slackText(event: ParsedEvent): string {
  const { facts, left } = factsOf(event, LIMITS);
  const summary = [event.type, ...facts.map(({ name, value }) => `${name} ${value}`)].join(" · ");
  const fields = facts.map(({ name, value }) => mrkdwn(`*${escaped(name)}*\n${escaped(value)}`));
  const notes = [
    ...(event.link ? [`<${escaped(event.link)}|Open in Posthorn>`] : []),
    ...(left > 0 ? [leftText(left)] : []),
    `${event.id} · ${event.timestamp}`,
  ];
  return JSON.stringify({
    // Notifications and clients that know no blocks show this.
    text: escaped(cut(summary, MAX_FALLBACK_LENGTH)),
    blocks: [
      { type: "header", text: { type: "plain_text", text: event.type, emoji: false } },
      ...(fields.length > 0 ? [{ type: "section", fields }] : []),
      { type: "context", elements: notes.map(mrkdwn) },
    ],
  });
}

function mrkdwn(text: string) {
  return { type: "mrkdwn", text };
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Otherwise `<!channel>` in somebody's name would call everybody. */
function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);
}

function judge({ statusCode, body }: Answer): Judgement | null {
  const word = body.trim();
  if (statusCode < 400 || !/^[a-z_]{1,60}$/.test(word)) return null;
  return { ok: false, detail: `Slack answered ${word}`, gone: GONE.has(word) };
}
