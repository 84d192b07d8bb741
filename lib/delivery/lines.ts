import type { Socket } from "node:net";
import { Client } from "undici";
import type { AddressPolicy } from "./address-policy.ts";
import type { Target } from "./call.ts";
import { type Connection, guardedConnector, type Lookup, newConnection, receiverConnector } from "./connect.ts";

/** Connections an endpoint may have open at once, unless its own limit allows for more calls. */
const USUAL_LINES = 64;
/** Endpoints whose connections are kept; the least recently used are closed first. */
const MOST_ENDPOINTS = 256;
/** Shorter than the 5 s after which Node's own servers close an idle connection. */
const KEEP_ALIVE_MS = 4_000;
const MAX_HEADER_BYTES = 16_384;

/** One keep-alive connection to an endpoint, used by one call at a time. */
export type Line = {
  client: Client;
  connection: Connection;
  /** A call was given up while the connection was still being opened: whoever comes next should not wait for it. */
  stuck: boolean;
};

export type LineOptions = {
  policy: AddressPolicy;
  lookup: Lookup;
  receiverPort: number | undefined;
  /** Told of each socket as it is opened, by whoever wants to know what was found there. */
  onSocket?: (socket: Socket, url: URL) => void;
};

/** `freed`: how many lines had become free when this wait, or its present part, began. */
type Waiting = { resolve: (line: Line | null) => void; timer: NodeJS.Timeout; freed: number; begun: number };

/** Nobody waits longer than this, however fast the line moves. */
const LONGEST_WAIT_MS = 10_000;

/** The lines to one version of an endpoint. Who finds none free waits, in order. */
class EndpointLines {
  readonly version: number;
  readonly #target: Target;
  readonly #options: LineOptions;
  readonly #idle: Line[] = [];
  readonly #waiting: Waiting[] = [];
  #open = 0;
  /** Calls that have ended. */
  #freed = 0;
  #closed = false;

  constructor(target: Target, options: LineOptions) {
    this.version = target.version;
    this.#target = target;
    this.#options = options;
  }

  get busy(): boolean {
    return this.#open > this.#idle.length;
  }

  /** Waits for a free line; not for one of an endpoint whose calls take longer than the patience. */
  acquire(patienceMs: number): Line | Promise<Line | null> {
    const line = this.#idle.pop();
    if (line) return line;
    if (this.#open < Math.max(USUAL_LINES, this.#target.maxInFlight ?? 0)) return this.#newLine();
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#endPatience(waiting), patienceMs);
      const waiting = { resolve, timer, freed: this.#freed, begun: performance.now() };
      this.#waiting.push(waiting);
    });
  }

  release(used: Line): void {
    this.#freed++;
    const line = used.stuck ? this.#replace(used) : used;
    const next = this.#waiting.shift();
    if (next) {
      clearTimeout(next.timer);
      next.resolve(line);
    } else if (this.#closed) {
      this.#open--;
      void line.client.close();
    } else {
      this.#idle.push(line);
    }
  }

  /** Closes what is idle now and the rest as it becomes free. */
  close(): void {
    this.#closed = true;
    for (const { client } of this.#idle.splice(0)) {
      this.#open--;
      void client.close();
    }
  }

  /** A line that moves is worth waiting in: a backlog of a fast endpoint is no reason to hold it back. */
  #endPatience(waiting: Waiting): void {
    const moved = this.#freed - waiting.freed >= this.#open;
    if (moved && performance.now() - waiting.begun < LONGEST_WAIT_MS) {
      waiting.freed = this.#freed;
      waiting.timer.refresh();
    } else {
      this.#giveUp(waiting);
    }
  }

  #giveUp(waiting: Waiting): void {
    this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
    waiting.resolve(null);
  }

  #replace(stuck: Line): Line {
    this.#open--;
    void stuck.client.destroy();
    return this.#newLine();
  }

  #newLine(): Line {
    this.#open++;
    const { url, builtIn, clientCertificate } = this.#target;
    const { policy, lookup, receiverPort, onSocket } = this.#options;
    const onOpening = (connection: Connection) => {
      line.connection = connection;
    };
    const connect =
      builtIn && receiverPort
        ? receiverConnector(receiverPort, onOpening)
        : guardedConnector(url, policy, lookup, onOpening, clientCertificate, onSocket);
    const client = new Client(url.origin, {
      connect,
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      // The attempt has one deadline of its own, from look-up to last byte.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const line: Line = { client, connection: newConnection(), stuck: false };
    return line;
  }
}

/** All open lines of this process. */
export class Lines {
  readonly #options: LineOptions;
  readonly #endpoints = new Map<string, EndpointLines>();

  constructor(options: LineOptions) {
    this.#options = options;
  }

  /** The lines to an endpoint's version; those to an older version are closed. */
  of(target: Target): EndpointLines {
    const { endpointId, version } = target;
    const known = this.#endpoints.get(endpointId);
    this.#endpoints.delete(endpointId);
    if (known && known.version !== version) known.close();
    const lines = known?.version === version ? known : new EndpointLines(target, this.#options);
    this.#endpoints.set(endpointId, lines);
    if (this.#endpoints.size > MOST_ENDPOINTS) this.#closeOldest();
    return lines;
  }

  close(): void {
    for (const lines of this.#endpoints.values()) lines.close();
    this.#endpoints.clear();
  }

  #closeOldest(): void {
    for (const [id, lines] of this.#endpoints) {
      if (lines.busy) continue;
      lines.close();
      this.#endpoints.delete(id);
      return;
    }
  }
}
