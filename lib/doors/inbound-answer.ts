import type { ServerResponse } from "node:http";
import type { SourceAnswer } from "../sources/states.ts";

/** The console is on the same origin: nothing that a source answers may run there, or stay in a cache. */
const ALWAYS = {
  "content-security-policy": "sandbox; default-src 'none'",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
};
/** The connection's own, and what could be used against the console. */
const NEVER = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "content-length",
  "upgrade",
  "te",
  "trailer",
  "set-cookie",
  "clear-site-data",
  "strict-transport-security",
  "request-id",
  ...Object.keys(ALWAYS),
]);
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/;
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
    if (NAME.test(name) && VALUE.test(value) && !NEVER.has(name.toLowerCase())) response.setHeader(name, value);
  }
  response.setHeader("request-id", requestId);
  if (status < 200 || status > 599) response.statusCode = 200;
  else response.statusCode = status;
  if (WITHOUT_BODY.has(response.statusCode)) return void response.end();
  if (body.length > 0 && !response.hasHeader("content-type")) {
    response.setHeader("content-type", "text/plain; charset=utf-8");
  }
  response.setHeader("content-length", Buffer.byteLength(body));
  response.end(body);
}
