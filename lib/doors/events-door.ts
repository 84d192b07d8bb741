import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Refusal, refusal } from "../api/problem.ts";
import { authenticate } from "../api-keys/authenticate.ts";
import { findRecentKey } from "../api-keys/recent-keys.ts";
import { MAX_BATCH_BYTES, MAX_EVENT_BYTES } from "../ingest/limits.ts";
import { noteRefusedCall } from "../ingest/refused-calls.ts";
import { errorFields, log } from "../log.ts";
import { answerJson, answerProblem } from "./answer.ts";
import { readBody } from "./body.ts";
import { withOutcomes } from "./outcomes.ts";
import { waitSeconds } from "./preferences.ts";
import { bodyKind } from "./request-rules.ts";
import { surprise } from "./surprise.ts";
import { type DoorAnswer, takeBatch, takeEvent } from "./take.ts";

const EVENTS_PATH = "/api/v1/events";
const BATCH_PATH = "/api/v1/events/batch";
/** Set by the server, whatever the caller sends. */
const ADDRESS_HEADER = "x-posthorn-address";
const READING = new Set(["GET", "HEAD", "OPTIONS"]);

/** The door for events: answers `POST /api/v1/events` and everything on `…/batch`; false = not for us, hand it to Next. */
export function eventsDoor(request: IncomingMessage, response: ServerResponse): boolean {
  const path = doorPath(request);
  if (path === null) return false;
  if (request.method === "POST") {
    receive(request, response, path === BATCH_PATH);
    return true;
  }
  if (path === EVENTS_PATH && READING.has(request.method ?? "")) return false;
  response.setHeader("allow", path === BATCH_PATH ? "POST" : "GET, HEAD, POST");
  answerProblem(request, response, randomUUID(), refusal("method_not_allowed", `${path} takes POST`));
  return true;
}

/** Whether the door will read the request's body itself, and say "go on" to a caller that waits for it. */
export function takesBody(request: IncomingMessage): boolean {
  return request.method === "POST" && doorPath(request) !== null;
}

function doorPath({ url = "/" }: IncomingMessage): string | null {
  const mark = url.indexOf("?");
  const path = mark < 0 ? url : url.slice(0, mark);
  return path === EVENTS_PATH || path === BATCH_PATH ? path : null;
}

async function receive(request: IncomingMessage, response: ServerResponse, batch: boolean): Promise<void> {
  const requestId = randomUUID();
  try {
    const answer = await answerTo(request, response, batch, requestId);
    if (answer && "refusal" in answer) answerProblem(request, response, requestId, answer.refusal, answer.extra);
    else if (answer) answerJson(response, answer.status, requestId, answer.body, answer.headers);
  } catch (error) {
    // The database is away (a key cannot be looked up), or a fault of ours: the caller hears which, the log hears why.
    log("error", "events-door", { ...errorFields(error), requestId });
    answerProblem(request, response, requestId, surprise(error));
  }
}

async function answerTo(
  request: IncomingMessage,
  response: ServerResponse,
  batchPath: boolean,
  requestId: string,
): Promise<DoorAnswer | null> {
  const address = String(request.headers[ADDRESS_HEADER] ?? "") || null;
  const caller = await authenticate(request.headers.authorization, "ingest", { address, find: findRecentKey });
  const { workspaceId, keyId = null } = caller;
  const refuse = (why: Refusal, extra?: Record<string, unknown>): DoorAnswer => {
    const path = batchPath ? BATCH_PATH : EVENTS_PATH;
    if (workspaceId) noteRefusedCall({ workspaceId, apiKeyId: keyId, path, requestId }, why);
    return { refusal: why, extra };
  };
  if (!caller.ok) return refuse({ code: caller.code, detail: caller.detail });
  const kind = bodyKind(request.headers, batchPath);
  if (typeof kind !== "string") return refuse(kind);
  // Several CloudEvents are taken on either path.
  const batch = batchPath || kind === "cloudevents";
  const wait = waitSeconds(request.headers, batch);
  if (wait !== null && typeof wait !== "number") return refuse(wait);
  const goOn = () => request.headers.expect && response.writeContinue();
  const body = await readBody(request, batch ? MAX_BATCH_BYTES : MAX_EVENT_BYTES, goOn);
  if (!body.ok) return body.refusal && refuse(body.refusal);
  const call = { request, body: body.bytes, kind, caller };
  const taking = batch ? takeBatch(call) : takeEvent(call, wait !== null);
  const answer = await taking.finally(body.release);
  if ("refusal" in answer) return refuse(answer.refusal, "extra" in answer ? answer.extra : undefined);
  return wait !== null && "stored" in answer ? withOutcomes(answer, wait, response) : answer;
}
