import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { errorFields, log } from "../log.ts";
import { listBuiltInSecrets } from "./secrets.ts";
import { isSigned, type SignedCall } from "./signature.ts";

/** The host in the URL of an endpoint that the product made for its own receiver. Only the sender knows where it is. */
export const RECEIVER_HOST = "receiver.posthorn.internal";

const MAX_BODY_BYTES = 2 * 1_024 * 1_024;
const SLOW_MS = 3_000;
const REMEMBERED_DELIVERIES = 1_000;

type Answer = { status: number; verified: boolean };

/**
 * Posthorn's own receiver, for the first delivery anyone sees: it verifies the signature as a customer's app would.
 * It listens on loopback only; deliveries reach it through endpoints that the product made, and through no others.
 * `/ok` · `/fail-then-ok` · `/status/500` · `/slow`
 */
export async function startReceiver(port: number): Promise<Server> {
  const seen = new Set<string>();
  const server = createServer(async (request, response) => {
    const { status, verified } = await receive(request, seen).catch((error): Answer => {
      log("error", "receiver", errorFields(error));
      return { status: 500, verified: false };
    });
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ verified }));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

async function receive(request: IncomingMessage, seen: Set<string>): Promise<Answer> {
  const body = await readBody(request);
  if (!body) return { status: 413, verified: false };
  const call: SignedCall = {
    id: headerOf(request, "webhook-id"),
    timestamp: headerOf(request, "webhook-timestamp"),
    signatures: headerOf(request, "webhook-signature"),
    body,
  };
  if (!isSigned(call, await listBuiltInSecrets(call.id), new Date())) return { status: 401, verified: false };
  const seenBefore = seen.has(call.id);
  remember(seen, call.id);
  return { status: await statusFor(request.url ?? "/", seenBefore), verified: true };
}

async function statusFor(path: string, seenBefore: boolean): Promise<number> {
  const [, mode, wanted] = path.split("/");
  if (mode === "ok") return 200;
  if (mode === "fail-then-ok") return seenBefore ? 200 : 500;
  if (mode === "slow") return wait(SLOW_MS, 200);
  const status = mode === "status" ? Number(wanted) : 404;
  return Number.isInteger(status) && status >= 200 && status <= 599 ? status : 400;
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

/** Bounded: the oldest is forgotten first. */
function remember(seen: Set<string>, id: string): void {
  seen.add(id);
  const [oldest] = seen;
  if (oldest !== undefined && seen.size > REMEMBERED_DELIVERIES) seen.delete(oldest);
}
