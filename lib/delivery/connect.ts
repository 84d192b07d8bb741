import { lookup as systemLookup } from "node:dns/promises";
import { isIP, type LookupFunction, type Socket } from "node:net";
import { buildConnector } from "undici";
import { type AddressPolicy, hostOf, portOf, refusal } from "./address-policy.ts";
import type { Phases, Target } from "./call.ts";
import { BlockedError } from "./failures.ts";

export type ResolvedAddress = { address: string; family: number };
/** All addresses of a name. Handed in by tests; the system's resolver otherwise, which knows hosts files. */
export type Lookup = (name: string) => Promise<ResolvedAddress[]>;

const CONNECT_TIMEOUT_MS = 5_000;

/** The connection a line has open, or is opening. */
export type Connection = Phases & { socket: Socket | null; remoteAddress: string | null; used: boolean };

export function newConnection(): Connection {
  return { dnsMs: null, connectMs: null, tlsMs: null, socket: null, remoteAddress: null, used: false };
}

const resolving = new Map<string, Promise<ResolvedAddress[]>>();

/** One look-up in flight per name: they share a small pool of threads with file access and hashing. */
export const sharedLookup: Lookup = (name) => {
  const running = resolving.get(name);
  if (running) return running;
  const started = systemLookup(name, { all: true }).finally(() => resolving.delete(name));
  resolving.set(name, started);
  return started;
};

/**
 * Opens connections to one URL. The guard sits here, where nothing can change between check and use: a literal address
 * is checked at once, of a name every address it resolves to, and in the end the address the socket really has.
 */
export function guardedConnector(
  url: URL,
  policy: AddressPolicy,
  lookup: Lookup,
  onOpening: (connection: Connection) => void,
  clientCertificate: Target["clientCertificate"] = null,
  onSocket: (socket: Socket, url: URL) => void = () => {},
): buildConnector.connector {
  const port = portOf(url);
  let connection = newConnection();
  const open = buildConnector({
    ...(clientCertificate && { cert: clientCertificate.certificate, key: clientCertificate.key }),
    timeout: CONNECT_TIMEOUT_MS,
    allowH2: false,
    lookup: vettedLookup(port, policy, lookup, () => connection),
  });
  return (options, callback) => {
    connection = newConnection();
    onOpening(connection);
    const literal = isIP(hostOf(url)) ? refusal(hostOf(url), port, policy) : null;
    if (literal) return callback(new BlockedError(literal), null);
    const socket = opened(open, options, (...result) => callback(...vetted(result, port, policy)));
    onSocket(socket, url);
    time(socket, connection, url.protocol === "https:");
  };
}

type Opened = Parameters<buildConnector.Callback>;

/** The last line of the guard: the address that the socket really has. */
function vetted(result: Opened, port: number, policy: AddressPolicy): Opened {
  const [, socket] = result;
  if (!socket) return result;
  const refused = refusal(socket.remoteAddress ?? "", socket.remotePort ?? port, policy);
  if (!refused) return result;
  socket.destroy();
  return [new BlockedError(refused), null];
}

/** undici's types hide that a connector returns the socket it opens. */
function opened(
  open: buildConnector.connector,
  options: buildConnector.Options,
  callback: buildConnector.Callback,
): Socket {
  return open(options, callback) as unknown as Socket;
}

/** Built for the product's own receiver: exactly one address and port, whatever the policy says. */
export function receiverConnector(port: number, onOpening: (connection: Connection) => void): buildConnector.connector {
  const open = buildConnector({ timeout: CONNECT_TIMEOUT_MS, allowH2: false });
  return (options, callback) => {
    const connection = newConnection();
    onOpening(connection);
    const target = { ...options, hostname: "127.0.0.1", port: String(port) };
    time(opened(open, target, callback), connection, false);
  };
}

function vettedLookup(port: number, policy: AddressPolicy, lookup: Lookup, current: () => Connection): LookupFunction {
  return (name, _options, callback) => {
    const begun = performance.now();
    lookup(name).then(
      (addresses) => {
        current().dnsMs = performance.now() - begun;
        const refused = addresses
          .map(({ address }) => refusal(address, port, policy))
          .find((reason) => reason !== null);
        if (refused) return callback(new BlockedError(`${name} resolves to a forbidden address: ${refused}`), []);
        callback(null, addresses);
      },
      (error) => callback(error, []),
    );
  };
}

function time(socket: Socket, connection: Connection, secure: boolean): void {
  const begun = performance.now();
  let connected = begun;
  connection.socket = socket;
  socket.once("connect", () => {
    connected = performance.now();
    connection.connectMs = connected - begun - (connection.dnsMs ?? 0);
    connection.remoteAddress = socket.remoteAddress ?? null;
  });
  if (!secure) return;
  socket.once("secureConnect", () => {
    connection.tlsMs = performance.now() - connected;
  });
}
