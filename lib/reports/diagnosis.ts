import type { Outcome } from "../delivery/outcomes.ts";
import { TRANSFORMATION_FAILED } from "../transformations/words.ts";
import { answerAdvice } from "./answers.ts";

/** What is known about how an attempt ended. */
export type Failure = {
  outcome: Outcome;
  statusCode: number | null;
  /** The sentence of fact that the attempt recorded, such as the certificate's fault. */
  detail: string | null;
  /** The host of the endpoint, as people know it. */
  host: string;
  timeoutSeconds: number;
  /** What the answer's Retry-After asked for. */
  retryAfterSeconds: number | null;
};

/** Why in one sentence, and what to do about it. */
export type Diagnosis = { why: string; next: string };

/** Why an attempt ended the way it did. Facts only: a guess says "probably". */
export function why(failure: Failure): Diagnosis {
  return SENTENCES[failure.outcome](failure);
}

const SENTENCES = {
  success: ({ host, statusCode }) => ({
    why: `${host} answered ${statusCode ?? "as expected"}.`,
    next: "Nothing to do.",
  }),
  http_error: (failure) => (IN_ITS_OWN_WORDS.test(failure.detail ?? "") ? saidNo(failure) : answered(failure)),
  timeout: ({ host, timeoutSeconds, detail }) => ({
    why: factOr(detail, host, `${host} did not finish its answer within ${timeoutSeconds} s`),
    next: "Let the receiver answer first and do its work afterwards, or raise the endpoint's timeout (up to 60 s).",
  }),
  dns: ({ host, detail }) => ({
    why: withDetail(`The name ${host} could not be resolved`, detail),
    next: "Check the host name in the endpoint's URL and its DNS records.",
  }),
  connect: ({ host, detail }) => ({
    why: withDetail(`No connection to ${host} could be made`, detail),
    next: `Check that ${host} is up, listens on the URL's port, and that no firewall drops our calls.`,
  }),
  tls: ({ host, detail }) => ({
    why: withDetail(`The TLS handshake with ${host} failed`, detail),
    next: tlsAdvice(detail ?? ""),
  }),
  reset: ({ host, detail }) => ({
    why: factOr(detail, host, `${host} closed the connection before its answer was complete`),
    next: "Look for a crash, a restart or a proxy limit on the receiver at this time, then retry.",
  }),
  blocked: ({ host, detail }) => ({
    why: withDetail(`${host} leads to an address that deliveries may not reach`, detail),
    next: "Use a public address, or let the range through with DELIVERY_ALLOW_CIDRS.",
  }),
  too_large: ({ host, detail }) => ({
    why: withDetail(`The answer of ${host} has larger headers than we read`, detail),
    next: "Let the receiver answer with few, short headers; look for cookies it sets.",
  }),
  redirect: ({ host, statusCode, detail }) => ({
    why: factOr(detail, host, `${host} answered ${statusCode ?? 302}, a redirect; redirects are never followed`),
    next: "Put the final URL into the endpoint, then retry.",
  }),
  protocol: ({ host, detail }) => ({
    why: withDetail(`The answer of ${host} was not valid HTTP`, detail),
    next: "Check that the URL's scheme and port belong to an HTTP server (https:// on a TLS port).",
  }),
  cancelled: ({ detail }) => notSent(detail),
  interrupted: ({ host }) => ({
    why: `Our worker stopped in the middle of this call; ${host} may have received it.`,
    next: "Nothing to do: the delivery is taken up again. Receivers tell repeats by their webhook-id.",
  }),
} satisfies Record<Outcome, (failure: Failure) => Diagnosis>;

/** A chat service says no in words, sometimes with a 200: the words count. */
const IN_ITS_OWN_WORDS = /^(?:Slack|Discord|Teams) answered /;

function answered({ host, statusCode, retryAfterSeconds }: Failure): Diagnosis {
  return {
    why: `${host} answered ${statusCode ?? "with an error"}${askedToWait(retryAfterSeconds)}.`,
    next: answerAdvice(statusCode, host),
  };
}

function saidNo({ host, statusCode, detail }: Failure): Diagnosis {
  const isRefusal = statusCode !== null && statusCode >= 300;
  return {
    why: withDetail(detail?.replace(/[.\s]+$/, "") ?? "", null),
    next: isRefusal
      ? answerAdvice(statusCode, host)
      : "It took the call but not the message. Correct what it names, or put a new webhook URL into the endpoint, then retry.",
  };
}

function tlsAdvice(detail: string): string {
  if (detail.includes("client certificate")) {
    return "Give the endpoint the client certificate that the receiver expects, with the intermediate ones, then retry.";
  }
  if (/self-signed|unknown authority/.test(detail)) {
    return "Give the receiver a certificate of a public authority, or start Posthorn with NODE_EXTRA_CA_CERTS, a PEM file of the authority to trust.";
  }
  return "Renew or correct the certificate, with its whole chain and this host's name, then retry.";
}

const NO_TOKEN = /^(?:No access token from|The token server) /;

/** What failed on our side of the wire. */
function notSent(detail: string | null): Diagnosis {
  const fact = withDetail(detail?.replace(/[.\s]+$/, "") ?? "", null);
  if (detail?.startsWith(TRANSFORMATION_FAILED)) {
    return { why: fact, next: "Correct the endpoint's transformation, then retry. Nothing was sent." };
  }
  if (NO_TOKEN.test(detail ?? "")) {
    const next =
      "Check the token URL, client ID and client secret in the endpoint's authentication, then retry. Nothing was sent.";
    return { why: fact, next };
  }
  return {
    why: withDetail("The attempt was cancelled before it ended", detail),
    next: "Retry the delivery when it is still wanted.",
  };
}

function askedToWait(seconds: number | null): string {
  return seconds === null ? "" : ` and asked us to wait ${formatSeconds(seconds)} (Retry-After)`;
}

function formatSeconds(seconds: number): string {
  return seconds < 120 ? `${seconds}\u00a0s` : `${Math.round(seconds / 60)}\u00a0min`;
}

function withDetail(sentence: string, detail: string | null): string {
  return detail ? `${sentence}: ${detail.replace(/[.\s]+$/, "")}.` : `${sentence}.`;
}

/** What the attempt recorded says it all: it only does not know the receiver's name. */
function factOr(detail: string | null, host: string, sentence: string): string {
  return withDetail(detail?.replace(/[.\s]+$/, "").replace(/^The receiver\b/, host) ?? sentence, null);
}
