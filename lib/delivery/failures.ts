import type { Outcome } from "./outcomes.ts";

/** Our guard refused an address. */
export class BlockedError extends Error {
  override name = "BlockedError";
}

export type Failure = { outcome: Outcome; detail: string };

const CERTIFICATE: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "The receiver's certificate is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "The receiver's certificate chain ends in a self-signed certificate",
  CERT_HAS_EXPIRED: "The receiver's certificate has expired",
  CERT_NOT_YET_VALID: "The receiver's certificate is not valid yet",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "The receiver does not send the intermediate certificate that signed its own",
  UNABLE_TO_GET_ISSUER_CERT: "The receiver's certificate is signed by an unknown authority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "The receiver's certificate is signed by an unknown authority",
  CERT_REVOKED: "The receiver's certificate was revoked",
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: "The receiver asks for a client certificate",
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: "The receiver does not know who signed the client certificate",
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: "The receiver refuses the client certificate",
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: "The receiver says that the client certificate has expired",
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: "The receiver refuses the client certificate",
};

const DNS: Record<string, string> = {
  ENOTFOUND: "The host name does not exist",
  ENODATA: "The host name has no address",
  EAI_AGAIN: "The name server did not answer",
  EAI_FAIL: "The name server failed",
  EAI_NODATA: "The host name has no address",
  EAI_NONAME: "The host name does not exist",
};

const CONNECT: Record<string, string> = {
  ECONNREFUSED: "Nothing listens there: the connection was refused",
  EHOSTUNREACH: "There is no route to the host",
  ENETUNREACH: "There is no route to the host's network",
  EHOSTDOWN: "The host is down",
  EADDRNOTAVAIL: "No local address could be used for the connection",
  EACCES: "A local firewall refused the connection",
  EPERM: "A local firewall refused the connection",
  ECONNABORTED: "The connection was aborted",
};

const RESET = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);
const TIMEOUT = new Set(["ETIMEDOUT", "UND_ERR_CONNECT_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"]);

/** Which of the outcomes an error is, with one sentence of fact. */
export function failureOf(thrown: unknown, connected: boolean): Failure {
  const error = firstOf(thrown);
  const code = codeOf(error);
  if (error instanceof BlockedError) return { outcome: "blocked", detail: error.message };
  if (DNS[code]) return { outcome: "dns", detail: `${DNS[code]} (${code})` };
  if (CONNECT[code]) return { outcome: "connect", detail: `${CONNECT[code]} (${code})` };
  if (TIMEOUT.has(code)) return { outcome: "timeout", detail: "No connection was made within 5 s" };
  if (isTls(code)) return { outcome: "tls", detail: tlsDetail(code, error) };
  if (RESET.has(code)) return { outcome: "reset", detail: resetDetail(connected) };
  if (code === "UND_ERR_HEADERS_OVERFLOW")
    return { outcome: "too_large", detail: "The response's headers are larger than 16 KiB" };
  if (code === "UND_ERR_INVALID_ARG")
    return { outcome: "cancelled", detail: `The request could not be made: ${messageOf(error)}` };
  return { outcome: "protocol", detail: `The answer is not valid HTTP: ${messageOf(error)}` };
}

function firstOf(thrown: unknown): unknown {
  return thrown instanceof AggregateError && thrown.errors.length > 0 ? thrown.errors[0] : thrown;
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isTls(code: string): boolean {
  return code in CERTIFICATE || /^(ERR_TLS_|ERR_SSL_|CERT_|EPROTO|UNABLE_TO_|INVALID_|HOSTNAME_|CRL_)/.test(code);
}

function tlsDetail(code: string, error: unknown): string {
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return `The certificate belongs to another name: ${messageOf(error)}`;
  return CERTIFICATE[code] ? `${CERTIFICATE[code]} (${code})` : `The TLS handshake failed: ${messageOf(error)}`;
}

function resetDetail(connected: boolean): string {
  return connected
    ? "The receiver closed the connection before it had answered"
    : "The receiver closed the connection while it was being made";
}
