import { discordText } from "@/lib/formats/discord.ts";
import { formText } from "@/lib/formats/form.ts";
import { FORMATS, type Format } from "@/lib/formats/names.ts";
import { type ParsedEvent, parseExactly } from "@/lib/formats/parsed-event.ts";
import { slackText } from "@/lib/formats/slack.ts";
import { teamsText } from "@/lib/formats/teams.ts";
import { xmlText } from "@/lib/formats/xml.ts";

export type PreviewEvent = { type: string; example: string; timestamp: string; source: string };

const JSON_TYPE = "application/json";
const EVENT_ID = "evt_01m4xk0000000000000000000";

/** The body as a format would write it, spread out to be read. */
export function previewBody(name: string, event: PreviewEvent): { contentType: string; text: string } {
  const format = FORMATS.find((one) => one === name) ?? "envelope";
  const { type, timestamp, source } = event;
  const data = parsed(event.example);
  return PREVIEWS[format]({ id: EVENT_ID, type, timestamp, data, link: `${source}/events/${EVENT_ID}` }, source);
}

type Preview = (event: ParsedEvent, source: string) => { contentType: string; text: string };

const PREVIEWS: Record<Format, Preview> = {
  envelope: ({ type, timestamp, data }) => ({ contentType: JSON_TYPE, text: spread({ type, timestamp, data }) }),
  raw: ({ data }) => ({ contentType: JSON_TYPE, text: spread(data) }),
  cloudevents: ({ id, type, timestamp: time, data }, source) => ({
    contentType: "application/cloudevents+json",
    text: spread({ specversion: "1.0", id, source, type, time, datacontenttype: JSON_TYPE, data }),
  }),
  form: (event) => ({
    contentType: "application/x-www-form-urlencoded",
    text: decodeURIComponent(formText(event).replaceAll("&", "\n&").replaceAll("+", " ")),
  }),
  xml: (event) => ({ contentType: "application/xml", text: xmlText(event).replaceAll("><", ">\n<") }),
  slack: (event) => message(slackText(event)),
  discord: (event) => message(discordText(event)),
  teams: (event) => message(teamsText(event)),
};

function message(text: string) {
  return { contentType: JSON_TYPE, text: spread(JSON.parse(text)) };
}

function spread(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

function parsed(example: string): unknown {
  try {
    return parseExactly(example);
  } catch {
    // An example is checked when it is saved; one that cannot be shown must not take the form with it.
    return {};
  }
}
