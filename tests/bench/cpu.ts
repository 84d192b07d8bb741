import fs from "node:fs";

/** The kernel counts in hundredths of a second. */
const TICKS_A_SECOND = 100;

/** Seconds of processor time a process has used; 0 where the system does not say. */
export function cpuSeconds(pid: number): number {
  const times = timesOf(pid);
  return times ? (times.user + times.system) / TICKS_A_SECOND : 0;
}

/** The same for a Postgres server with all its processes, those that have ended included. */
export function clusterCpuSeconds(postmaster: number): number {
  const own = timesOf(postmaster);
  if (!own) return 0;
  const children = processes().filter(({ parent }) => parent === postmaster);
  const ticks = children.reduce((sum, { user, system }) => sum + user + system, own.user + own.system + own.ended);
  return ticks / TICKS_A_SECOND;
}

type Times = { parent: number; user: number; system: number; ended: number };

function processes(): Times[] {
  return fs.readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? (timesOf(Number(name)) ?? []) : []));
}

function timesOf(pid: number): Times | null {
  try {
    // The second field is the name in brackets, which may hold anything.
    const fields = fs
      .readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ")
      .map(Number);
    const [, parent = 0, , , , , , , , , , user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields;
    return { parent, user, system, ended: endedUser + endedSystem };
  } catch {
    return null;
  }
}
