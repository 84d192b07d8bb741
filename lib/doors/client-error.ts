import { randomUUID } from "node:crypto";
import type { Duplex } from "node:stream";
import { PROBLEM_CONTENT_TYPE, problem, type Refusal, refusal } from "../api/problem.ts";

const MALFORMED = refusal("malformed", "This is not a well-formed HTTP request");
const REFUSALS: Record<string, Refusal> = {
  ERR_HTTP_REQUEST_TIMEOUT: refusal("timeout", "The request did not arrive in time: send it again, faster"),
  HPE_HEADER_OVERFLOW: refusal("header_too_large", "The request's headers are too large"),
};

/** Answers a connection whose request node:http could not read to its end: too slow, too long a header, or no HTTP at all. */
export function answerClientError(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = randomUUID();
  const body = problem(REFUSALS[error.code ?? ""] ?? MALFORMED, requestId);
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${body.status} ${body.title}`,
    `content-type: ${PROBLEM_CONTENT_TYPE}`,
    `content-length: ${Buffer.byteLength(text)}`,
    `request-id: ${requestId}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${text}`, () => socket.destroy());
}
