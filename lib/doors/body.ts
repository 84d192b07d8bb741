import type { IncomingMessage } from "node:http";
import { type Refusal, refusal } from "../api/problem.ts";
import { holdBytes, releaseBytes } from "../ingest/waiting-budget.ts";

export type Body = { ok: true; bytes: Buffer; release: () => void } | { ok: false; refusal: Refusal | null };

const OVERLOADED = refusal("overloaded", "Too many calls wait at the moment: post the event again in a second");

/**
 * Reads a request's body up to a bound, and no further: what is longer is refused before the rest is read, whether its
 * length was announced or not. The bytes count against the process's budget until they are released.
 * `goOn` tells a caller that waits for it to send. `refusal: null` = the caller hung up.
 */
export function readBody(request: IncomingMessage, maxBytes: number, goOn: () => void): Promise<Body> {
  const tooLarge = refusal("too_large", `The body may have at most ${maxBytes / 1_024 / 1_024} MiB`);
  const announced = Number(request.headers["content-length"] ?? 0);
  if (announced > maxBytes) return Promise.resolve({ ok: false, refusal: tooLarge });
  goOn();
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let done = false;
    const release = () => releaseBytes(bytes);
    const end = (body: Body) => {
      if (done) return;
      done = true;
      if (!body.ok) release();
      resolve(body);
    };
    request.on("data", (chunk: Buffer) => {
      if (done) return;
      if (bytes + chunk.length > maxBytes) return end({ ok: false, refusal: tooLarge });
      if (!holdBytes(chunk.length)) return end({ ok: false, refusal: OVERLOADED });
      bytes += chunk.length;
      chunks.push(chunk);
    });
    request.on("end", () =>
      end({ ok: true, bytes: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks), release }),
    );
    request.on("error", () => end({ ok: false, refusal: null }));
    request.on("close", () => end({ ok: false, refusal: null }));
  });
}
