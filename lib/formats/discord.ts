import { factsOf, leftText } from "./chat.ts";
import type { Answer, Judgement, OutgoingFormat } from "./outgoing.ts";
import { fromText, type ParsedEvent } from "./parsed-event.ts";

/** An embed has at most 25 fields, and 6,000 characters over all; escaping may double what is cut here. */
const LIMITS = { facts: 20, nameLength: 30, valueLength: 105 };
const SHORT_VALUE_LENGTH = 40;
/** Discord's code for a webhook that was deleted. */
const UNKNOWN_WEBHOOK = 10015;

/** A message for a Discord webhook. */
export const discord: OutgoingFormat = {
  one: fromText("application/json", discordText),
  judge,
  pace: { perSecond: 0.5, burst: 5 },
  target: waitingUrl,
  secretUrl: true,
};

export function discordText(event: ParsedEvent): string {
  const { facts, left } = factsOf(event, LIMITS);
  return JSON.stringify({
    // Nothing in a payload may call anybody.
    allowed_mentions: { parse: [] },
    embeds: [
      {
        title: escaped(event.type),
        ...(event.link && { url: event.link }),
        timestamp: event.timestamp,
        ...(left > 0 && { description: leftText(left) }),
        fields: facts.map(({ name, value }) => ({
          name: escaped(name),
          value: escaped(value),
          inline: value.length <= SHORT_VALUE_LENGTH,
        })),
        footer: { text: event.id },
      },
    ],
  });
}

function escaped(text: string): string {
  return text.replace(/[\\*_~`|>[\]#]/g, "\\$&");
}

/** Without `wait`, Discord says 204 even when the message was not saved. */
function waitingUrl(url: URL): URL {
  const waiting = new URL(url);
  waiting.searchParams.set("wait", "true");
  return waiting;
}

function judge({ statusCode, body }: Answer): Judgement | null {
  if (statusCode < 400) return null;
  const { code, message } = answerOf(body);
  if (typeof message !== "string") return null;
  const detail = `Discord answered ${message.slice(0, 200)}${typeof code === "number" ? ` (${code})` : ""}`;
  return { ok: false, detail, gone: code === UNKNOWN_WEBHOOK };
}

function answerOf(body: string): { code?: unknown; message?: unknown } {
  try {
    const answer: unknown = JSON.parse(body);
    return typeof answer === "object" && answer !== null ? answer : {};
  } catch {
    // A proxy's page, or cut off: the status has to do.
    return {};
  }
}
