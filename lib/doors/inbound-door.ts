import type { IncomingMessage, ServerResponse } from "node:http";
import { type Refusal, refusal } from "../api/problem.ts";
import { formatId, newId } from "../ids.ts";
import { MAX_EVENT_BYTES } from "../ingest/limits.ts";
import { noteRefusedCall } from "../ingest/refused-calls.ts";
import { errorFields, log } from "../log.ts";
import type { Method } from "../providers/provider.ts";
import { providerOf } from "../providers/registry.ts";
import type { OpenSource } from "../sources/open-source.ts";
import { isWithinRate } from "../sources/rate.ts";
import { type Reception, receive } from "../sources/receive.ts";
import { maskTarget } from "../sources/sealed.ts";
import { findSource } from "../sources/source-cache.ts";
import { syncAnswer } from "../sources/sync-answer.ts";
import { INBOUND_PATH } from "../sources/token.ts";
import { answerProblem } from "./answer.ts";
import { readBody } from "./body.ts";
import { answerCall, protect } from "./inbound-answer.ts";
import { surprise } from "./surprise.ts";
import { isCrowded, whileWaiting } from "./waiting-calls.ts";

/** Set by the server, whatever the caller sends. */
const ADDRESS_HEADER = "x-posthorn-address";

const UNKNOWN = refusal("not_found", "There is no such source");
const PAUSED = refusal("source_paused", "This source is paused: send the request again later");
const TOO_FAST = refusal("rate_limited", "This source takes no more requests at the moment: send it again in a second");
const OVERLOADED = refusal("overloaded", "Too many requests wait at the moment: send it again in a second");

/** The door for providers: answers everything below `/in/`; false = not for us. */
export function inboundDoor(request: IncomingMessage, response: ServerResponse): boolean {
  if (!isInbound(request)) return false;
  receiveCall(request, response);
  return true;
}

export function isInbound(request: IncomingMessage): boolean {
  return targetOf(request).startsWith(INBOUND_PATH);
}

/** Path and query, also of a caller that writes the whole address. */
function targetOf({ url = "/" }: IncomingMessage): string {
  return url.startsWith("/") ? url : url.replace(/^https?:\/\/[^/?#]*/i, "");
}

async function receiveCall(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const id = newId();
  const requestId = formatId("req", id);
  protect(response);
  try {
    const why = await answerTo(request, response, id, requestId);
    if (why) answerProblem(request, response, requestId, why);
  } catch (error) {
    log("error", "inbound-door", { ...errorFields(error), requestId });
    answerProblem(request, response, requestId, surprise(error));
  }
}

/** Answers the call, or says why it is refused. */
async function answerTo(
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
  requestId: string,
): Promise<Refusal | null> {
  const since = performance.now();
  const target = targetOf(request);
  const source = await findSource(tokenIn(target));
  if (source?.status !== "active") return whyClosed(source);
  const refuse = (why: Refusal): Refusal => {
    const { workspaceId, name } = source;
    const path = maskTarget(target.split("?")[0] ?? "");
    noteRefusedCall({ workspaceId, apiKeyId: null, path, requestId }, { ...why, detail: `${name}: ${why.detail}` });
    return why;
  };
  if (!takesMethod(source, request.method)) return refuse(wrongMethod(response, source));
  if (!isWithinRate(source.id, source.rateLimit)) return refuse(TOO_FAST);
  if (isCrowded()) return refuse(OVERLOADED);
  const body = await readBody(request, MAX_EVENT_BYTES, () => request.headers.expect && response.writeContinue());
  if (!body.ok) return body.refusal && refuse(body.refusal);
  const incoming = {
    id,
    method: request.method ?? "",
    head: { target, headers: pairsOf(request.rawHeaders) },
    body: body.bytes,
    address: String(request.headers[ADDRESS_HEADER] ?? "") || null,
  };
  const reception = await whileWaiting(() => receive(source, incoming)).finally(body.release);
  if (!reception) return refuse(OVERLOADED);
  if (reception.result === "closed") return whyClosed(reception.source);
  if (reception.result === "failed") return refuse(reception.why);
  if (reception.result === "refused") return reception.why;
  answerCall(response, requestId, (await endpointAnswer(reception, response, since)) ?? reception.answer);
  return null;
}

type Stored = Extract<Reception, { result: "stored" }>;

/** The answer of the source's endpoint, when the source passes one on and it comes in time. */
async function endpointAnswer({ source, acceptances }: Stored, response: ServerResponse, since: number) {
  const eventIds = acceptances.flatMap((one) => (one.result === "refused" ? [] : one.eventId));
  if (!source.sync || eventIds.length === 0) return null;
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  try {
    return await syncAnswer(source.sync, { eventIds, since, gone: gone.signal });
  } catch (error) {
    // The call is stored for good: its caller gets the answer that it would get without the endpoint.
    log("warn", "inbound-door", errorFields(error));
    return null;
  }
}

function tokenIn(target: string): string {
  return /^[^/?]*/.exec(target.slice(INBOUND_PATH.length))?.[0] ?? "";
}

/** A disabled source is as if it were not there. */
function whyClosed(source: OpenSource | null): Refusal {
  return source?.status === "paused" ? PAUSED : UNKNOWN;
}

function takesMethod({ provider }: OpenSource, method = ""): boolean {
  return method === "HEAD" || method === "GET" || methodsOf(provider).includes(method as Method);
}

function methodsOf(provider: OpenSource["provider"]): readonly Method[] {
  return providerOf(provider).methods ?? ["POST"];
}

function wrongMethod(response: ServerResponse, { provider }: OpenSource): Refusal {
  const allowed = [...new Set(["GET", "HEAD", ...methodsOf(provider)])].join(", ");
  response.setHeader("allow", allowed);
  return refusal("method_not_allowed", `This source takes ${allowed}`);
}

/** Node's flat list of raw headers as pairs. */
function pairsOf(raw: string[]): [string, string][] {
  return Array.from({ length: raw.length / 2 }, (_, at): [string, string] => [
    raw[2 * at] ?? "",
    raw[2 * at + 1] ?? "",
  ]);
}
