import net, { type Socket } from "node:net";

const LOOK_EVERY_MS = 1_000;
const READY = "Z".charCodeAt(0);
const IDLE = "I".charCodeAt(0);
const READY_BYTES = 6;

type Watched = { mostMs: number; unansweredSince: number | null; heardAt: number; server: string };
/** What postgres.js hands to whoever makes its sockets. */
type Target = { host: string[]; port: number[]; path?: string };

const watched = new Map<Socket, Watched>();
let isLooking = false;

/**
 * Makes the sockets of a client, and ends those on which a statement has got no byte of answer for so long: a database
 * or a firewall that vanished without a word would otherwise be waited for until the kernel gives up, a quarter of an
 * hour later. Inside TLS nothing can be seen; there the kernel's patience counts.
 */
export function socketsThatAnswer(mostMs: number): { socket: (target: Target) => Socket } {
  let next = 0;
  return {
    socket({ host, port, path }) {
      const which = next++ % port.length;
      // Still connecting when it is handed over: what is written meanwhile waits, and errors come as they always do.
      const socket = path ? net.connect(path) : net.connect(port[which] ?? 5432, host[which]);
      // By it TLS knows whose certificate to expect.
      return watch(Object.assign(socket, { host: host[which], port: port[which] }), mostMs);
    },
  };
}

function watch(socket: Socket & { host?: string; port?: number }, mostMs: number): Socket {
  const server = `${socket.host}:${socket.port}`;
  const mine: Watched = { mostMs, unansweredSince: null, heardAt: performance.now(), server };
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  socket.write = (...args: unknown[]) => {
    mine.unansweredSince ??= performance.now();
    return write(...args);
  };
  socket.on("data", (bytes: Buffer) => {
    mine.heardAt = performance.now();
    // Notifications come unasked. In mid-transaction the next statement may be under way already.
    if (mine.unansweredSince !== null) mine.unansweredSince = saysIdle(bytes) ? null : performance.now();
  });
  watched.set(socket, mine);
  if (!isLooking) setInterval(endSilent, LOOK_EVERY_MS).unref();
  isLooking = true;
  return socket;
}

/** Whether what arrived ends with ReadyForQuery, outside a transaction. */
function saysIdle(bytes: Buffer): boolean {
  const from = bytes.length - READY_BYTES;
  return from >= 0 && bytes[from] === READY && bytes.readInt32BE(from + 1) === 5 && bytes[from + 5] === IDLE;
}

function endSilent(): void {
  for (const [socket, { mostMs, unansweredSince, server }] of watched) {
    if (socket.destroyed) watched.delete(socket);
    else if (unansweredSince !== null && performance.now() - unansweredSince > mostMs) endAll(server, unansweredSince);
  }
}

/** One that is silent speaks for all that have been silent as long: the idle ones would be found out one by one. */
function endAll(silentServer: string, since: number): void {
  for (const [socket, { server, heardAt }] of watched) {
    if (server !== silentServer || heardAt > since) continue;
    watched.delete(socket);
    // Without an error: postgres.js then ends all that was asked for on it as it closes.
    socket.destroy();
  }
}
