import { formatId } from "../ids.ts";
import type { ProviderName } from "../providers/names.ts";

/** Says to endpoints who sent what they get, and how that was proven; the provider's own signature stays with us. */
export const SOURCE_HEADER = "posthorn-source";

/**
 * How a call was proven. `secret`: by knowing one, which says nothing about the body; `api`: it was fetched from the
 * provider itself; `person`: somebody accepted it without a proof.
 */
export type Proven = "signature" | "token" | "secret" | "none" | "api" | "person";

const PROVEN: Partial<Record<ProviderName, Proven>> = {
  jwt: "token",
  mailchimp: "secret",
  papertrail: "secret",
  wordpress: "secret",
  zapier: "secret",
  basic: "secret",
  bearer: "secret",
  unsigned: "none",
};

export function provenBy(provider: ProviderName): Proven {
  return PROVEN[provider] ?? "signature";
}

type Vouched = { provider: ProviderName; sourceId: string; requestId: string; verified: Proven };

/** `stripe; id=src_…; request=req_…; verified=signature`. */
export function vouchedHeader({ provider, sourceId, requestId, verified }: Vouched): [string, string] {
  const parts = [
    provider,
    `id=${formatId("src", sourceId)}`,
    `request=${formatId("req", requestId)}`,
    `verified=${verified}`,
  ];
  return [SOURCE_HEADER, parts.join("; ")];
}

const WORDS: readonly string[] = ["signature", "token", "secret", "none", "api", "person"] satisfies Proven[];

/** How it was proven, by what travels on with an event; null when nothing says so. */
export function provenIn(forwarded: readonly [string, string][]): Proven | null {
  const said = forwarded.find(([name]) => name === SOURCE_HEADER)?.[1] ?? "";
  const word = /verified=(\w+)/.exec(said)?.[1] ?? "";
  return WORDS.includes(word) ? (word as Proven) : null;
}

/** What a person wrote is nobody's but theirs, whatever the first event's sender had proven. */
export function withoutProof(forwarded: [string, string][]): [string, string][] {
  return forwarded.map(([name, value]) => [
    name,
    name === SOURCE_HEADER ? value.replace(/verified=[^;]*$/, "verified=none; edited") : value,
  ]);
}
