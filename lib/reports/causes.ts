import type { Outcome } from "../delivery/outcomes.ts";

/** What an endpoint does, after its name: "api.acme.io answers 500". */
export function causeSentence(outcome: Outcome | null, statusCode: number | null): string {
  if (outcome === "http_error" && statusCode !== null && statusCode < 300) {
    return `answers ${statusCode}, which does not count as delivered`;
  }
  if (outcome === "http_error" || outcome === "redirect") return `answers ${statusCode ?? "with an error"}`;
  return outcome ? SENTENCES[outcome] : "fails";
}

const SENTENCES = {
  success: "answers",
  http_error: "answers with an error",
  timeout: "times out",
  dns: "has a name that cannot be resolved",
  connect: "takes no connection",
  tls: "fails the TLS handshake",
  reset: "closes the connection early",
  blocked: "leads to a forbidden address",
  too_large: "answers with headers larger than we read",
  redirect: "redirects",
  protocol: "does not answer with valid HTTP",
  cancelled: "had its calls cancelled",
  interrupted: "was being called when our worker stopped",
} satisfies Record<Outcome, string>;
