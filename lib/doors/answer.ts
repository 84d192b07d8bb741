import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { PROBLEM_CONTENT_TYPE, PROBLEM_STATUS, problem, type Refusal } from "../api/problem.ts";

/** How long what a refused caller still sends is read and thrown away, so that it gets to read our answer. */
const LINGER_MS = 1_000;
/** By status or code: when it is worth to come back. */
const RETRY_AFTER_SECONDS: Record<string, string> = { 503: "1", 429: "1", source_paused: "60" };

export function answerJson(
  response: ServerResponse,
  status: number,
  requestId: string,
  value: unknown,
  headers?: OutgoingHttpHeaders,
): void {
  const text = JSON.stringify(value);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    "request-id": requestId,
    ...headers,
  });
  response.end(text);
}

/** Answers with a problem. A body that was not read to its end ends the connection, a moment later. */
export function answerProblem(
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  why: Refusal,
  extra: Record<string, unknown> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  const status = PROBLEM_STATUS[why.code];
  const text = JSON.stringify({ ...problem(why, requestId), ...extra });
  const headers: OutgoingHttpHeaders = {
    "content-type": PROBLEM_CONTENT_TYPE,
    "content-length": Buffer.byteLength(text),
    "request-id": requestId,
    "cache-control": "no-store",
  };
  const seconds = RETRY_AFTER_SECONDS[why.code] ?? RETRY_AFTER_SECONDS[status];
  if (seconds) headers["retry-after"] = seconds;
  if (status === 401) headers["www-authenticate"] = "Bearer";
  if (!request.complete) headers.connection = "close";
  response.writeHead(status, headers);
  response.end(text);
  if (!request.complete) throwAwayRest(request);
}

function throwAwayRest(request: IncomingMessage): void {
  request.resume();
  const timer = setTimeout(() => request.socket.destroy(), LINGER_MS).unref();
  request.socket.once("close", () => clearTimeout(timer));
}
