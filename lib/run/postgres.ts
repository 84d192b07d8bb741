import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { answers, freePort } from "./ports.ts";
import { DATABASE_USER, keptPassword, makeCluster, SERVER_ENVIRONMENT } from "./postgres/initdb.ts";
import { type Place, placeFor } from "./postgres/place.ts";
import { type Postmaster, readPostmaster, runningPostmaster } from "./postgres/postmaster.ts";
import { isAlive } from "./processes.mjs";

/** A running embedded Postgres. */
export type Cluster = {
  url: string;
  pid: number;
  port: number;
  /** It ran already: a supervisor before us was killed. */
  adopted: boolean;
  /** Resolves when the server has ended, for whatever reason. */
  ended: Promise<void>;
  stop: () => Promise<void>;
};
export type Settings = Record<string, string | number>;

/** What the product runs with. Parallel queries need more shared memory than containers give; the rest is measured. */
export const PRODUCT_SETTINGS: Settings = {
  shared_buffers: "128MB",
  max_connections: 100,
  max_wal_size: "1GB",
  jit: "off",
  max_parallel_workers_per_gather: 0,
  autovacuum_naptime: "10s",
};

const START_TRIES = 5;
/** Recovery after a crash replays up to `max_wal_size`. */
const READY_WITHIN_MS = 120_000;
const FAST_STOP_MS = 15_000;
const POLL_MS = 25;

/** Makes the cluster when it is missing, starts it unless it runs already, and waits until it takes connections. */
export async function startCluster(dataDir: string, settings: Settings, wantedPort?: number): Promise<Cluster> {
  const folder = path.resolve(dataDir);
  fs.mkdirSync(folder, { recursive: true });
  const place = placeFor(folder);
  const password = keptPassword(folder);
  makeCluster(place, password);
  for (let tries = 1; ; tries++) {
    const running = runningPostmaster(place.data);
    const server = running ? await adopt(place.data, running) : await launch(place, folder, settings, wantedPort);
    if (typeof server === "object") return { ...server, url: urlOf(password, server.port) };
    if (tries === START_TRIES) throw new Error(`Postgres does not start: ${server}`);
  }
}

/** Where the embedded database of a data folder is reached, while it runs. */
export function urlOfRunning(dataDir: string): string | null {
  const folder = path.resolve(dataDir);
  const data = path.join(folder, "pg");
  if (!fs.existsSync(path.join(data, "PG_VERSION"))) return null;
  const running = runningPostmaster(data);
  return running?.status === "ready" ? urlOf(keptPassword(folder), running.port) : null;
}

function urlOf(password: string, port: number): string {
  return `postgres://${DATABASE_USER}:${password}@127.0.0.1:${port}/postgres`;
}

type Server = Omit<Cluster, "url">;

/** Takes over a server that runs, or says why not once it has ended. */
async function adopt(data: string, { pid }: Postmaster): Promise<Server | string> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (isAlive(pid) && Date.now() < deadline) {
    const now = readPostmaster(data);
    if (now?.pid === pid && now.status === "ready" && (await answers(now.port))) {
      return { pid, port: now.port, adopted: true, ended: gone(pid), stop: () => stopServer(pid) };
    }
    await delay(POLL_MS);
  }
  return "a server that was starting or stopping on the same data did not become ready";
}

async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await delay(200, undefined, { ref: false });
}

/** Starts the server, or says why it ended. */
async function launch(place: Place, folder: string, settings: Settings, wanted?: number): Promise<Server | string> {
  const port = wanted ?? (await freePort());
  const logFile = path.join(folder, "pg.log");
  const logged = fs.statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  const output = fs.openSync(logFile, "a", 0o600);
  const options = { port, listen_addresses: "127.0.0.1", unix_socket_directories: "", ...settings };
  const flags = Object.entries(options).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  // A group of its own: the terminal's Ctrl-C must not reach it before web and worker have drained.
  const child = spawn(path.join(place.bin, "postgres"), ["-D", place.data, ...flags], {
    ...place.user,
    cwd: place.data,
    env: SERVER_ENVIRONMENT,
    detached: true,
    stdio: ["ignore", output, output],
  });
  fs.closeSync(output);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  if (!(await isReady(place.data, child))) return lastWords(logFile, logged);
  const pid = child.pid ?? 0;
  return { pid, port, adopted: false, ended, stop: () => stopServer(pid) };
}

async function isReady(data: string, child: ChildProcess): Promise<boolean> {
  let failed = false;
  child.once("error", () => {
    failed = true;
  });
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (failed || child.exitCode !== null || child.signalCode !== null) return false;
    const now = readPostmaster(data);
    if (now?.pid === child.pid && now?.status === "ready") return true;
    await delay(POLL_MS);
  }
  child.kill("SIGQUIT");
  return false;
}

function lastWords(logFile: string, from: number): string {
  const lines = fs.readFileSync(logFile).subarray(from).toString("utf8").trim().split("\n");
  return lines.findLast((line) => /FATAL|PANIC|error/.test(line)) ?? lines.at(-1) ?? `see ${logFile}`;
}

/** A fast stop; when it takes too long, an immediate one, which the next start recovers from. */
async function stopServer(pid: number): Promise<void> {
  signal(pid, "SIGINT");
  const deadline = Date.now() + FAST_STOP_MS;
  let immediate = false;
  while (isAlive(pid)) {
    if (!immediate && Date.now() > deadline) {
      immediate = true;
      signal(pid, "SIGQUIT");
    }
    await delay(POLL_MS);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // Ended in the meantime.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
