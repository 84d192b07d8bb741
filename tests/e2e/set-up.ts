import fs from "node:fs";
import path from "node:path";
import { urlOfRunning } from "../../lib/run/postgres.ts";
import { ensureBuilt, startPosthorn } from "../support/posthorn.ts";

/** Starts the product once for all journeys, and lets the tests into its database. Playwright calls what is returned at the end. */
export default async function setUp(): Promise<() => Promise<void>> {
  await ensureBuilt();
  const posthorn = await startPosthorn({ SIGN_UP: "open" });
  const kept = (name: string) => fs.readFileSync(path.join(posthorn.dataDir, name), "utf8").trim();
  Object.assign(process.env, {
    POSTHORN_URL: posthorn.url,
    PUBLIC_URL: posthorn.url,
    DATABASE_URL: urlOfRunning(posthorn.dataDir) ?? "",
    AUTH_SECRET: kept("auth-secret"),
    ENCRYPTION_KEY: kept("encryption-key"),
  });
  return async () => {
    await posthorn.stop();
    fs.rmSync(posthorn.dataDir, { recursive: true, force: true });
  };
}
