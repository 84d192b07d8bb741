import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

export type WorkerProcess = {
  child: ChildProcess;
  residentMb: () => number;
  ended: Promise<[number | null, string | null]>;
};

/** A worker as a process of its own, ready. */
export async function aWorkerProcess(environment: Record<string, string> = {}): Promise<WorkerProcess> {
  const child = fork("lib/worker/main.ts", {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = once(child, "exit") as Promise<[number | null, string | null]>;
  const [message] = await Promise.race([once(child, "message"), ended]);
  if (message?.type !== "ready") throw new Error(`The worker ended before it was ready: ${message}`);
  return { child, ended, residentMb: () => residentMb(child.pid!) };
}

function residentMb(pid: number): number {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
  return (pages * 4_096) / 1_048_576;
}
