import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";

/** A process of the bench; it is ready when it says so. */
export type Part = { child: ChildProcess; stop: () => Promise<void>; peakMegabytes: () => number };

export async function startPart(script: string, environment: Record<string, string>): Promise<Part> {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, NODE_ENV: "production", UV_THREADPOOL_SIZE: "32", ...environment },
    // What it logs is written nowhere; that it logs is part of what is measured.
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  const early = ended.then(([code, signal]) => {
    throw new Error(`${script} ended with ${code ?? signal}`);
  });
  early.catch(() => {}); // heard below, and of no interest once it is ready
  await Promise.race([early, message(child, "ready")]);
  return {
    child,
    peakMegabytes: () => peakMegabytes(child.pid ?? 0),
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

export function message<T extends { type: string }>(child: ChildProcess, type: string): Promise<T> {
  return new Promise((resolve) => {
    const look = (text: T) => {
      if (text.type !== type) return;
      child.off("message", look);
      resolve(text);
    };
    child.on("message", look);
  });
}

/** The most memory it ever had resident; 0 where the system does not say. */
function peakMegabytes(pid: number): number {
  try {
    const peak = /VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Math.round(Number(peak ?? 0) / 1_024);
  } catch {
    return 0;
  }
}
