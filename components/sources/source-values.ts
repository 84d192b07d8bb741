import type { ProviderName } from "@/lib/providers/names.ts";
import type { Settings } from "@/lib/providers/settings.ts";
import type { ProviderField } from "@/lib/sources/provider-fields.ts";

/** A source as its form shows it; numbers as text, empty = none. */
export type SourceValues = {
  name: string;
  description: string;
  settings: Settings;
  allowCidrs: string;
  rateLimit: string;
  forwardHeaders: string;
  typePrefix: string;
  typeMap: [string, string][];
  customerAt: string;
  answerStatus: string;
  answerHeaders: [string, string][];
  answerBody: string;
  /** The outside id; empty = callers are answered at once. */
  syncEndpoint: string;
  syncSeconds: string;
  syncHeaders: string;
};

/** What the form knows of the source's provider. */
export type ProviderFacts = {
  name: ProviderName;
  label: string;
  /** What its secrets are called there; null = it has none. */
  secret: { label: string; hint: string } | null;
  /** Who makes the secret. */
  from: "theirs" | "ours" | "none";
  fields: readonly ProviderField[];
};

export type EndpointChoice = { id: string; name: string };
