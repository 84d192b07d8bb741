import { type Fact, factsOf, leftText } from "./chat.ts";
import type { Answer, Judgement, OutgoingFormat } from "./outgoing.ts";
import { fromText, type ParsedEvent } from "./parsed-event.ts";

const LIMITS = { facts: 40, nameLength: 100, valueLength: 300 };
/** Teams takes 28 kB. */
const MAX_BYTES = 27_000;

/** An adaptive card for a Microsoft Teams workflow (or one of the older connectors, which take it too). */
export const teams: OutgoingFormat = {
  one: fromText("application/json", teamsText),
  judge,
  pace: { perSecond: 2, burst: 4 },
  secretUrl: true,
};

export function teamsText(event: ParsedEvent): string {
  const { facts, left } = factsOf(event, LIMITS);
  for (let shown = facts.length; ; shown--) {
    const text = cardText(event, facts.slice(0, shown), left + facts.length - shown);
    if (shown === 0 || new TextEncoder().encode(text).length <= MAX_BYTES) return text;
  }
}

function cardText({ id, type, timestamp, link }: ParsedEvent, facts: Fact[], left: number): string {
  const card = {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: "1.4",
    body: [
      { type: "TextBlock", text: type, weight: "Bolder", size: "Medium", wrap: true },
      ...(facts.length > 0 ? [{ type: "FactSet", facts: facts.map(factOf) }] : []),
      ...(left > 0 ? [{ type: "TextBlock", text: leftText(left), wrap: true }] : []),
      { type: "TextBlock", text: `${id} · ${timestamp}`, isSubtle: true, size: "Small", wrap: true },
    ],
    ...(link && { actions: [{ type: "Action.OpenUrl", title: "Open in Posthorn", url: link }] }),
  };
  const attachment = { contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content: card };
  return JSON.stringify({ type: "message", attachments: [attachment] });
}

/** A payload must not be able to put a link with a text of its own into the card. */
function factOf({ name, value }: Fact) {
  return { title: name.replaceAll("[", "\\["), value: value.replaceAll("[", "\\[") };
}

function judge({ statusCode, body }: Answer): Judgement | null {
  if (statusCode === 404)
    return { ok: false, detail: "Teams answered 404: the workflow or connector is gone", gone: true };
  const text = body.trim();
  // The older connectors say 200 whatever happens, `1` when all is well, and a sentence when not.
  if (statusCode !== 200 || text === "" || text === "1" || text.startsWith("{")) return null;
  return { ok: false, detail: `Teams answered 200, but says: ${text.slice(0, 200)}`, gone: false };
}
