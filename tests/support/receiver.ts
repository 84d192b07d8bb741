import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import https from "node:https";
import net, { type AddressInfo, type Socket } from "node:net";
import { gzipSync } from "node:zlib";

export type ReceivedCall = { path: string; headers: http.IncomingHttpHeaders; body: Buffer };
export type FaultReceiver = {
  url: string;
  port: number;
  calls: ReceivedCall[];
  /** Lets every call that waits at `/gate` go on. */
  openGate: () => void;
  close: () => Promise<void>;
};

type Fault = (args: {
  request: IncomingMessage;
  response: ServerResponse;
  parts: string[];
  query: URLSearchParams;
  state: State;
}) => void;
type State = {
  seen: Map<string, number>;
  gate: Promise<void>;
  timers: Set<NodeJS.Timeout>;
  /** Sockets that have answered a call before. */
  used: WeakSet<object>;
  downSince: number | null;
};

function every(state: State, ms: number, response: ServerResponse, act: () => void): void {
  const timer = setInterval(act, ms);
  state.timers.add(timer);
  response.on("close", () => clearInterval(timer));
}

function raw(response: ServerResponse, text: string): void {
  response.socket?.end(text);
}

/** 50 MB of zeros, compressed when it is first asked for. */
let bomb: Buffer | undefined;
const CHUNK = Buffer.alloc(65_536, "x");

/** What each path does wrong; `/ok` does nothing wrong. */
const FAULTS: Record<string, Fault> = {
  ok: ({ response }) => response.end("thank you"),
  // As the endpoint of a Slack command does.
  command: ({ response }) =>
    response
      .writeHead(200, { "content-type": "application/json; charset=utf-8", "set-cookie": "session=1" })
      .end('{"response_type":"in_channel","text":"Deploying main"}'),
  status: ({ response, parts }) => response.writeHead(Number(parts[1])).end(`status ${parts[1]}`),
  gate: ({ response, state }) => void state.gate.then(() => response.end("at last")),
  hang: () => {},
  slow: ({ response, parts, state }) => {
    const timer = setTimeout(() => response.end("slow"), Number(parts[1]));
    state.timers.add(timer);
  },
  flaky: ({ request, response, parts, state }) => {
    const id = String(request.headers["webhook-id"]);
    const times = (state.seen.get(id) ?? 0) + 1;
    state.seen.set(id, times);
    response.writeHead(times > Number(parts[1]) ? 200 : 500).end(`call ${times}`);
  },
  "retry-after": ({ response, parts }) =>
    response.writeHead(Number(parts[1]), { "retry-after": decodeURIComponent(parts[2] ?? "") }).end(),
  "retry-date": ({ response, parts }) => {
    const date = new Date(Date.now() + Number(parts[2]) * 1_000).toUTCString();
    response.writeHead(Number(parts[1]), { "retry-after": date }).end();
  },
  drip: ({ response, state }) => {
    response.writeHead(Number(200));
    every(state, 50, response, () => response.write("."));
  },
  "drip-headers": ({ response, state }) => {
    response.socket?.write("HTTP/1.1 200 OK\r\nx-drip: ");
    every(state, 50, response, () => response.socket?.write("."));
  },
  "early-hints": ({ response, state }) => every(state, 50, response, () => response.writeEarlyHints({ link: "</a>" })),
  endless: ({ response }) => {
    const more = () => {
      if (!response.destroyed) response.write(CHUNK, () => setImmediate(more));
    };
    more();
  },
  "gzip-bomb": ({ response }) => {
    bomb ??= gzipSync(Buffer.alloc(50_000_000));
    response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
  },
  "huge-header": ({ response }) => raw(response, `HTTP/1.1 200 OK\r\nx-huge: ${"h".repeat(200_000)}\r\n\r\n`),
  // Together 24 KB in 2,000 small ones: more than the client reads, none of them large.
  "many-headers": ({ response }) =>
    raw(response, `HTTP/1.1 200 OK\r\n${Array.from({ length: 2_000 }, (_, n) => `x-${n}: many\r\n`).join("")}\r\n`),
  "reset-before": ({ response }) => void response.socket?.destroy(),
  reset: ({ response, query }) => {
    response.writeHead(Number(query.get("status") ?? 200), { "content-length": "1000" }).write("half an answer");
    setImmediate(() => response.socket?.destroy());
  },
  short: ({ response }) => raw(response, "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort"),
  garbage: ({ response }) => raw(response, "this is not HTTP at all\r\n\r\n"),
  redirect: ({ response, query }) => response.writeHead(302, { location: query.get("to") ?? "/ok" }).end(),
  "redirect-loop": ({ request, response }) => response.writeHead(307, { location: request.url }).end(),
  // An idle connection that the receiver closes at the very moment it is used again.
  "keep-alive-race": ({ request, response, state }) => {
    if (state.used.has(request.socket)) return void request.socket.destroy();
    state.used.add(request.socket);
    response.end("the next call on this connection gets no answer");
  },
  down: ({ response, parts, state }) => {
    state.downSince ??= Date.now();
    if (Date.now() - state.downSince < Number(parts[1])) response.socket?.destroy();
    else response.end("up again");
  },
  binary: ({ response }) => response.writeHead(500).end(Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))),
  xss: ({ response }) => response.writeHead(500).end("<script>alert(1)</script>"),
  nul: ({ response }) => response.writeHead(500, { "x-odd": "caf\u00e9" }).end(Buffer.from([0, 1, 2, 0, 255, 0])),
  "set-cookie": ({ response }) => response.writeHead(200, { "set-cookie": ["a=1", "b=2"] }).end(),
};

/** A receiver that misbehaves on request, and remembers every call. */
export async function faultReceiver(tls?: https.ServerOptions): Promise<FaultReceiver> {
  const calls: ReceivedCall[] = [];
  const sockets = new Set<Socket>();
  let openGate = () => {};
  const state: State = {
    seen: new Map(),
    gate: new Promise((resolve) => {
      openGate = resolve;
    }),
    timers: new Set(),
    used: new WeakSet(),
    downSince: null,
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://receiver");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    calls.push({ path: url.pathname, headers: request.headers, body: Buffer.concat(chunks) });
    const parts = url.pathname.slice(1).split("/");
    const fault = FAULTS[parts[0] ?? ""];
    if (fault) fault({ request, response, parts, query: url.searchParams, state });
    else response.writeHead(404).end();
  };
  const listener = (request: IncomingMessage, response: ServerResponse) =>
    void answer(request, response).catch(() => {});
  const server = tls ? https.createServer(tls, listener) : http.createServer(listener);
  // A handshake that the other side breaks off is what some of the receivers are for.
  server.on("tlsClientError", () => {});
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? "https" : "http"}://127.0.0.1:${port}`,
    port,
    calls,
    openGate: () => openGate(),
    close: async () => {
      for (const timer of state.timers) clearInterval(timer);
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** A port that accepts connections and then says nothing, as a TLS server that hangs does. */
export async function silentServer(): Promise<{ port: number; close: () => void }> {
  const sockets = new Set<Socket>();
  const server = net.createServer((socket) => sockets.add(socket.on("error", () => {})));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
