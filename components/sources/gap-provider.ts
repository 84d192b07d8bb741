import type { ProviderName } from "@/lib/providers/names.ts";

type SubjectField = {
  name: "owner" | "hook" | "types";
  label: string;
  hint: string;
  placeholder: string;
  optional?: true;
};

/** What a page says of a provider that can be asked what it sent. */
export type GapProvider = {
  label: string;
  /** Why one would want it. */
  about: string;
  fields: SubjectField[];
  token: { label: string; hint: string };
  base: { usual: string; hint: string };
  /** What brings a missing call, as a verb, and what one and several of them are called. */
  recover: { verb: string; one: string; many: string };
};

const PROVIDERS: Partial<Record<ProviderName, GapProvider>> = {
  github: {
    label: "GitHub",
    about:
      "GitHub sends a delivery once and never again by itself. With a token, Posthorn asks it at intervals what it sent, lists what never arrived here, and has it delivered again. GitHub remembers deliveries for three days.",
    fields: [
      {
        name: "owner",
        label: "Repository or organization",
        hint: "As in its address. For an organization's webhook, the organization alone.",
        placeholder: "acme/shop",
      },
      {
        name: "hook",
        label: "Webhook number",
        hint: "The digits at the end of the webhook's own page: …/settings/hooks/",
        placeholder: "123456789",
      },
    ],
    token: {
      label: "Access token",
      hint: "A fine-grained token with Webhooks: read and write (for an organization, Organization webhooks). Write is what asking for redelivery needs.",
    },
    base: { usual: "https://api.github.com", hint: "For GitHub Enterprise Server: https://its-host/api/v3" },
    recover: { verb: "Ask for redelivery", one: "delivery", many: "deliveries" },
  },
  stripe: {
    label: "Stripe",
    about:
      "Stripe sends an event again for up to three days, then gives up. With a restricted key, Posthorn asks it at intervals which events there were, lists those that never arrived here, and imports them on request.",
    fields: [
      {
        name: "types",
        label: "Event types",
        hint: "Those its webhook on Stripe is for, separated by commas. Empty: every event of the account counts.",
        placeholder: "invoice.*, charge.refunded",
        optional: true,
      },
    ],
    token: { label: "Restricted key", hint: "rk_live_… or rk_test_… with Events: read, and nothing else." },
    base: { usual: "https://api.stripe.com", hint: "Only to ask a stand-in instead" },
    recover: { verb: "Import", one: "event", many: "events" },
  },
};

/** Null: the provider has no API that tells what it sent. */
export function gapProvider(name: ProviderName): GapProvider | null {
  return PROVIDERS[name] ?? null;
}

export const INTERVALS = [
  { minutes: 15, label: "every 15 minutes" },
  { minutes: 60, label: "every hour" },
  { minutes: 360, label: "every 6 hours" },
  { minutes: 1_440, label: "every day" },
];
