// Facts about processes, from /proc where there is one, else from ps.
import { spawnSync } from "node:child_process";
import fs from "node:fs";

/** Whether a process runs. A zombie that nobody reaped (as in containers) does not.
 * @param {number} pid */
export function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, and belongs to someone else.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EPERM") return false;
  }
  return statOf(pid)?.state !== "Z";
}

/** The parent of a process, 0 when unknown.
 * @param {number} pid */
export function parentOf(pid) {
  return statOf(pid)?.parent ?? (Number(ps(pid, "ppid=")) || 0);
}

/** The command line of a process, "" when unknown.
 * @param {number} pid */
export function commandOf(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    // No /proc here, or the process is gone.
    return ps(pid, "command=");
  }
}

/** Tells a process from a later one with the same id.
 * @param {number} pid */
export function startOf(pid) {
  return statOf(pid)?.start ?? ps(pid, "lstart=");
}

/** @param {number} pid */
function statOf(pid) {
  try {
    // The name in the second field may hold spaces and brackets: count from its end.
    const fields = fs
      .readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return { state: fields[0], parent: Number(fields[1]), start: fields[19] ?? "" };
  } catch {
    return null;
  }
}

/** @param {number} pid @param {string} format */
function ps(pid, format) {
  if (process.platform === "win32") return "";
  return (spawnSync("ps", ["-o", format, "-p", String(pid)], { encoding: "utf8" }).stdout ?? "").trim();
}
