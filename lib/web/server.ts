import { once } from "node:events";
import type { Server } from "node:http";
import next from "next";
import { writeKeyUses } from "../api-keys/last-used.ts";
import { closeDatabase } from "../db.ts";
import { EnvironmentError, env, publicUrl } from "../env.ts";
import { endWaits } from "../ingest/first-attempts.ts";
import { drainIngest } from "../ingest/group-commit.ts";
import { writeRefusedCalls } from "../ingest/refused-calls.ts";
import { announceNow } from "../live/announce.ts";
import { liveHub } from "../live/hub.ts";
import { errorFields, log } from "../log.ts";
import { startReceiver } from "../receiver/server.ts";
import { checkEncryptionKey } from "../secrets/cipher.ts";
import { tellLeftOut } from "../sources/quarantine-room.ts";
import { closeWebServer, createWebServer } from "./web-server.ts";

/** Shorter than the supervisor's patience, after which it kills. */
const DRAIN_MS = 12_000;

/** The web process: one port for the doors and for Next, and the built-in receiver on a loopback port of its own. */
async function start(): Promise<void> {
  const { HOST, PORT, RECEIVER_PORT } = env();
  await checkEncryptionKey();
  const app = next({ dev: process.env.NODE_ENV === "development", dir: process.cwd(), hostname: HOST, port: PORT });
  const handleWithNext = app.getRequestHandler();
  const server = createWebServer((request, response) => void handleWithNext(request, response));
  // A page asked for before Next is prepared would never be answered.
  await app.prepare();
  await listen(server, HOST, PORT);
  const receiver = RECEIVER_PORT ? await startReceiver(RECEIVER_PORT) : null;
  const stop = stopOnce(server, receiver, () => app.close());
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, stop);
  // The supervisor was killed: nobody would ever stop us.
  process.on("disconnect", stop);
  log("info", "web ready", { url: publicUrl() });
  process.send?.({ type: "ready", url: publicUrl() });
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "EADDRINUSE")
      throw new EnvironmentError(`Port ${port} is taken. Free it, or set PORT to another one.`);
    if (code === "EADDRNOTAVAIL" || code === "EACCES" || code === "ENOTFOUND") {
      throw new EnvironmentError(`Posthorn cannot listen on ${host}, port ${port} (${code}): set HOST and PORT.`);
    }
    throw error;
  }
}

/** Open calls get their answers, what was noted is written, then the process ends. */
function stopOnce(server: Server, receiver: Server | null, closeNext: () => Promise<void>): () => void {
  let stopping = false;
  return () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    drain(server, receiver, closeNext).then(
      () => process.exit(0),
      (error) => {
        log("error", "web stop", errorFields(error));
        process.exit(1);
      },
    );
  };
}

async function drain(server: Server, receiver: Server | null, closeNext: () => Promise<void>): Promise<void> {
  endWaits();
  await liveHub().close();
  receiver?.close();
  receiver?.closeIdleConnections();
  await closeWebServer(server);
  await drainIngest();
  tellLeftOut();
  await Promise.all([writeKeyUses(), writeRefusedCalls(), announceNow(), closeNext()]);
  await closeDatabase();
}

try {
  await start();
} catch (error) {
  if (error instanceof EnvironmentError) console.error(error.message);
  else log("error", "web", errorFields(error));
  process.exit(1);
}
