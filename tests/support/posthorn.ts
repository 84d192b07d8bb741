import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { build } from "../../lib/run/build.mjs";

/** The product, started as people start it: the supervisor in production, with a data folder of its own. */
export type Posthorn = {
  url: string;
  dataDir: string;
  supervisor: ChildProcess;
  output: () => string;
  stop: () => Promise<number>;
};

const READY_WITHIN_MS = 60_000;

/** A folder that the database's own user can walk to as well. */
export function temporaryFolder(name: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `posthorn-${name}-`));
  fs.chmodSync(folder, 0o755);
  return folder;
}

/** What is built must be what is tested, whoever runs a test. */
export async function ensureBuilt(): Promise<void> {
  if ((await build(process.execPath)) !== 0) throw new Error("The build failed: see above");
}

/** Starts the supervisor; it may end with a sentence instead of getting ready. */
export function spawnPosthorn(
  environment: Record<string, string>,
  { part, ...user }: { part?: "web" | "worker"; uid?: number; gid?: number } = {},
) {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const supervisor = spawn(process.execPath, ["lib/run/supervisor.ts", ...(part ? [part] : [])], {
    ...user,
    env: { ...inherited, PORT: "0", ...environment },
    // The channel ends it when the test run is killed.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const chunks: Buffer[] = [];
  supervisor.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
  supervisor.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<number>((resolve) => {
    supervisor.once("exit", (code, signal) => resolve(code ?? (signal ? 128 : 1)));
  });
  return { supervisor, output: () => Buffer.concat(chunks).toString(), ended };
}

export async function startPosthorn(environment: Record<string, string> = {}): Promise<Posthorn> {
  const dataDir = environment.DATA_DIR ?? temporaryFolder("data");
  const { supervisor, output, ended } = spawnPosthorn({ DATA_DIR: dataDir, ...environment });
  const url = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const found = /Posthorn is running at (\S+)/.exec(output())?.[1];
      if (found) resolve(found);
    };
    supervisor.stdout?.on("data", look);
    void ended.then((code) => reject(new Error(`Posthorn ended with ${code}:\n${output()}`)));
    const late = setTimeout(reject, READY_WITHIN_MS, new Error(`Posthorn was not ready:\n${output()}`));
    late.unref();
  });
  return {
    url,
    dataDir,
    supervisor,
    output,
    async stop() {
      supervisor.kill("SIGTERM");
      return ended;
    },
  };
}
