import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A process of the product, as it runs on a machine of its own. */
export type ProductProcess = {
  child: ChildProcess;
  pid: number;
  /** What it has logged so far. */
  output: () => string;
  ended: Promise<{ code: number | null; signal: string | null }>;
  /** Stops it if it still runs: as asked to, then by force. */
  end: () => Promise<void>;
};

const SCRIPTS = { web: "dist/server.mjs", worker: "dist/worker.mjs", prepare: "dist/prepare.mjs" };
const READY_WITHIN_MS = 60_000;
const GRACE_MS = 25_000;
const MOST_OUTPUT = 20_000;

/** @param prefix a command that runs another, such as `ip netns exec …` */
export async function startProduct(
  part: "web" | "worker",
  environment: Record<string, string>,
  prefix: string[] = [],
): Promise<ProductProcess> {
  const started = launch(SCRIPTS[part], environment, prefix);
  const ready = new Promise<void>((resolve) => {
    started.child.on("message", (message: { type: string }) => message.type === "ready" && resolve());
  });
  const failed = started.ended.then(({ code, signal }) => {
    throw new Error(`The ${part} ended with ${code ?? signal}:\n${started.output()}`);
  });
  failed.catch(() => {}); // heard below, and of no interest once it is ready
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`The ${part} was not ready:\n${started.output()}`)), READY_WITHIN_MS).unref();
  });
  await Promise.race([ready, failed, late]);
  return started;
}

/** Migrates, and makes what the environment asks for. @returns what it said when it refused */
export async function prepareDatabase(environment: Record<string, string>): Promise<string | null> {
  const { child, ended, output } = launch(SCRIPTS.prepare, environment, []);
  let refused: string | null = null;
  child.on("message", (message: { type: string; sentence?: string }) => {
    refused = message.sentence ?? null;
  });
  const { code } = await ended;
  if (code !== 0) throw new Error(`The database could not be prepared:\n${output()}`);
  return refused;
}

function launch(script: string, environment: Record<string, string>, prefix: string[]): ProductProcess {
  const [command = process.execPath, ...rest] = [...prefix, process.execPath, script];
  const { DATABASE_URL: _, ...inherited } = process.env;
  const child = spawn(command, rest, {
    env: { ...inherited, NODE_ENV: "production", UV_THREADPOOL_SIZE: "32", ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let text = "";
  const keep = (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-MOST_OUTPUT);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const ended = once(child, "exit").then(([code, signal]) => ({ code, signal }));
  return {
    child,
    pid: child.pid ?? 0,
    output: () => text,
    ended,
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGCONT");
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
      await ended;
      clearTimeout(force);
    },
  };
}
