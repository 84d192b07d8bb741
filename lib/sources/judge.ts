import { isJson } from "../formats/content-type.ts";
import { parseJsonBytes } from "../ingest/posted-event.ts";
import type { Call } from "../providers/call.ts";
import type { Provider } from "../providers/provider.ts";
import type { Answer, Reading } from "../providers/reading.ts";
import { providerOf } from "../providers/registry.ts";
import { isFrom } from "./addresses.ts";
import { proveWithKeys } from "./jwks.ts";
import type { OpenSource } from "./open-source.ts";
import type { RequestFault, Verdict } from "./states.ts";
import type { Proven } from "./vouched.ts";

/** One event of a call: the whole of it, or one of those that the provider sends together. */
export type Part = { reading: Reading; body: Buffer; contentType: string };

export type Judgement = {
  verdict: Verdict;
  fault: RequestFault | null;
  /** What the call says of itself, proven or not; null when it is no event. */
  reading: Reading | null;
  /** What a handshake is answered with. */
  answer: Answer | null;
  /** How it is believed, where that is not in the provider's way. */
  proven?: Proven;
  /** The events in it; none unless it is accepted. */
  parts: Part[];
};

/** What a provider sends together at most. */
export const MAX_PARTS = 1_000;
/** Nothing downstream tries to read it. */
const BYTES = "application/octet-stream";
const CONTENT_TYPE = /^[\x21-\x7e][\x20-\x7e]{0,254}$/;

/**
 * Whether a call is believed, and what it is. Nothing is stored: the same call is judged the same
 * later on, by the secrets and ranges the source has then.
 * @param address where it came from; undefined = that is not asked
 */
export async function judge(source: OpenSource, call: Call, address?: string | null): Promise<Judgement> {
  const provider = providerOf(source.provider);
  if (address !== undefined && !isFrom(address, source.allowCidrs)) {
    return refused({ code: "address" }, readingOf(provider, source, call));
  }
  if (isLook(provider, call.method)) return handshake({ status: 200 });
  const { secrets, settings } = source;
  const proof = await proveWithKeys(settings, (known) => provider.prove(call, secrets, known));
  const answer =
    proof.proven || provider.unsignedHandshake ? (provider.handshake?.(call, secrets, settings) ?? null) : null;
  if (answer) return handshake(answer);
  const reading = readingOf(provider, source, call);
  return proof.proven ? proven(provider, call, reading) : refused(proof.fault, reading);
}

/** A call that is believed whatever it proves, because we fetched it ourselves or a person answers for it. */
export function believe(source: OpenSource, call: Call): Judgement {
  const provider = providerOf(source.provider);
  return proven(provider, call, readingOf(provider, source, call));
}

/** The same for a call that must become an event, come what may: what cannot be read is one, as the bytes that came. */
export function believeWhole(source: OpenSource, call: Call): Judgement {
  const believed = believe(source, call);
  if (believed.verdict === "accepted") return believed;
  const reading = readingOf(providerOf(source.provider), source, call);
  const parts = [{ reading, body: call.body, contentType: contentTypeOf(call) }];
  return { verdict: "accepted", fault: null, reading, answer: null, parts };
}

/** Whether a method only looks whether somebody is there: it makes no event and proves nothing. */
export function isLook(provider: Provider, method: string): boolean {
  return method === "HEAD" || (method === "GET" && !provider.methods?.includes("GET"));
}

function readingOf(provider: Provider, { settings }: OpenSource, call: Call): Reading {
  return provider.read(call, settings);
}

function proven(provider: Provider, call: Call, reading: Reading): Judgement {
  const why = provider.unreadable?.(call) ?? null;
  if (why !== null) return unparsable(why, reading);
  const several = provider.split?.(call) ?? null;
  if (several && several.length > MAX_PARTS) return unparsable(`It holds more than ${MAX_PARTS} events`, reading);
  const parts = several
    ? several.map((one) => ({ ...one, contentType: "application/json" }))
    : [{ reading, body: call.body, contentType: contentTypeOf(call) }];
  return { verdict: "accepted", fault: null, reading, answer: null, parts };
}

/** As the call says. What says it is JSON and is not, or is compressed, are bytes: they travel as they came. */
function contentTypeOf({ headers, body }: Call): string {
  const given = headers.get("content-type");
  const encoding = headers.get("content-encoding")?.toLowerCase() ?? "identity";
  if (encoding !== "identity" || body.length === 0) return BYTES;
  const type = given ?? (parseJsonBytes(body).ok ? "application/json" : BYTES);
  if (!CONTENT_TYPE.test(type)) return BYTES;
  return isJson(type) && !parseJsonBytes(body).ok ? BYTES : type;
}

function handshake(answer: Answer): Judgement {
  return { verdict: "handshake", fault: null, reading: null, answer, parts: [] };
}

function refused(fault: RequestFault, reading: Reading): Judgement {
  return { verdict: "refused", fault, reading, answer: null, parts: [] };
}

function unparsable(why: string, reading: Reading): Judgement {
  return { verdict: "unparsable", fault: { code: "unparsable", why }, reading, answer: null, parts: [] };
}
