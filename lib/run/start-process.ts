import { type ChildProcess, spawn } from "node:child_process";
import type { Running } from "./keep-running.ts";

const DRAIN_MS = 20_000;

/** What our processes tell the supervisor. */
export type Message =
  | { type: "ready"; url: string }
  | { type: "prepared"; setUpLink: string | null }
  | { type: "refused"; sentence: string };

/**
 * Starts a process of ours: in a group of its own, so that the terminal's Ctrl-C leaves draining to the supervisor, and
 * with a channel whose end tells it that the supervisor is gone.
 */
export function startProcess(
  script: string,
  environment: NodeJS.ProcessEnv,
  onMessage: (message: Message) => void = () => {},
): Running {
  const child = spawn(process.execPath, [script], {
    env: environment,
    detached: true,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  child.on("message", onMessage);
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  return { ended, stop: () => stopProcess(child, ended) };
}

async function stopProcess(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill("SIGTERM");
  const lastResort = setTimeout(() => child.kill("SIGKILL"), DRAIN_MS);
  await ended;
  clearTimeout(lastResort);
}
