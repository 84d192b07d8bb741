import { createHash } from "node:crypto";
import fs from "node:fs";
import { runChild } from "./child.mjs";
import { lock } from "./file-lock.mjs";
import { mendPostgres } from "./mend-postgres.mjs";

const STAMP = "node_modules/.posthorn-install";
const LOCK_FOLDER = "dist";

/** Installs the packages of the lock file unless they are there. Returns npm's exit code. */
export async function install() {
  const code = isInstalled() ? 0 : await installPackages();
  if (code === 0) mendPostgres();
  return code;
}

async function installPackages() {
  return withWorkLock(async () => {
    if (isInstalled()) return 0;
    console.error("Installing packages, once …");
    const code = await npm([
      "ci",
      "--include=dev",
      "--include=optional",
      "--loglevel=error",
      "--no-audit",
      "--no-fund",
    ]);
    if (code === 0) fs.writeFileSync(STAMP, wanted());
    else console.error("npm could not install the packages: see its message above. Nothing was started.");
    return code;
  });
}

/** Two first starts at once install and build one after the other.
 * @param {() => Promise<number>} work */
export async function withWorkLock(work) {
  fs.mkdirSync(LOCK_FOLDER, { recursive: true });
  const mine = await lock(`${LOCK_FOLDER}/work.lock`, () => console.error("Another start is installing or building …"));
  try {
    return await work();
  } finally {
    mine.release();
  }
}

function isInstalled() {
  return fs.existsSync(STAMP) && fs.readFileSync(STAMP, "utf8") === wanted();
}

function wanted() {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(fs.readFileSync("package.json", "utf8"));
  return createHash("sha256")
    .update(JSON.stringify([dependencies, devDependencies, optionalDependencies]))
    .update(fs.readFileSync("package-lock.json"))
    .update(`${process.platform} ${process.arch}`)
    .digest("hex");
}

/** The npm that started us, else the one on the PATH.
 * @param {string[]} args */
function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith("js")) return runChild(process.execPath, [cli, ...args]);
  return runChild("npm", args, { shell: process.platform === "win32" });
}
