import type { ProviderName } from "../providers/names.ts";
import type { Ask } from "./ask-api.ts";
import { github } from "./github.ts";
import { stripe } from "./stripe.ts";

/** What the provider's API is asked about, as a person entered it. */
export type Subject = Record<string, string>;

/** One call that the provider says it made, or tried to make. */
export type SentCall = {
  externalId: string;
  type: string | null;
  sentAt: Date;
  /** What the API calls it by, when that is another id. */
  reference: string | null;
};

/** Newest first. `next` asks for the page behind it; null = there is none, or it is older than was asked for. */
export type SentPage = { sent: SentCall[]; next: string | null };

/** How a call that never arrived comes after all. */
export type Recovery =
  | { how: "redeliver"; ask: (ask: Ask, subject: Subject, reference: string) => Promise<void> }
  | { how: "import"; fetch: (ask: Ask, externalId: string) => Promise<Imported> };

/** What the API gave, as bytes, and under which path. */
export type Imported = { path: string; body: Buffer };

/** A provider that can be asked what it sent. */
export type ProviderApi = {
  /** Where its API is, unless the provider runs on a server of the customer's own. */
  base: string;
  headers: [string, string][];
  list: (ask: Ask, subject: Subject, since: Date, cursor: string | null) => Promise<SentPage>;
  recovery: Recovery;
};

const APIS: Partial<Record<ProviderName, ProviderApi>> = { github, stripe };

/** Null: the provider has no API that tells what it sent. */
export function apiOf(provider: ProviderName): ProviderApi | null {
  return APIS[provider] ?? null;
}
