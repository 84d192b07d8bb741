import { type Refusal, refusal } from "../api/problem.ts";

const AWAY = refusal("unavailable", "The database is away: nothing was stored, post the event again");
const INTERNAL = refusal("internal", "Something went wrong on our side: report it with the request id");

/** Codes of a connection that failed, was cut or timed out, and of a server that starts, stops or has no room. */
const CONNECTION_CODE = /^(CONNECT|ECONN|EPIPE|ENOTFOUND|EAI_|ETIMEDOUT|08|53|57P)/;

/** What a caller is told about an error nobody planned for. */
export function surprise(error: unknown): Refusal {
  return isDatabaseAway(error) ? AWAY : INTERNAL;
}

export function isDatabaseAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && CONNECTION_CODE.test(String(cause.code))) return true;
  }
  return false;
}
