import type { IncomingMessage } from "node:http";
import type { Caller } from "../accounts/sessions.ts";

/** Our own header between the server and Next. The server overwrites whatever a client sends under this name. */
const ADDRESS_HEADER = "x-posthorn-address";

/** Tells Next where a request comes from. Called by the server for every request before it is handed over. */
export function stampAddress(request: IncomingMessage): void {
  const forwarded = request.headers["x-forwarded-for"];
  const chain = Array.isArray(forwarded) ? forwarded.join(",") : forwarded;
  request.headers[ADDRESS_HEADER] = clientAddress(request.socket.remoteAddress ?? "", chain);
}

/**
 * A peer on a private network is taken for our proxy, and the last address it forwards for the client's: that one the
 * proxy has seen itself. A public peer speaks for itself alone.
 */
export function clientAddress(peer: string, forwardedFor: string | undefined): string {
  const direct = peer.replace(/^::ffff:/, "");
  const last = forwardedFor?.split(",").at(-1)?.trim();
  return last && isPrivate(direct) ? last.replace(/^::ffff:/, "").slice(0, 64) : direct;
}

function isPrivate(address: string): boolean {
  return (
    /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.)/.test(address) ||
    /^(::1$|f[cd]|fe80:)/i.test(address)
  );
}

/** The address and browser behind a request, as the session list and the throttle know it. */
export function callerOf(headers: Headers): Caller {
  const address = headers.get(ADDRESS_HEADER) ?? headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? null;
  return { address, userAgent: headers.get("user-agent") };
}
