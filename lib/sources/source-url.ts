import type { ProviderName } from "../providers/names.ts";
import { sourceUrl } from "./open-source.ts";
import { traitsOf } from "./provider-fields.ts";

/** What stands before the secret in the URL to paste, for providers that can show one in no other way; else null. */
export function urlBeforeSecret(provider: ProviderName, token: string): string | null {
  return traitsOf(provider).secretInUrl ? `${sourceUrl(token)}?secret=` : null;
}
