import type { CallResult } from "../../lib/delivery/call.ts";

// How a call ended, for workers that send nothing.

export const SUCCEEDED: CallResult = {
  outcome: "success",
  statusCode: 200,
  detail: null,
  dnsMs: null,
  connectMs: null,
  tlsMs: null,
  firstByteMs: 1,
  totalMs: 1,
  reusedConnection: false,
  responseHeaders: [],
  responseBody: null,
  responseCut: false,
  remoteAddress: "127.0.0.1",
};

export function failed(statusCode: number, headers: Record<string, string> = {}): CallResult {
  return { ...SUCCEEDED, outcome: "http_error", statusCode, responseHeaders: Object.entries(headers) };
}
