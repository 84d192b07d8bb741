import type { Call, CallResult } from "./call.ts";
import { Exchange } from "./exchange.ts";
import type { Lines } from "./lines.ts";

/** Sends a call and tells how it ended; null when the endpoint had no free line for too long. */
export type Send = (call: Call) => Promise<CallResult | null>;

/** Longer than this, a delivery that waits for a line gives its place in the worker to others. */
const PATIENCE_MS = 300;

/** Sends over HTTP/1.1, without redirects, proxies or decompression. */
export function sendOver(lines: Lines): Send {
  return async (call) => {
    const mine = lines.of(call.target);
    const line = await mine.acquire(PATIENCE_MS);
    if (!line) return null;
    if (call.signal?.aborted) {
      mine.release(line);
      return null;
    }
    const { url } = call.target;
    const result = await new Promise<CallResult>((resolve) => {
      const exchange = new Exchange(call, line, resolve);
      const headers = call.headers.flat();
      try {
        line.client.dispatch(
          { method: call.target.method, path: url.pathname + url.search, headers, body: call.body },
          exchange,
        );
      } catch (error) {
        exchange.fail(error);
      }
    });
    mine.release(line);
    return result;
  };
}
