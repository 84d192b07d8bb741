import { renewIngestConnections } from "../db.ts";
import { type OpenSource, openSourcesByToken } from "./open-source.ts";
import { TOKEN } from "./token.ts";

/** Only what is not looked at again before it is answered, such as a rate limit, can be this old. */
const FRESH_MS = 5_000;
const MAX_KEPT = 10_000;
/** Tokens that one query asks for. */
const MAX_ASKED = 1_000;
/** A look-up takes a millisecond. One that takes this long asks a connection that leads nowhere. */
const SILENCE_MS = 10_000;

type Waiting = { resolve: (source: OpenSource | null) => void; reject: (error: unknown) => void };

const kept = new Map<string, { until: number; source: OpenSource }>();
let asked = new Map<string, Waiting[]>();
let asking = false;

/**
 * The source behind a token, null when there is none. Active ones may be some seconds old: whoever stores what came of
 * it has its version checked in the same transaction. Others are looked up each time.
 */
export async function findSource(token: string): Promise<OpenSource | null> {
  if (!TOKEN.test(token)) return null;
  const known = kept.get(token);
  return known && known.until > Date.now() ? known.source : freshSource(token);
}

/**
 * The source as it is now. One query at a time asks for all tokens that are waited for, so that calls with made-up
 * tokens cost a share of a query each, however many there are.
 */
export function freshSource(token: string): Promise<OpenSource | null> {
  return new Promise((resolve, reject) => {
    const waiting = asked.get(token);
    if (waiting) waiting.push({ resolve, reject });
    else asked.set(token, [{ resolve, reject }]);
    askNext();
  });
}

async function askNext(): Promise<void> {
  if (asking || asked.size === 0) return;
  asking = true;
  const now = takeAsked();
  const silence = setTimeout(renewIngestConnections, SILENCE_MS);
  try {
    const found = new Map((await openSourcesByToken([...now.keys()])).map((source) => [source.token, source]));
    for (const [token, waiting] of now) {
      const source = found.get(token) ?? null;
      keep(token, source);
      for (const { resolve } of waiting) resolve(source);
    }
  } catch (error) {
    for (const waiting of now.values()) for (const { reject } of waiting) reject(error);
  }
  clearTimeout(silence);
  asking = false;
  askNext();
}

function takeAsked(): Map<string, Waiting[]> {
  const entries = [...asked];
  asked = new Map(entries.slice(MAX_ASKED));
  return new Map(entries.slice(0, MAX_ASKED));
}

function keep(token: string, source: OpenSource | null): void {
  if (source?.status !== "active") {
    kept.delete(token);
    return;
  }
  if (kept.size >= MAX_KEPT) kept.clear();
  const until = Math.min(Date.now() + FRESH_MS, source.secretsUntil?.getTime() ?? Number.POSITIVE_INFINITY);
  kept.set(token, { until, source });
}
