/** Every refusal that an API answer can carry, with its status. A code never changes its meaning: apps branch on it. */
export const PROBLEM_STATUS = {
  malformed: 400,
  invalid_json: 400,
  invalid_parameter: 400,
  idempotency_key_conflict: 400,
  unauthenticated: 401,
  key_unknown: 401,
  key_revoked: 401,
  key_expired: 401,
  not_verified: 401,
  scope_missing: 403,
  forbidden: 403,
  address_not_allowed: 403,
  not_found: 404,
  method_not_allowed: 405,
  timeout: 408,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  invalid_field: 422,
  unknown_field: 422,
  not_supported_yet: 422,
  unknown_event_type: 422,
  archived_event_type: 422,
  too_many_event_types: 422,
  schema_mismatch: 422,
  idempotency_key_reused: 422,
  batch_refused: 422,
  rate_limited: 429,
  header_too_large: 431,
  internal: 500,
  unavailable: 503,
  uncertain: 503,
  overloaded: 503,
  source_changed: 503,
  source_paused: 503,
} as const;
export type ProblemCode = keyof typeof PROBLEM_STATUS;

/** What is wrong with one field: where it stands (`tags.colour`, `[3].type`; "" is the whole) and a sentence. */
export type FieldProblem = { path: string; message: string };

/** Why a call was refused: a code, and a sentence that says what to do. */
export type Refusal = { code: ProblemCode; detail: string; errors?: FieldProblem[] };

const TITLES: Record<number, string> = {
  400: "Bad request",
  401: "Not authenticated",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  408: "Request timeout",
  409: "Conflict",
  413: "Too large",
  415: "Unsupported media type",
  422: "Not acceptable as it is",
  429: "Too many requests",
  431: "Headers too large",
  500: "Internal error",
  503: "Not available right now",
};

export const PROBLEM_CONTENT_TYPE = "application/problem+json";

/** A problem answer's body (RFC 9457). `title` says the kind, `detail` this one; support asks for `requestId`. */
export function problem({ code, detail, errors }: Refusal, requestId: string) {
  const status = PROBLEM_STATUS[code];
  return { type: "about:blank", title: TITLES[status] ?? "Error", status, code, detail, errors, requestId };
}
export type Problem = ReturnType<typeof problem>;

export function refusal(code: ProblemCode, detail: string, errors?: FieldProblem[]): Refusal {
  return errors ? { code, detail, errors } : { code, detail };
}
