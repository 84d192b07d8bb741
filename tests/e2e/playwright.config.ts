import { defineConfig } from "@playwright/test";
import { type Browser, findBrowser } from "../support/browser.ts";

// Found once; the runner's own processes read this file again and inherit the answer.
process.env.E2E_BROWSER ??= JSON.stringify(findBrowser());
const browser: Browser = JSON.parse(process.env.E2E_BROWSER);

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  globalSetup: "./set-up.ts",
  outputDir: "../../test-results",
  // Journeys share the product and nothing else: each has a person, a workspace and a receiver of its own.
  workers: 2,
  // A walk over every page in both themes, on a machine with other things to do.
  timeout: 180_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: browser.executablePath,
      env: { ...(process.env as Record<string, string>), ...browser.env },
      // A full Chromium asks its maker's servers for this and that: only what is tested is reached.
      args: ["--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"],
    },
  },
});
