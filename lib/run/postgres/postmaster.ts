import fs from "node:fs";
import path from "node:path";
import { commandOf, isAlive } from "../processes.mjs";

/** What a running server says about itself in postmaster.pid. */
export type Postmaster = { pid: number; port: number; status: string };

/** The server that runs on a data folder, or null. A file that outlived its server is removed: it would stop the next. */
export function runningPostmaster(data: string): Postmaster | null {
  const found = readPostmaster(data);
  if (!found) return null;
  if (isAlive(found.pid) && commandOf(found.pid).includes("postgres")) return found;
  // Dead, a zombie, or a later process with the same id. Postgres itself would take the last two for a live server.
  fs.rmSync(path.join(data, "postmaster.pid"), { force: true });
  return null;
}

export function readPostmaster(data: string): Postmaster | null {
  let text: string;
  try {
    text = fs.readFileSync(path.join(data, "postmaster.pid"), "utf8");
  } catch {
    // None runs, or it has not written the file yet.
    return null;
  }
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3]), status: lines[7]?.trim() ?? "" } : null;
}
