import { ingestSql, renewIngestConnections } from "../db.ts";
import { type FoundKey, findKey } from "./authenticate.ts";

/** Short, because a refusal for another reason would otherwise still speak to a key that was revoked. */
const FRESH_MS = 1_000;
/** A look-up takes a millisecond. One that takes this long asks a connection that leads nowhere. */
const SILENCE_MS = 10_000;
const MAX_KEPT = 10_000;

const kept = new Map<string, { until: number; key: Promise<FoundKey | null> }>();

/**
 * The key behind a hash, as it was within the last second. For ingest alone, whose transaction looks at the key once
 * more. Calls at once share one look-up; a look-up that failed is not kept.
 */
export function findRecentKey(hash: Buffer): Promise<FoundKey | null> {
  const name = hash.toString("latin1");
  const known = kept.get(name);
  const now = performance.now();
  if (known && known.until > now) return known.key;
  if (kept.size >= MAX_KEPT) kept.clear();
  const key = findKey(hash, ingestSql());
  const silence = setTimeout(renewIngestConnections, SILENCE_MS);
  kept.set(name, { until: now + FRESH_MS, key });
  key
    .then(
      (found) => found === null && kept.delete(name),
      () => kept.delete(name),
    )
    .finally(() => clearTimeout(silence));
  return key;
}
