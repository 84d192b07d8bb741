export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** One JSON line on standard output. Never hand it a payload, a header value or a secret. */
export function log(level: "info" | "warn" | "error", at: string, fields: LogFields = {}): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, at, ...fields })}\n`);
}

/** A thrown thing as log fields, with its cause. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: String(error) };
  const cause = error.cause instanceof Error ? error.cause.message : undefined;
  const message = messageOf(error);
  return { error: message, kind: error.name, cause, stack: error.stack?.replace(error.message, () => message) };
}

/** Drizzle's message repeats every value of the query that failed: hashes, addresses, what people have stored. */
function messageOf(error: Error): string {
  // Not by its class: Next's bundle and the server's have one each.
  return "query" in error && "params" in error ? `Failed query: ${error.query}` : error.message;
}

/** Many lines of one kind in a single write: a pipe is written to while everything else waits. */
export function logAll(level: "info" | "warn" | "error", at: string, lines: LogFields[]): void {
  if (lines.length === 0) return;
  const time = new Date().toISOString();
  process.stdout.write(lines.map((fields) => `${JSON.stringify({ time, level, at, ...fields })}\n`).join(""));
}
