import type { Format } from "@/lib/endpoints/states.ts";

/** What each format is called, and what it sends. */
export const FORMAT_WORDS = {
  envelope: { label: "Envelope", hint: "JSON with type, timestamp and data." },
  raw: { label: "Raw payload", hint: "Your payload, byte for byte." },
  cloudevents: { label: "CloudEvents 1.0", hint: "Structured JSON with the payload as data." },
  form: { label: "Form fields", hint: "As an HTML form sends them; nested ones in brackets." },
  xml: { label: "XML", hint: "An element per field." },
  slack: {
    label: "Slack message",
    hint: "For an incoming webhook of Slack. Up to 10 fields of the payload, one a second.",
  },
  discord: {
    label: "Discord message",
    hint: "For a webhook of Discord. Up to 20 fields of the payload, one every 2 s.",
  },
  teams: {
    label: "Microsoft Teams card",
    hint: "For a workflow or connector of Teams. Up to 40 fields of the payload, 2 a second.",
  },
} satisfies Record<Format, { label: string; hint: string }>;
