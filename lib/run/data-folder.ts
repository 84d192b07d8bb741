import fs from "node:fs";
import path from "node:path";
import { EnvironmentError } from "../env.ts";
import { tryLock } from "./file-lock.mjs";

export type DataFolder = { release: () => void; tell: (url: string) => void };

/** Makes the data folder and takes it for this supervisor alone. @throws EnvironmentError when it cannot be had */
export function takeDataFolder(folder: string): DataFolder {
  const lock = withReason(folder, () => {
    fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
    return tryLock(path.join(folder, "supervisor.lock"));
  });
  if (lock.held) return lock;
  const { url, pid } = lock.holder;
  throw new EnvironmentError(
    url
      ? `Posthorn is already running at ${url} (process ${pid}).`
      : `Posthorn is already being started by process ${pid}, on the same data in ${folder}.`,
  );
}

function withReason<T>(folder: string, take: () => T): T {
  try {
    return take();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "EACCES" && code !== "EPERM" && code !== "EROFS") throw error;
    throw new EnvironmentError(
      `The data folder ${path.resolve(folder)} cannot be used by this user (${message}): start Posthorn as the user it belongs to, or set DATA_DIR to a folder of your own.`,
    );
  }
}
