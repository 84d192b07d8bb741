import postgres from "postgres";

/**
 * Codes of a connection that failed, was cut or timed out, of a server that starts, stops, has no room or only reads,
 * and of statements, locks and transactions that took it too long.
 */
const AWAY = /^(CONNECT|ECONN|EPIPE|ENOTFOUND|EAI_|ETIMEDOUT|08|53|57P|57014|55P03|25006|25P0[34])/;

/** Whether an error means that the database cannot be used right now: trying again later will help. */
export function isDatabaseAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && AWAY.test(String(cause.code))) return true;
  }
  return false;
}

/** Two transactions waited for each other, and this one was ended: the same again will do. */
export function isDeadlock(error: unknown): boolean {
  return error instanceof postgres.PostgresError && (error.code === "40P01" || error.code === "40001");
}

/** Data exceptions, violated constraints and limits of a statement: the values themselves are refused. */
export function isDataError(error: unknown): boolean {
  return error instanceof postgres.PostgresError && /^(22|23|54)/.test(error.code);
}

/** A statement took longer than it was given. Told by its code: pages and server each bring a driver of their own. */
export function isTimedOut(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && cause.code === "57014") return true;
  }
  return false;
}
