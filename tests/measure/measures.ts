import type { Browser, BrowserContext } from "@playwright/test";
import type { Row } from "../bench/report.ts";
import { signIn } from "../support/app.ts";
import { measureFilters } from "./filters.ts";
import { measureLive } from "./live.ts";
import type { Scene } from "./scene.ts";
import { measureTasks } from "./tasks.ts";
import { measureVitals } from "./vitals.ts";
import { measureWeights } from "./weights.ts";

/** A browser that has seen nothing yet, signed in or not. */
export type Opened = (userId?: string) => Promise<BrowserContext>;

const MEASURES = {
  weights: measureWeights,
  vitals: measureVitals,
  filters: measureFilters,
  live: measureLive,
  tasks: measureTasks,
};

type Wanted = { only: string | undefined; note: (line: string) => void };

/** Everything in turn: nothing is measured while something else runs. */
export async function measureAll(browser: Browser, scene: Scene, { only, note }: Wanted): Promise<Row[]> {
  const open: Opened = async (userId) => {
    const context = await browser.newContext({
      baseURL: process.env.POSTHORN_URL,
      viewport: { width: 1440, height: 900 },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    if (userId) await signIn(context, userId);
    return context;
  };
  const rows: Row[] = [];
  for (const [name, measure] of Object.entries(MEASURES)) {
    if (only && name !== only) continue;
    note(`measuring ${name} …`);
    rows.push(...(await measure(open, scene)));
  }
  return rows;
}
