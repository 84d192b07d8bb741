import type { Method } from "../endpoints/states.ts";
import type { Outcome } from "./outcomes.ts";

export type Headers = [name: string, value: string][];

/** What one HTTP call needs to know of its endpoint. */
export type Target = {
  endpointId: string;
  version: number;
  url: URL;
  builtIn: boolean;
  method: Method | "GET";
  timeoutMs: number;
  expectedStatuses: readonly number[];
  maxInFlight?: number | null;
  /** PEM, for receivers that ask who calls in the TLS handshake. */
  clientCertificate?: { certificate: string; key: string } | null;
};

/** Milliseconds each phase of opening a connection took; null when it did not happen. */
export type Phases = { dnsMs: number | null; connectMs: number | null; tlsMs: number | null };

/** How a call ended. Never an exception: whatever a receiver does is one of these. */
export type CallResult = Phases & {
  outcome: Outcome;
  statusCode: number | null;
  detail: string | null;
  firstByteMs: number | null;
  totalMs: number;
  reusedConnection: boolean;
  responseHeaders: Headers | null;
  responseBody: Buffer | null;
  responseCut: boolean;
  remoteAddress: string | null;
  /** The receiver said in its own words, not by a 410, that it is gone for good. */
  gone?: boolean;
};

export type Call = {
  target: Target;
  headers: Headers;
  body: Buffer;
  signal?: AbortSignal;
  /** How much of the answer is read; 64 KiB when it is not said. */
  mostBytes?: number;
};
