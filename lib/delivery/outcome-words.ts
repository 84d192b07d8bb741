import type { Outcome, Trigger } from "./outcomes.ts";

/** What stands where a status code would, when there is none. */
export const OUTCOME_WORDS = {
  success: "success",
  http_error: "error",
  timeout: "timeout",
  dns: "DNS",
  connect: "connect",
  tls: "TLS",
  reset: "reset",
  blocked: "blocked",
  too_large: "too large",
  redirect: "redirect",
  protocol: "protocol",
  cancelled: "cancelled",
  interrupted: "interrupted",
} satisfies Record<Outcome, string>;

/** `500`, or `timeout` when no answer came. */
export function answerWord(outcome: Outcome, statusCode: number | null): string {
  const coded = outcome === "success" || outcome === "http_error" || outcome === "redirect";
  return coded && statusCode !== null ? String(statusCode) : OUTCOME_WORDS[outcome];
}

export const TRIGGER_WORDS = {
  first: "Automatic",
  schedule: "Automatic",
  manual: "Manual",
  bulk: "Bulk retry",
  recovery: "After a crash",
  probe: "Probe",
} satisfies Record<Trigger, string>;
