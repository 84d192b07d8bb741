// A lock that is a file: who holds it, and what they say about themselves. A holder that died holds nothing.
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { isAlive, startOf } from "./processes.mjs";

/** @typedef {{ pid: number, start: string, token: string, url?: string }} Holder */
/** @typedef {{ held: true, release: () => void, tell: (url: string) => void } | { held: false, holder: Holder }} Lock */

/** Takes the lock, or says who has it.
 * @param {string} file
 * @returns {Lock} */
export function tryLock(file) {
  const mine = { pid: process.pid, start: startOf(process.pid), token: randomUUID() };
  for (;;) {
    if (create(file, mine)) return held(file, mine);
    const holder = holderOf(file);
    if (holder && isAlive(holder.pid) && startOf(holder.pid) === holder.start) return { held: false, holder };
    removeStale(file, holder);
  }
}

/** Waits for the lock. `onWait` is called once when someone else has it.
 * @param {string} file @param {() => void} onWait */
export async function lock(file, onWait) {
  for (let tries = 0; ; tries++) {
    const taken = tryLock(file);
    if (taken.held) return taken;
    if (tries === 0) onWait();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Who holds a lock, as far as the file says.
 * @param {string} file @returns {Holder | null} */
export function holderOf(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EACCES") throw error;
    // Not there any more, or cut off by a full disk.
    return null;
  }
}

/** Appears whole or not at all, and only where there was none.
 * @param {string} file @param {Holder} holder */
function create(file, holder) {
  const draft = `${file}.${holder.token}`;
  fs.writeFileSync(draft, JSON.stringify(holder));
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    return false;
  } finally {
    fs.rmSync(draft);
  }
}

/** Two may see the same dead holder at once: whoever finds that it moved a newer lock away puts it back.
 * @param {string} file @param {Holder | null} dead */
function removeStale(file, dead) {
  const aside = `${file}.${randomUUID()}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return;
  }
  if (holderOf(aside)?.token !== dead?.token && !fs.existsSync(file)) fs.renameSync(aside, file);
  else fs.rmSync(aside);
}

/** @param {string} file @param {Holder} mine @returns {Lock & { held: true }} */
function held(file, mine) {
  const isMine = () => holderOf(file)?.token === mine.token;
  return {
    held: true,
    release: () => isMine() && fs.rmSync(file, { force: true }),
    tell: (url) => {
      const draft = `${file}.${mine.token}`;
      fs.writeFileSync(draft, JSON.stringify({ ...mine, url }));
      fs.renameSync(draft, file);
    },
  };
}
