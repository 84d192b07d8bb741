import type { Formatted, OutgoingFormat } from "../formats/outgoing.ts";
import { formatOf } from "../formats/registry.ts";
import { authorize, type Postman } from "./authorize.ts";
import type { CallResult } from "./call.ts";
import type { Configuration } from "./configuration.ts";
import { notSent, type Sent } from "./decide.ts";
import { signedRequest } from "./request.ts";

const UNAUTHORIZED = 401;
const LEAST_TIME_MS = 1_000;

/** Signs what an endpoint is to get, sends it, and tells what the answer means; null when there was no free line in time. */
export async function post(
  id: string,
  formatted: Formatted,
  configuration: Configuration,
  postman: Postman,
): Promise<Sent | null> {
  const authorization = await authorize(configuration, postman);
  if ("problem" in authorization) return postman.stopped.aborted ? null : unsent(authorization.problem);
  const { header, refreshable } = authorization;
  const sent = await send(id, formatted, configuration, header, postman);
  if (sent?.result.statusCode !== UNAUTHORIZED || !refreshable) return sent;
  return (await sendAgain(id, formatted, configuration, header, sent, postman)) ?? sent;
}

/** An attempt that ended before anything was sent. */
export function unsent(problem: string): Sent {
  return { startedAt: new Date(), requestHeaders: null, result: notSent(problem) };
}

/** The same attempt with a new token: the old one may have been revoked. Both calls share the endpoint's time. */
async function sendAgain(
  id: string,
  formatted: Formatted,
  configuration: Configuration,
  refused: string | null,
  { startedAt, result }: Sent,
  postman: Postman,
): Promise<Sent | null> {
  const authorization = await authorize(configuration, postman, refused?.replace("Bearer ", ""));
  if ("problem" in authorization) return null;
  const timeoutMs = Math.max(configuration.timeoutMs - result.totalMs, LEAST_TIME_MS);
  const again = await send(id, formatted, { ...configuration, timeoutMs }, authorization.header, postman);
  return again && { ...again, startedAt };
}

async function send(
  id: string,
  formatted: Formatted,
  configuration: Configuration,
  authorization: string | null,
  { send, stopped }: Postman,
): Promise<Sent | null> {
  const startedAt = new Date();
  const { headers, body, shownHeaders } = signedRequest(id, formatted, configuration, authorization, startedAt);
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
