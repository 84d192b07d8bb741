import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** An id is made before its row can be read: what is smaller than one that was seen can still come, for so long. */
export const LOOK_BACK_MS = 5_000;

/**
 * Where one kind of listening stands: everything up to `after` is done, and of what comes behind it those in `seen`.
 * @typedef {{ after: string, seen: string[] }} Stored
 */

export class Place {
  #file;
  #after;
  /** By id: when it was done here. @type {Map<string, number>} */
  #seen;

  /** @param {string} file @param {Stored} stored */
  constructor(file, { after, seen }) {
    this.#file = file;
    this.#after = after;
    this.#seen = new Map(seen.map((id) => [id, performance.now()]));
  }

  get after() {
    return this.#after;
  }

  /** The newest that was done. */
  get newest() {
    return [...this.#seen.keys()].sort().at(-1) ?? this.#after;
  }

  /** Whether something may still come before what was done. */
  get isSettled() {
    return this.#seen.size === 0;
  }

  /** @param {string} id */
  has(id) {
    return this.#seen.has(id);
  }

  /** @param {string} id */
  done(id) {
    this.#seen.set(id, performance.now());
    this.settle();
    this.save();
  }

  /** Moves on over what nothing can come before any more. */
  settle() {
    const before = performance.now() - LOOK_BACK_MS;
    const settled = [...this.#seen].filter(([, at]) => at <= before).map(([id]) => id);
    const last = settled.sort().at(-1);
    if (last === undefined) return;
    // Ids sort by time; `start` sorts behind them.
    if (this.#after === "start" || last > this.#after) this.#after = last;
    for (const id of this.#seen.keys()) if (id <= last) this.#seen.delete(id);
  }

  save() {
    fs.mkdirSync(path.dirname(this.#file), { recursive: true });
    const draft = `${this.#file}.${process.pid}`;
    fs.writeFileSync(draft, JSON.stringify({ after: this.#after, seen: [...this.#seen.keys()] }), { mode: 0o600 });
    fs.renameSync(draft, this.#file);
  }
}

/** @param {string} file @returns {Stored | null} */
export function storedPlace(file) {
  try {
    const { after, seen } = JSON.parse(fs.readFileSync(file, "utf8"));
    return typeof after === "string" && Array.isArray(seen) ? { after, seen } : null;
  } catch {
    // Not there yet, or cut short by whatever: then it begins anew.
    return null;
  }
}

/** A file for each: two that listen at once do not write over each other. @param {string[]} what @param {Record<string, string | undefined>} environment */
export function placeFile(what, { XDG_CONFIG_HOME, APPDATA }) {
  const folder = (process.platform === "win32" ? APPDATA : XDG_CONFIG_HOME) || path.join(os.homedir(), ".config");
  const name = createHash("sha256").update(what.join("\n")).digest("hex").slice(0, 16);
  return path.join(folder, "posthorn", `listen-${name}.json`);
}
