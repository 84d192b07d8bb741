import { spawn } from "node:child_process";
import os from "node:os";
import { isAlive, parentOf } from "./processes.mjs";

const LOOK_EVERY_MS = 500;

/**
 * Runs a program to its end and returns its exit code. Signals are handed on as SIGTERM: the program drains, and so do
 * we; Ctrl-C reaches it a second time from the terminal, which it must not mind.
 * @param {string} program @param {string[]} args @param {import("node:child_process").SpawnOptions} [options]
 * @param {(child: import("node:child_process").ChildProcess) => void} [onStart]
 * @returns {Promise<number>}
 */
export function runChild(program, args, options = {}, onStart = () => {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: "inherit", ...options });
    const stop = () => child.kill("SIGTERM");
    const watch = whenNpmIsGone(stop);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
    onStart(child);
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      clearInterval(watch);
      for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.off(name, stop);
      resolve(code ?? 128 + (signal ? os.constants.signals[signal] : 0));
    });
  });
}

/** npm does not pass SIGTERM on, and its shell neither: when one of the two is gone, nobody wants us to go on.
 * @param {() => void} stop */
function whenNpmIsGone(stop) {
  if (!process.env.npm_lifecycle_event || process.platform === "win32") return undefined;
  // npm → sh -c → run.mjs; a script that run.mjs started has run.mjs to tell it.
  if (!process.argv[1]?.endsWith("run.mjs")) return undefined;
  const shell = process.ppid;
  const npm = parentOf(shell);
  const watch = setInterval(() => {
    if (process.ppid !== shell || !isAlive(npm)) stop();
  }, LOOK_EVERY_MS);
  return watch.unref();
}
