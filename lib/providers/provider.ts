import type { Call, Proof } from "./call.ts";
import type { Answer, Reading } from "./reading.ts";
import type { Settings } from "./settings.ts";

/** What a secret is called on the provider's own pages. */
export type SecretWords = { label: string; hint: string };

/** One service that posts webhooks: how its calls are believed, and what they say. Pure: no clock, no network. */
export type Provider = {
  label: string;
  /** Null: it signs nothing and needs nothing. */
  secret: SecretWords | null;
  /** @param secrets the active ones, newest first */
  prove: (call: Call, secrets: readonly string[], settings: Settings) => Proof | Promise<Proof>;
  read: (call: Call, settings: Settings) => Reading;
  /** Part of the set-up and no event: answered at once. Asked before the proof only where the provider does not sign it. */
  handshake?: (call: Call, secrets: readonly string[], settings: Settings) => Answer | null;
  /** Several events in one call, each with what it says; null = the call is one event. */
  split?: (call: Call) => { reading: Reading; body: Buffer }[] | null;
};
