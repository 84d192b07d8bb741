export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** One JSON line on standard output. Never hand it a payload, a header value or a secret. */
export function log(level: "info" | "warn" | "error", at: string, fields: LogFields = {}): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, at, ...fields })}\n`);
}

/** A thrown thing as log fields, with its cause. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: String(error) };
  const cause = error.cause instanceof Error ? error.cause.message : undefined;
  return { error: error.message, kind: error.name, cause, stack: error.stack };
}
