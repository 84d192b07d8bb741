import http from "node:http";
import https from "node:https";
import { reasonOf } from "./posthorn-api.mjs";

/** Providers would have given up long before; a debugger may hold a receiver up. */
const PATIENCE_MS = 60_000;
/** What belongs to one connection and not to the message, or is written anew. */
const OWN = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
  "host",
  "content-length",
]);
/** What stands for a credential wherever Posthorn shows a request. */
const MASKED = /•|%E2%80%A2/i;
const OUR_OWN = /^posthorn-/;

/** @typedef {{ status: number, ms: number } | { refused: string } | { failed: string }} Outcome */

/**
 * Sends a request on as it came. `refused`: nobody listens there, and nothing was sent.
 * @param {URL} target @param {import("./posthorn-api.mjs").Detail} request @param {AbortSignal} signal
 * @returns {Promise<Outcome>}
 */
export function forward(target, request, signal) {
  const body = Buffer.from(request.body ?? "", "base64");
  const started = performance.now();
  return new Promise((resolve) => {
    const fail = (/** @type {unknown} */ error) => {
      const reason = reasonOf(error);
      resolve(reason === "ECONNREFUSED" ? { refused: reason } : { failed: reason });
    };
    const { request: send } = target.protocol === "https:" ? https : http;
    const call = send(
      target,
      {
        method: request.method,
        path: pathOf(target, request.path),
        headers: headersOf(target, request, body),
        setHost: false,
        agent: false,
        signal,
        timeout: PATIENCE_MS,
      },
      (response) => {
        // What it says is its own business; that it has said all of it ends the call.
        response.resume();
        response.once("end", () => resolve({ status: response.statusCode ?? 0, ms: performance.now() - started }));
        response.once("error", fail);
      },
    );
    call.once("timeout", () => call.destroy(new Error(`no answer within ${PATIENCE_MS / 1_000} s`)));
    call.once("error", fail);
    call.end(body);
  });
}

/** The receiver's own path and query, then the query that came. @param {URL} target @param {string} path */
export function pathOf(target, path) {
  const mark = path.indexOf("?");
  const query = mark < 0 ? [] : path.slice(mark + 1).split("&");
  const kept = query.filter((part) => part !== "" && !MASKED.test(part));
  const own = target.search === "" ? [] : [target.search.slice(1)];
  const all = [...own, ...kept].join("&");
  return target.pathname + (all === "" ? "" : `?${all}`);
}

/**
 * Names and values in turn, as they came; without what is masked or belongs to the connection it came by.
 * @param {URL} target @param {{ id: string, method: string, headers: [string, string][] }} request @param {Buffer} body
 */
export function headersOf(target, { id, method, headers }, body) {
  const named = headers
    .filter(([name]) => name.toLowerCase() === "connection")
    .flatMap(([, value]) => value.split(","));
  const dropped = new Set([...OWN, ...named.map((name) => name.trim().toLowerCase())]);
  const kept = headers.filter(([name, value]) => {
    const lower = name.toLowerCase();
    return !dropped.has(lower) && !OUR_OWN.test(lower) && !MASKED.test(value) && canCarry(name, value);
  });
  const isBare = body.length === 0 && (method === "GET" || method === "HEAD");
  /** @type {[string, string][]} */
  const ours = [
    ["host", target.host],
    ["posthorn-request", id],
    ...(isBare ? [] : [/** @type {[string, string]} */ (["content-length", String(body.length)])]),
  ];
  return [...ours, ...kept].flat();
}

/** @param {string} name @param {string} value */
function canCarry(name, value) {
  try {
    http.validateHeaderName(name);
    http.validateHeaderValue(name, value);
    return true;
  } catch {
    // Another server was more generous than Node is.
    return false;
  }
}
