import type { ProviderName } from "./names.ts";
import { providerOf } from "./registry.ts";
import { SAMPLES } from "./sample-calls.ts";
import type { Settings } from "./settings.ts";

/** A realistic call of a provider, signed as the provider signs. */
export type SampleCall = { method: "POST"; url: string; headers: Record<string, string>; body: Buffer };

export type Asked = {
  /** The source's URL as it was pasted at the provider. */
  url: string;
  settings: Settings;
  /** Tells this call from every other: letters and digits. */
  id: string;
  at: Date;
};

/** Makes the call with a secret, or null when one of this kind can only verify, such as a public key. */
export type Sample = (asked: Asked, secret: string) => SampleCall | null | Promise<SampleCall | null>;

/** `no_secret`: there is none to sign with. `verify_only`: there are only such as verify and cannot sign. */
export type Sampled = { made: true; call: SampleCall } | { made: false; why: "no_secret" | "verify_only" };

/** A call that the source will believe, signed with the newest of its secrets that can sign. */
export async function sampleCall(name: ProviderName, secrets: readonly string[], asked: Asked): Promise<Sampled> {
  const candidates = providerOf(name).secret === null ? [""] : secrets;
  for (const secret of candidates) {
    const call = await SAMPLES[name](asked, secret);
    if (call) return { made: true, call };
  }
  const hasKeys = asked.settings.token?.keys ?? asked.settings.token?.keysUrl;
  return { made: false, why: candidates.length === 0 && !hasKeys ? "no_secret" : "verify_only" };
}
