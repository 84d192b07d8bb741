import { checkUrl } from "../delivery/address-policy.ts";
import { askService } from "../delivery/ask-service.ts";
import type { Proof } from "../providers/call.ts";
import type { Settings, TokenSettings } from "../providers/settings.ts";

export type KeySet = NonNullable<TokenSettings["keys"]>;

/** Kept keys are asked for again behind the back of the calls that use them. */
const FRESH_MS = 5 * 60_000;
/** So often may a token that no kept key signed, or an address that does not answer, make us ask. */
const LEAST_INTERVAL_MS = 30_000;
/** A provider's key server that is away for longer than this proves nothing any more. */
const LONGEST_USE_MS = 24 * 3_600_000;
/** Providers wait for our answer: Slack, the most impatient, for 3 s. */
const TIMEOUT_MS = 2_000;
const MOST_BYTES = 65_536;
const MOST_KEYS = 100;
const MOST_ADDRESSES = 500;

type Kept = {
  keys: KeySet | null;
  /** Why the last attempt to fetch them failed. */
  problem: string | null;
  fetchedAt: number;
  askedAt: number;
  asking: Promise<void> | null;
};

/** By the address; the longest unused first. Keys are public: sources with the same address share them. */
const kept = new Map<string, Kept>();

/** The keys at a source's JWKS address; null when it has none, or when they cannot be had. */
export async function keysOf(settings: Settings, now = Date.now()): Promise<KeySet | null> {
  const url = settings.token?.keysUrl;
  return url ? ((await current(url, now)).keys ?? null) : null;
}

/**
 * Proves a call with the source's settings, its JWKS filled in. A token that none of the kept keys signed has them
 * fetched again, so that a provider may change its keys at any time.
 */
export async function proveWithKeys(
  settings: Settings,
  prove: (settings: Settings) => Proof | Promise<Proof>,
  now = Date.now(),
): Promise<Proof> {
  const { token } = settings;
  if (!token?.keysUrl) return prove(settings);
  const before = await current(token.keysUrl, now);
  const used = before.keys;
  const proof = await prove(withKeys(settings, token, used));
  if (proof.proven || !mayHaveChanged(proof)) return proof;
  if (used && now - before.askedAt >= LEAST_INTERVAL_MS) await ask(token.keysUrl, before, now);
  if (before.keys && before.keys !== used) return prove(withKeys(settings, token, before.keys));
  // Without keys nothing can be said of the token: the fault is not its own.
  return before.keys ? proof : { proven: false, fault: { code: "token", why: before.problem ?? NO_KEYS } };
}

const NO_KEYS = "the keys it is checked with could not be fetched";

function mayHaveChanged(proof: Proof): boolean {
  return !proof.proven && ["mismatch", "no_secret"].includes(proof.fault.code);
}

function withKeys(settings: Settings, token: TokenSettings, keys: KeySet | null): Settings {
  return keys ? { ...settings, token: { ...token, keys } } : settings;
}

/** Waits only when there is nothing to use. */
async function current(url: string, now: number): Promise<Kept> {
  const known = kept.get(url) ?? { keys: null, problem: null, fetchedAt: 0, askedAt: 0, asking: null };
  kept.delete(url);
  kept.set(url, known);
  const [oldest] = kept.keys();
  if (kept.size > MOST_ADDRESSES && oldest) kept.delete(oldest);
  if (known.keys && now - known.fetchedAt > LONGEST_USE_MS) known.keys = null;
  const mayAsk = now - known.askedAt >= LEAST_INTERVAL_MS;
  if (!known.keys) await (mayAsk ? ask(url, known, now) : known.asking);
  else if (mayAsk && now - known.fetchedAt > FRESH_MS) void ask(url, known, now);
  return known;
}

/** One question at a time for an address, however many calls want to know. */
function ask(url: string, known: Kept, now: number): Promise<void> {
  known.asking ??= fetchKeys(url)
    .then((answer) => {
      known.problem = "problem" in answer ? answer.problem : null;
      if ("problem" in answer) return;
      known.fetchedAt = now;
      // The same keys stay the same object: whoever looks whether they have changed compares it.
      if (JSON.stringify(known.keys) !== JSON.stringify(answer)) known.keys = answer;
    })
    .finally(() => {
      known.asking = null;
    });
  known.askedAt = now;
  return known.asking;
}

async function fetchKeys(address: string): Promise<KeySet | { problem: string }> {
  const checked = checkUrl(address);
  if (!checked.ok) return { problem: `${NO_KEYS}: ${checked.problem}` };
  const { url } = checked;
  const answer = await askService({
    url,
    headers: [["accept", "application/jwk-set+json, application/json"]],
    timeoutMs: TIMEOUT_MS,
    mostBytes: MOST_BYTES,
  });
  if (answer?.outcome !== "success") {
    const { statusCode = null, detail = null } = answer ?? {};
    const fact = statusCode === null ? (detail ?? "too many calls are under way") : `it answered ${statusCode}`;
    return { problem: `${NO_KEYS} from ${url.host}: ${fact}` };
  }
  const keys = answer.responseCut ? null : publicKeys(answer.responseBody);
  return keys ? { keys } : { problem: `${NO_KEYS} from ${url.host}: what it answered is no JWKS` };
}

/** Shared secrets and private keys have no place in a published set, and prove nothing here. */
function publicKeys(body: Buffer | null): Record<string, unknown>[] | null {
  try {
    const { keys } = JSON.parse(body?.toString() ?? "") as { keys?: unknown };
    if (!Array.isArray(keys) || keys.length > MOST_KEYS) return null;
    return keys.filter(
      (key) => typeof key === "object" && key !== null && typeof key.kty === "string" && key.kty !== "oct" && !key.d,
    );
  } catch {
    // Not JSON, or not an object: no JWKS, which is what the caller says.
    return null;
  }
}
