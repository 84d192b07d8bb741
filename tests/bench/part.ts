import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";

/** A process of the bench; it is ready when it says so. */
export type Part = {
  child: ChildProcess;
  pid: number;
  /** Ends it, by its own means or at once. */
  stop: (signal?: "SIGTERM" | "SIGKILL") => Promise<void>;
  megabytes: () => number;
  peakMegabytes: () => number;
};

const running = new Set<Part>();

/** @param options Node's own, such as `--cpu-prof` */
export async function startPart(
  script: string,
  environment: Record<string, string>,
  options: string[] = [],
): Promise<Part> {
  const child = spawn(process.execPath, [...options, script], {
    env: { ...process.env, NODE_ENV: "production", UV_THREADPOOL_SIZE: "32", ...environment },
    // What it logs is written nowhere; that it logs is part of what is measured.
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const pid = child.pid ?? 0;
  const ended = once(child, "exit");
  const part: Part = {
    child,
    pid,
    megabytes: () => memory(pid, "VmRSS"),
    peakMegabytes: () => memory(pid, "VmHWM"),
    async stop(signal = "SIGTERM") {
      child.kill(signal);
      await ended;
    },
  };
  running.add(part);
  const early = ended.then(([code, signal]) => {
    running.delete(part);
    throw new Error(`${script} ended with ${code ?? signal}`);
  });
  early.catch(() => {}); // heard below, and of no interest once it is ready
  await Promise.race([early, message(child, "ready")]);
  return part;
}

/** Ends whatever of the bench still runs. */
export async function stopParts(): Promise<void> {
  await Promise.all([...running].map((part) => part.stop("SIGKILL")));
}

/** The next message of this type; rejects when the process ends before it comes. */
export function message<T extends { type: string }>(child: ChildProcess, type: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => reject(new Error(`A process of the bench ended before it said "${type}"`));
    const look = (text: T) => {
      if (text.type !== type) return;
      child.off("message", look);
      child.off("exit", end);
      resolve(text);
    };
    child.on("message", look);
    child.once("exit", end);
  });
}

/** What it has resident (`VmRSS`), or the most it ever had (`VmHWM`); 0 where the system does not say. */
function memory(pid: number, field: "VmRSS" | "VmHWM"): number {
  try {
    const size = new RegExp(`${field}:\\s+(\\d+)`).exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Math.round(Number(size ?? 0) / 1_024);
  } catch {
    return 0;
  }
}
