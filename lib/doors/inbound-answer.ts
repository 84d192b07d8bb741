import type { ServerResponse } from "node:http";
import { answerHeaderProblem } from "../sources/answer-headers.ts";
import type { SourceAnswer } from "../sources/states.ts";

/** The console is on the same origin: nothing that a source answers may run there, or stay in a cache. */
const ALWAYS = {
  "content-security-policy": "sandbox; default-src 'none'",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
};
const VALUE = /^[\t\x20-\x7e]{0,4096}$/;
const WITHOUT_BODY = new Set([204, 205, 304]);

/** What every answer of this door carries, refusals included. */
export function protect(response: ServerResponse): void {
  for (const [name, value] of Object.entries(ALWAYS)) response.setHeader(name, value);
}

export function answerCall(
  response: ServerResponse,
  requestId: string,
  { status, headers, body }: { status: number; headers: SourceAnswer["headers"]; body: string | Buffer },
): void {
  if (response.headersSent || response.destroyed) return;
  for (const [name, value] of headers) {
    if (answerHeaderProblem(name) === null && VALUE.test(value)) response.setHeader(name, value);
  }
  response.setHeader("request-id", requestId);
  response.statusCode = status < 200 || status > 599 ? 200 : status;
  if (WITHOUT_BODY.has(response.statusCode)) return void response.end();
  if (body.length > 0 && !response.hasHeader("content-type")) {
    response.setHeader("content-type", "text/plain; charset=utf-8");
  }
  response.setHeader("content-length", Buffer.byteLength(body));
  response.end(body);
}
