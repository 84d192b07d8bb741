import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { errorFields, log } from "../log.ts";
import { endpointOfPath } from "./address.ts";
import { type Reaction, reactionTo } from "./answer.ts";
import { type Called, findCalled } from "./queries.ts";
import { CallRecorder } from "./recorder.ts";
import { shownHeaders } from "./shown-headers.ts";
import { isSigned, type SignedCall } from "./signature.ts";
import { Visits } from "./visits.ts";

const MAX_BODY_BYTES = 2 * 1_024 * 1_024;
const HUGE_BODY = Buffer.alloc(1_024 * 1_024, "Posthorn ");

/**
 * Posthorn's own receiver: it verifies signatures as a customer's app would, and then answers as its endpoint was told.
 * It listens on loopback only; deliveries reach it through endpoints that the product made, and through no others.
 */
export async function startReceiver(port: number): Promise<Server> {
  const tools: Tools = { visits: new Visits(), recorder: new CallRecorder() };
  const server = createServer((request, response) => {
    receive(request, response, tools).catch((error) => {
      log("error", "receiver", errorFields(error));
      if (!response.headersSent) answer(response, 500, { verified: false });
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

type Tools = { visits: Visits; recorder: CallRecorder };

async function receive(request: IncomingMessage, response: ServerResponse, tools: Tools): Promise<void> {
  const body = await readBody(request);
  if (!body) return answer(response, 413, { verified: false });
  const path = request.url ?? "/";
  const endpointId = endpointOfPath(path);
  const called = endpointId && (await lookUp(endpointId));
  if (!called) return answer(response, 404, { verified: false });
  const verified = isSigned(signedCall(request, body), called.secrets, new Date());
  const before = verified ? tools.visits.count(`${endpointId} ${headerOf(request, "webhook-id")}`) : 0;
  const reaction = verified ? reactionTo(called.answer, before) : REFUSAL;
  tools.recorder.note({
    workspaceId: called.workspaceId,
    endpointId,
    method: request.method ?? "",
    path,
    headers: shownHeaders(request.rawHeaders),
    body,
    verified,
    statusCode: reaction.status,
    delayMs: reaction.delayMs,
  });
  await react(response, reaction, verified);
}

const REFUSAL: Reaction = { status: 401, delayMs: 0, retryAfterSeconds: null, hugeBody: false };

async function react(response: ServerResponse, reaction: Reaction, verified: boolean): Promise<void> {
  if (reaction.delayMs > 0) await wait(reaction.delayMs);
  // The sender may have had enough by now.
  if (response.destroyed) return;
  if (reaction.status === null) return void response.socket?.destroy();
  if (reaction.retryAfterSeconds !== null) response.setHeader("retry-after", String(reaction.retryAfterSeconds));
  if (!reaction.hugeBody) return answer(response, reaction.status, { verified });
  response.writeHead(reaction.status, { "content-type": "text/plain" }).end(HUGE_BODY);
}

function answer(response: ServerResponse, status: number, said: { verified: boolean }): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(said));
}

const lookingUp = new Map<string, Promise<Called | null>>();

/** One look-up in flight per endpoint, however many calls come at once; none is kept, so a new setting holds at once. */
function lookUp(endpointId: string): Promise<Called | null> {
  const running = lookingUp.get(endpointId);
  if (running) return running;
  const started = findCalled(endpointId).finally(() => lookingUp.delete(endpointId));
  lookingUp.set(endpointId, started);
  return started;
}

function signedCall(request: IncomingMessage, body: Buffer): SignedCall {
  return {
    id: headerOf(request, "webhook-id"),
    timestamp: headerOf(request, "webhook-timestamp"),
    signatures: headerOf(request, "webhook-signature"),
    body,
  };
}

function headerOf(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === "string" ? value : "";
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
