import { headerValueProblem, isReservedHeader } from "../endpoints/reserved-headers.ts";
import type { Call } from "../providers/call.ts";
import type { Settings } from "../providers/settings.ts";
import type { OpenSource } from "./open-source.ts";

/** What lets a caller in; whoever has it may post as well. */
const CREDENTIALS = new Set(["authorization", "cookie", "x-api-key", "x-auth-token", "x-access-token"]);
/** A provider's signature proves the call to us and to nobody else: an endpoint checks ours. */
const SIGNATURE = /signature|hmac/;

/** Whether a received header of this name (lower case) may travel on to endpoints. */
export function mayForward(name: string, { header, signature }: Settings = {}): boolean {
  if (isReservedHeader(name) || CREDENTIALS.has(name) || SIGNATURE.test(name)) return false;
  return ![header, signature?.header].some((own) => own?.toLowerCase() === name);
}

/** Of the headers that the source names, those that a call has and that may travel on. */
export function forwardedHeaders({ forwardHeaders, settings }: OpenSource, { headers }: Call): [string, string][] {
  const ofConnection = new Set((headers.get("connection") ?? "").split(",").map((name) => name.trim().toLowerCase()));
  return forwardHeaders.flatMap((name): [string, string][] => {
    const value = headers.get(name);
    if (value === undefined || !mayForward(name, settings) || ofConnection.has(name)) return [];
    return headerValueProblem(value) === null ? [[name, value]] : [];
  });
}
