import { spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { answerApi } from "../../lib/api/router.ts";
import { eventually } from "./eventually.ts";
import { temporaryFolder } from "./posthorn.ts";

/** The REST API over real HTTP, which can go away and come back at the same address. */
export async function apiServer() {
  let server: http.Server | undefined;
  const open = async (port = 0) => {
    server = http.createServer((incoming, response) => void answer(incoming, response));
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  };
  const close = async () => {
    const closed = server && once(server, "close");
    server?.close();
    server?.closeAllConnections();
    await closed;
  };
  const port = await open();
  return { url: `http://127.0.0.1:${port}`, away: close, back: () => open(port), close };
}

async function answer({ method, url, headers }: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const request = new Request(`http://posthorn.test${url}`, {
    method: method ?? "GET",
    headers: { authorization: headers.authorization ?? "" },
  });
  const answered = await answerApi(request, { requestId: "req-1", address: "127.0.0.1" });
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(Buffer.from(await answered.arrayBuffer()));
}

export type LocalCall = { method: string; url: string; headers: http.IncomingHttpHeaders; body: Buffer };

/** What somebody develops on their machine. It answers what `status` says. */
export async function localReceiver(port = 0) {
  const calls: LocalCall[] = [];
  const local = { status: 200, calls, url: "", port: 0 };
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url = "", headers } = request;
    calls.push({ method, url, headers, body: Buffer.concat(chunks) });
    response.writeHead(local.status).end("thank you");
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  local.port = (server.address() as AddressInfo).port;
  local.url = `http://127.0.0.1:${local.port}`;
  return local;
}

type Started = { url: string; key: string; to: string; args?: string[]; home?: string };

/** The command as people start it. Resolves when it listens. */
export async function listening({ url, key, to, args = [], home = temporaryFolder("listen") }: Started) {
  const run = runCommand(["listen", "--forward", to, ...args], {
    POSTHORN_URL: url,
    POSTHORN_API_KEY: key,
    XDG_CONFIG_HOME: home,
  });
  await eventually(() => /Listening to/.test(run.output()) || (run.child.exitCode !== null && run.output()));
  return {
    ...run,
    home,
    /** As Ctrl+C does. */
    async stop() {
      run.child.kill("SIGINT");
      return run.ended;
    },
  };
}

export function runCommand(args: string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["lib/listen/posthorn.mjs", ...args], {
    // Nothing of whoever runs the tests, their key least of all.
    env: { NODE_ENV: "production", PATH: process.env.PATH, HOME: temporaryFolder("home"), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "close").then(([code]) => code as number | null);
  return { child, ended, output: () => Buffer.concat(chunks).toString() };
}
