import { USER_AGENT } from "../version.ts";
import { currentAddressPolicy } from "./address-policy.ts";
import type { CallResult, Headers } from "./call.ts";
import { sharedLookup } from "./connect.ts";
import { Lines } from "./lines.ts";
import { sendOver } from "./send.ts";

export type Question = {
  url: URL;
  method?: "GET" | "POST";
  headers?: Headers;
  body?: Buffer;
  timeoutMs: number;
  mostBytes: number;
  signal?: AbortSignal;
};

let lines: Lines | undefined;

/**
 * Asks a service that is no endpoint something, such as a provider's API: through the same guard as any delivery,
 * without redirects. Null when too many calls to it are under way.
 */
export function askService({ url, method = "GET", headers = [], ...rest }: Question): Promise<CallResult | null> {
  // No port of a receiver: what is asked for is never a built-in endpoint.
  lines ??= new Lines({ policy: currentAddressPolicy(), lookup: sharedLookup, receiverPort: undefined });
  const { timeoutMs, mostBytes, body = Buffer.alloc(0), signal } = rest;
  return sendOver(lines)({
    target: {
      endpointId: `service:${url.origin}`,
      version: 0,
      url,
      builtIn: false,
      method,
      timeoutMs,
      expectedStatuses: [],
    },
    headers: [["user-agent", USER_AGENT], ["accept-encoding", "identity"], ...headers],
    body,
    mostBytes,
    ...(signal && { signal }),
  });
}
