import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { answerClientError } from "../doors/client-error.ts";
import { eventsDoor, takesBody } from "../doors/events-door.ts";
import { answerHealth, HEALTH_PATH } from "../doors/health.ts";
import { inboundDoor, isInbound } from "../doors/inbound-door.ts";
import { stampAddress } from "./caller.ts";
import { trustHost } from "./trusted-host.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export type Timeouts = { requestMs: number; headersMs: number; checkMs: number };
/** A whole request within a minute, its head within ten seconds: an upload of one byte a second ends here. */
const TIMEOUTS: Timeouts = { requestMs: 60_000, headersMs: 10_000, checkMs: 1_000 };
/** Longer than load balancers keep theirs, so that they are the ones to close. */
const KEEP_ALIVE_MS = 75_000;
const MAX_HEADER_BYTES = 16 * 1_024;
/** How often connections that have become idle are closed while the server stops. */
const CLOSE_EVERY_MS = 50;

/** The HTTP server: the doors first, everything else goes to `rest`, which is Next. */
export function createWebServer(rest: Handler, timeouts = TIMEOUTS): Server {
  const handle: Handler = (request, response) => {
    stampAddress(request);
    if (eventsDoor(request, response) || inboundDoor(request, response)) return;
    if (request.url === HEALTH_PATH && request.method === "GET") return void answerHealth(request, response);
    trustHost(request);
    rest(request, response);
  };
  const server = createServer({
    requestTimeout: timeouts.requestMs,
    headersTimeout: timeouts.headersMs,
    connectionsCheckingInterval: timeouts.checkMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
  });
  server.on("request", handle);
  server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
    if (!takesBody(request) && !isInbound(request)) response.writeContinue();
    handle(request, response);
  });
  server.on("clientError", answerClientError);
  return server;
}

/** Stops taking connections and resolves when the open ones have had their answers. */
export async function closeWebServer(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  // A connection that is busy now is kept alive after its answer, unless somebody looks again.
  const closing = setInterval(() => server.closeIdleConnections(), CLOSE_EVERY_MS);
  server.closeIdleConnections();
  await closed;
  clearInterval(closing);
}
