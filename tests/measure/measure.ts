import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { urlOfRunning } from "../../lib/run/postgres.ts";
import { type Row, table } from "../bench/report.ts";
import { findBrowser } from "../support/browser.ts";
import { ensureBuilt, type Posthorn, startPosthorn } from "../support/posthorn.ts";
import { faultReceiver } from "../support/receiver.ts";

// npm run measure [-- --stored 5000000] [--only weights|vitals|filters|live|tasks] [--json]
// What a person at the console gets, against what is promised: clicks, seconds, kilobytes, stillness. The product runs as
// people start it, in production, on a database of its own that holds so many deliveries; nothing is left behind.

const { values: flags } = parseArgs({
  options: {
    stored: { type: "string", default: "100000" },
    only: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const stored = Number(flags.stored);
if (!Number.isInteger(stored) || stored < 1_000) {
  console.error(`--stored takes a whole number of at least 1000, not ${flags.stored}`);
  process.exit(1);
}

await ensureBuilt();
const posthorn = await startPosthorn({ SIGN_UP: "open" });
adopt(posthorn);
const receiver = await faultReceiver();
const { executablePath, env = {} } = findBrowser();
const browser = await chromium.launch({
  executablePath,
  env: { ...(process.env as Record<string, string>), ...env },
  args: ["--disable-dev-shm-usage"],
});
try {
  // They read the environment when they are loaded.
  const { prepareScene } = await import("./scene.ts");
  const { measureAll } = await import("./measures.ts");
  const note = (line: string) => console.error(line);
  const scene = await prepareScene({ stored, receiverUrl: receiver.url, note });
  const rows = await measureAll(browser, scene, { only: flags.only, note });
  print(rows);
} finally {
  await browser.close();
  await receiver.close();
  await posthorn.stop();
  fs.rmSync(posthorn.dataDir, { recursive: true, force: true });
}
process.exit();

/** Lets this process into the product's database and sessions. */
function adopt({ dataDir, url }: Posthorn): void {
  const kept = (name: string) => fs.readFileSync(path.join(dataDir, name), "utf8").trim();
  Object.assign(process.env, {
    POSTHORN_URL: url,
    PUBLIC_URL: url,
    DATABASE_URL: urlOfRunning(dataDir) ?? "",
    AUTH_SECRET: kept("auth-secret"),
    ENCRYPTION_KEY: kept("encryption-key"),
  });
}

function print(rows: Row[]): void {
  if (flags.json) for (const row of rows) console.log(JSON.stringify({ ...row, stored }));
  else console.log([...table(rows, { side: `${stored.toLocaleString("en")} stored` })].join("\n"));
}
