import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import type { Call, CallResult, Headers } from "./call.ts";
import { failureOf } from "./failures.ts";
import type { Line } from "./lines.ts";
import type { Outcome } from "./outcomes.ts";
import { isExpected } from "./retry-policy.ts";

const MAX_RESPONSE_BYTES = 65_536;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Why we ended a call ourselves. */
type Cut = "deadline" | "size" | "stopped";

/** One request and its answer on a line, with one deadline over everything. Resolves always, rejects never. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #call: Call;
  readonly #line: Line;
  readonly #settle: (result: CallResult) => void;
  readonly #begun = performance.now();
  readonly #deadline: NodeJS.Timeout;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #controller: Dispatcher.DispatchController | null = null;
  #reused = false;
  #statusCode: number | null = null;
  #responseHeaders: Headers | null = null;
  #firstByteMs: number | null = null;
  #cut: Cut | null = null;
  #done = false;

  constructor(call: Call, line: Line, settle: (result: CallResult) => void) {
    this.#call = call;
    this.#line = line;
    this.#settle = settle;
    this.#deadline = setTimeout(() => this.#end("deadline"), call.target.timeoutMs);
    call.signal?.addEventListener("abort", this.#onStop, { once: true });
  }

  readonly #onStop = () => this.#end("stopped");

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    this.#reused = this.#line.connection.used;
    this.#line.connection.used = true;
    if (this.#done) controller.abort(new Error("too late"));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, statusCode: number, headers: IncomingHttpHeaders): void {
    // Early hints and the like: only the answer itself counts, and no number of them moves the deadline.
    if (statusCode < 200 || this.#done) return;
    this.#firstByteMs = performance.now() - this.#begun;
    this.#statusCode = statusCode;
    this.#responseHeaders = listed(headers);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#done) return;
    const room = this.#mostBytes() - this.#bytes;
    this.#chunks.push(chunk.length > room ? Buffer.from(chunk.subarray(0, room)) : chunk);
    this.#bytes += Math.min(chunk.length, room);
    if (chunk.length > room) this.#end("size");
  }

  onResponseEnd(): void {
    this.#finish(null);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#finish(error);
  }

  /** The request could not even be dispatched. */
  fail(error: unknown): void {
    this.#finish(error);
  }

  #end(cut: Cut): void {
    if (this.#done) return;
    this.#cut = cut;
    if (!this.#controller) this.#line.stuck = true;
    this.#finish(null);
    this.#controller?.abort(new Error(cut));
  }

  #finish(error: unknown): void {
    if (this.#done) return;
    this.#done = true;
    clearTimeout(this.#deadline);
    this.#call.signal?.removeEventListener("abort", this.#onStop);
    const { dnsMs, connectMs, tlsMs, remoteAddress } = this.#line.connection;
    const { outcome, detail } = this.#judge(error);
    this.#settle({
      outcome,
      detail,
      statusCode: this.#statusCode,
      dnsMs: this.#reused ? null : dnsMs,
      connectMs: this.#reused ? null : connectMs,
      tlsMs: this.#reused ? null : tlsMs,
      firstByteMs: this.#firstByteMs,
      totalMs: performance.now() - this.#begun,
      reusedConnection: this.#reused,
      responseHeaders: this.#responseHeaders,
      responseBody: this.#chunks.length > 0 ? Buffer.concat(this.#chunks) : null,
      responseCut: this.#statusCode !== null && (this.#cut !== null || error !== null),
      remoteAddress,
    });
  }

  #judge(error: unknown): { outcome: Outcome; detail: string | null } {
    if (this.#statusCode !== null) return this.#judgeAnswer(this.#statusCode, error);
    if (this.#cut === "deadline") return { outcome: "timeout", detail: this.#whatTookLong() };
    if (this.#cut === "stopped") return { outcome: "interrupted", detail: "Posthorn was stopped during this attempt" };
    return failureOf(error, this.#line.connection.connectMs !== null);
  }

  /** The status decides, even when the body was cut off behind it. */
  #judgeAnswer(status: number, error: unknown): { outcome: Outcome; detail: string | null } {
    if (isExpected(status, this.#call.target.expectedStatuses))
      return { outcome: "success", detail: this.#bodyDetail(error) };
    if (REDIRECTS.has(status)) return { outcome: "redirect", detail: this.#redirectDetail(status) };
    return { outcome: "http_error", detail: this.#bodyDetail(error) };
  }

  #redirectDetail(status: number): string {
    const location = this.#responseHeaders?.find(([name]) => name === "location")?.[1];
    return `The receiver answered ${status}${location ? ` to ${location.slice(0, 500)}` : ""}; redirects are never followed`;
  }

  #bodyDetail(error: unknown): string | null {
    if (this.#cut === "size")
      return `The response was longer than ${this.#mostBytes() / 1_024} KiB; the rest was not read`;
    if (this.#cut === "deadline") return `The response's body was not complete within ${this.#seconds()} s`;
    if (this.#cut === "stopped") return "Posthorn was stopped before the response's body was complete";
    return error === null ? null : "The connection broke before the response's body was complete";
  }

  #whatTookLong(): string {
    const { socket, connectMs, tlsMs, dnsMs } = this.#line.connection;
    const waited = `within ${this.#seconds()} s`;
    if (this.#controller) return `The receiver did not answer ${waited}`;
    if (connectMs !== null && tlsMs === null) return `The TLS handshake was not done ${waited}`;
    if (socket?.connecting && dnsMs === null)
      return `The host name was not resolved or the connection not made ${waited}`;
    return `No connection was made ${waited}`;
  }

  #mostBytes(): number {
    return this.#call.mostBytes ?? MAX_RESPONSE_BYTES;
  }

  #seconds(): number {
    return this.#call.target.timeoutMs / 1_000;
  }
}

function listed(headers: IncomingHttpHeaders): Headers {
  return Object.entries(headers).flatMap(([name, value]): Headers => {
    if (value === undefined) return [];
    return Array.isArray(value) ? value.map((one): [string, string] => [name, one]) : [[name, value]];
  });
}
