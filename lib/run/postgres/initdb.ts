import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { isAlive } from "../processes.mjs";
import type { Place } from "./place.ts";

/** No dependence on the machine's locales and time zone. */
export const SERVER_ENVIRONMENT = { ...process.env, LC_ALL: "C", TZ: "UTC" };
export const DATABASE_USER = "posthorn";

/** The password of the embedded database, made with it and kept beside it. */
export function keptPassword(dataDir: string): string {
  const file = path.join(dataDir, "pg-password");
  const draft = `${file}.${process.pid}`;
  if (!fs.existsSync(file)) {
    fs.writeFileSync(draft, randomBytes(24).toString("hex"), { mode: 0o600 });
    try {
      fs.linkSync(draft, file);
    } catch (error) {
      // Another start was quicker: its password is the one.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      fs.rmSync(draft);
    }
  }
  return fs.readFileSync(file, "utf8").trim();
}

/** Makes the cluster when there is none. It appears whole or not at all; of several starts at once one wins. */
export function makeCluster(place: Place, password: string): void {
  removeLeftovers(place.data);
  if (fs.existsSync(path.join(place.data, "PG_VERSION"))) return;
  const draft = `${place.data}.init-${process.pid}`;
  const passwordFile = `${draft}.password`;
  try {
    fs.mkdirSync(draft, { mode: 0o700, recursive: true });
    fs.writeFileSync(passwordFile, password, { mode: 0o600 });
    giveTo(place.user, draft, passwordFile);
    initdb(place, draft, passwordFile);
    fs.renameSync(draft, place.data);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
  } finally {
    fs.rmSync(passwordFile, { force: true });
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

function initdb({ bin, user }: Place, folder: string, passwordFile: string): void {
  const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "-E", "UTF8"];
  const access = ["-U", DATABASE_USER, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
  const made = spawnSync(path.join(bin, "initdb"), ["-D", folder, ...access, ...locale], {
    ...user,
    // initdb wants a working folder that its user may enter.
    cwd: path.dirname(folder),
    env: SERVER_ENVIRONMENT,
    encoding: "utf8",
  });
  if (made.error) throw new Error(`initdb could not be run: ${made.error.message}`);
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr.trim()}`);
}

function giveTo(user: Place["user"], ...files: string[]): void {
  const { uid, gid } = user;
  if (uid === undefined || gid === undefined) return;
  for (const file of files) fs.chownSync(file, uid, gid);
}

/** What a start that was killed in mid-initdb left behind. */
function removeLeftovers(data: string): void {
  const prefix = `${path.basename(data)}.init-`;
  for (const name of fs.readdirSync(path.dirname(data))) {
    if (!name.startsWith(prefix) || isAlive(Number.parseInt(name.slice(prefix.length), 10))) continue;
    fs.rmSync(path.join(path.dirname(data), name), { recursive: true, force: true });
  }
}
