import type { Call, Proof } from "./call.ts";
import type { Answer, Reading } from "./reading.ts";
import type { Settings } from "./settings.ts";

export type Method = "POST" | "PUT" | "PATCH" | "DELETE" | "GET";

/** Senders of one's own making use whichever method they like. */
export const ANY_METHOD: readonly Method[] = ["POST", "PUT", "PATCH", "DELETE"];

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
  /** The methods its events come with, when it is not POST alone. GET and HEAD are otherwise looks at the address. */
  methods?: readonly Method[];
  /** Part of the set-up and no event: answered at once. Asked of a proven call. */
  handshake?: (call: Call, secrets: readonly string[], settings: Settings) => Answer | null;
  /** The handshake is not signed like the rest: it is asked before the proof. */
  unsignedHandshake?: true;
  /** Why a proven call is not what this provider sends, in words; null = it is. Without it any body will do. */
  unreadable?: (call: Call) => string | null;
  /** Several events in one call, each with what it says; null = the call is one event. */
  split?: (call: Call) => { reading: Reading; body: Buffer }[] | null;
};
