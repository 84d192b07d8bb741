import fs from "node:fs";
import os from "node:os";
import { setTimeout as delay } from "node:timers/promises";

const LOOK_MS = 2_000;
/** Above this share of all cores in use by others, a figure says more about them than about us. */
export const MOST_BUSY = 0.1;

/** The share of the machine's cores that is in use just now, by whatever runs. Ask while the bench itself is idle. */
export async function busyShare(): Promise<number> {
  const before = machineSeconds();
  await delay(LOOK_MS);
  const after = machineSeconds();
  const all = after.all - before.all;
  return all > 0 ? Math.round((1 - (after.idle - before.idle) / all) * 100) / 100 : 0;
}

/** Processor time since the start, of all cores together: spent idle, and in all. */
export function machineSeconds(): { idle: number; all: number } {
  try {
    // Other guests of the same host (steal) count as busy, waiting for a disk does not.
    const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0, steal = 0] = fs
      .readFileSync("/proc/stat", "utf8")
      .split("\n", 1)[0]!
      .trim()
      .split(/\s+/)
      .slice(1)
      .map(Number);
    return { idle: idle + wait, all: user + nice + system + idle + wait + irq + soft + steal };
  } catch {
    const sums = os
      .cpus()
      .map(({ times: { user, nice, sys, idle, irq } }) => ({ idle, all: user + nice + sys + idle + irq }));
    return { idle: sums.reduce((sum, cpu) => sum + cpu.idle, 0), all: sums.reduce((sum, cpu) => sum + cpu.all, 0) };
  }
}
