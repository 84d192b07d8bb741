import type { Headers, Phases } from "../delivery/call.ts";
import type { Outcome } from "../delivery/outcomes.ts";

// What is kept of a trial call, as JSON: no secret is in any of it.

export type TlsFacts = {
  /** `TLSv1.3` */
  protocol: string | null;
  /** ISO times between which the certificate is valid. */
  validFrom: string | null;
  validTo: string | null;
  /** Whom it was made out to, and by whom. */
  subject: string | null;
  issuer: string | null;
};

/** The request as it was sent: header values of the endpoint's own are masked. */
export type TrialRequest = {
  method: string;
  url: string;
  headers: Headers;
  /** Base64 of at most the first `MOST_KEPT_BYTES`. */
  body: string;
  bodyBytes: number;
};

export type TrialAnswer = Phases & {
  outcome: Outcome;
  statusCode: number | null;
  detail: string | null;
  firstByteMs: number | null;
  totalMs: number;
  headers: Headers | null;
  /** Base64; null without a body. */
  body: string | null;
  bodyCut: boolean;
  remoteAddress: string | null;
  /** Whether that address is one of the public internet. */
  isPublic: boolean;
  tls: TlsFacts | null;
  /** Where a redirect would have led: it is never followed. */
  redirectTo: string | null;
};

export type Trial = {
  startedAt: Date;
  /** Null when there was nothing to send. */
  request: TrialRequest | null;
  answer: TrialAnswer;
};

/** Of a body, in either direction. */
export const MOST_KEPT_BYTES = 65_536;
