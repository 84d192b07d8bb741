import type { ProviderName } from "../providers/names.ts";
import { traitsOf } from "./provider-fields.ts";

/** What stands before the secret in the URL to paste, for providers that can show one in no other way; else null. */
export function urlBeforeSecret(provider: ProviderName, url: string): string | null {
  return traitsOf(provider).secretInUrl ? `${url}?secret=` : null;
}
