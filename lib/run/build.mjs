import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { runChild } from "./child.mjs";
import { withWorkLock } from "./install.mjs";

const STAMP = "dist/build-stamp";
const SOURCES = ["app", "components", "drizzle/schema", "drizzle/migrate.ts", "lib", "public"];
const SETTINGS = [
  "package-lock.json",
  "package.json",
  "next.config.ts",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
];

/** Builds pages and processes unless what is built is what the sources say. Returns an exit code.
 * @param {string} node */
export async function build(node) {
  if (isBuilt()) return 0;
  return withWorkLock(async () => {
    if (isBuilt()) return 0;
    console.error("Building, once for these sources …");
    const hash = sourceHash();
    fs.rmSync(STAMP, { force: true });
    // An environment of its own: what is built must not depend on who builds it.
    const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
    // The processes first: the pages start one of the bundled files as a thread, and Next wants to see it.
    const code =
      (await quietly(node, ["lib/run/bundle.ts"], env)) ||
      (await quietly(node, ["node_modules/next/dist/bin/next", "build"], env));
    if (code === 0) fs.writeFileSync(STAMP, hash);
    return code;
  });
}

/** A build says nothing unless it fails.
 * @param {string} node @param {string[]} args @param {NodeJS.ProcessEnv} env */
async function quietly(node, args, env) {
  /** @type {Buffer[]} */
  const output = [];
  const code = await runChild(node, args, { env, stdio: ["ignore", "pipe", "pipe"] }, (child) => {
    child.stdout?.on("data", (chunk) => output.push(chunk));
    child.stderr?.on("data", (chunk) => output.push(chunk));
  });
  if (code !== 0) console.error(`${Buffer.concat(output).toString()}\nThe build failed: see above.`);
  return code;
}

function isBuilt() {
  if (!fs.existsSync(STAMP) || !fs.existsSync(".next/BUILD_ID")) return false;
  return fs.readFileSync(STAMP, "utf8") === sourceHash();
}

function sourceHash() {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}`);
  const files = [...SOURCES.flatMap(filesBelow), ...SETTINGS].filter((file) => fs.existsSync(file));
  for (const file of files.sort()) hash.update(`\0${file}\0`).update(fs.readFileSync(file));
  return hash.digest("hex");
}

/** @param {string} place @returns {string[]} */
function filesBelow(place) {
  const found = fs.statSync(place, { throwIfNoEntry: false });
  if (!found) return [];
  if (!found.isDirectory()) return [place];
  return fs.readdirSync(place).flatMap((name) => filesBelow(path.posix.join(place, name)));
}
