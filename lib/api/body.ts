import { parseJson } from "../event-types/json-text.ts";
import { type Refusal, refusal } from "./problem.ts";

/** Enough for an event type's schema and example together. */
export const MAX_BODY_BYTES = 512 * 1024;
const MAX_DEPTH = 512;

export type ReadBody = { ok: true; value: unknown } | { ok: false; refusal: Refusal };

/** A call's JSON body, bounded while it is read. No body at all is an empty object. */
export async function readJsonBody(request: Request): Promise<ReadBody> {
  const bytes = await readBounded(request);
  if (!bytes) return refused("too_large", `A body may have at most ${MAX_BODY_BYTES / 1024} KiB`);
  if (bytes.length === 0) return { ok: true, value: {} };
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/(?:json|[\w.+-]+\+json)(?:;|$)/i.test(type.trim())) {
    return refused("unsupported_media_type", "Send the body with content-type: application/json");
  }
  const text = utf8(bytes);
  if (text === null) return refused("invalid_json", "The body is not UTF-8");
  const parsed = parseJson(text, MAX_DEPTH);
  return parsed.ok ? parsed : refused("invalid_json", parsed.problem);
}

async function readBounded(request: Request): Promise<Buffer | null> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) return null;
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop cancels the stream, so that the rest is never buffered.
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // The only thing a fatal decoder throws for.
    return null;
  }
}

function refused(code: Refusal["code"], detail: string): ReadBody {
  return { ok: false, refusal: refusal(code, detail) };
}
