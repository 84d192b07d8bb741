import type { Formatted, OutgoingFormat } from "../formats/outgoing.ts";
import { formatOf } from "../formats/registry.ts";
import type { CallResult } from "./call.ts";
import type { Configuration } from "./configuration.ts";
import type { Sent } from "./decide.ts";
import { signedRequest } from "./request.ts";
import type { Send } from "./send.ts";

export type Postman = { send: Send; stopped: AbortSignal };

/** Signs what an endpoint is to get, sends it, and tells what the answer means; null when there was no free line in time. */
export async function post(
  id: string,
  formatted: Formatted,
  configuration: Configuration,
  { send, stopped }: Postman,
): Promise<Sent | null> {
  const startedAt = new Date();
  const { headers, body, shownHeaders } = signedRequest(id, formatted, configuration, startedAt);
  const result = await send({ target: configuration, headers, body, signal: stopped });
  return result && { startedAt, requestHeaders: shownHeaders, result: judged(formatOf(configuration.format), result) };
}

/** Some services say 200 and mean no, or say in their own words that a webhook is gone. */
function judged({ judge }: OutgoingFormat, result: CallResult): CallResult {
  if (!judge || result.statusCode === null) return result;
  const judgement = judge({ statusCode: result.statusCode, body: result.responseBody?.toString() ?? "" });
  if (!judgement) return result;
  const { ok, detail, gone } = judgement;
  return { ...result, outcome: ok ? result.outcome : "http_error", detail, gone };
}
