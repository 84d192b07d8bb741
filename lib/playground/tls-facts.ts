import type { Socket } from "node:net";
import { type PeerCertificate, TLSSocket } from "node:tls";
import type { TlsFacts } from "./trial-result.ts";

/**
 * Tells what a connection's handshake found, a refused certificate's as well: Node checks it on the same event, after us.
 */
export function onHandshake(socket: Socket, take: (facts: TlsFacts) => void): void {
  if (!(socket instanceof TLSSocket)) return;
  socket.prependOnceListener("secure", () => take(factsOf(socket.getProtocol(), socket.getPeerCertificate())));
}

function factsOf(protocol: string | null, certificate: PeerCertificate | null): TlsFacts {
  return {
    protocol,
    validFrom: isoTime(certificate?.valid_from),
    validTo: isoTime(certificate?.valid_to),
    subject: oneName(certificate?.subject?.CN),
    issuer: oneName(certificate?.issuer?.O) ?? oneName(certificate?.issuer?.CN),
  };
}

/** `Jan  3 12:00:00 2027 GMT`, as OpenSSL writes it. */
function isoTime(text: string | undefined): string | null {
  const time = Date.parse(text ?? "");
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** A certificate may name several, and as long as it likes. */
function oneName(name: string | string[] | undefined): string | null {
  return [name].flat()[0]?.slice(0, 200) ?? null;
}
