import type { ProviderName } from "../providers/names.ts";
import { providerOf } from "../providers/registry.ts";
import { decryptSecret, type SecretPlace } from "../secrets/cipher.ts";
import { type Ask, askApi } from "./ask-api.ts";
import { apiOf, type ProviderApi, type Subject } from "./provider-api.ts";

/** Where the token of a source's check is stored: it is bound to its row. */
export function tokenPlace(sourceId: string): SecretPlace {
  return { table: "gap_check", column: "token", id: sourceId };
}

export type StoredCheck = { sourceId: string; provider: ProviderName; token: Buffer; subject: Subject };

/** The API that a check asks, with its token. Null: its provider has none. */
export function openCheck(
  { sourceId, provider, token, subject }: StoredCheck,
  signal?: AbortSignal,
): { api: ProviderApi; ask: Ask; label: string; base: string } | null {
  const api = apiOf(provider);
  if (!api) return null;
  const { label } = providerOf(provider);
  const base = subject.base || api.base;
  const secret = decryptSecret(token, tokenPlace(sourceId));
  const ask = askApi({ label, base, token: secret, headers: api.headers, ...(signal && { signal }) });
  return { api, ask, label, base };
}
