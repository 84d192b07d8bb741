import fs from "node:fs";
import type { Page } from "@playwright/test";
import type { Row } from "../bench/report.ts";
import type { Opened } from "./measures.ts";
import type { Scene } from "./scene.ts";
import { worst } from "./weights.ts";

const TIMES = 5;
const MOST_LCP_MS = 1_000;
const MOST_INP_MS = 100;

type Vitals = Record<"LCP" | "CLS" | "INP", number>;
/** Has every page of a context note its vitals, as the library of that name defines them. */
export async function watchVitals(page: Page): Promise<void> {
  const library = fs.readFileSync("node_modules/web-vitals/dist/web-vitals.iife.js", "utf8");
  await page.addInitScript({
    content: `${library}; window.vitals = { LCP: 0, CLS: 0, INP: 0 };
    for (const name of ["LCP", "CLS", "INP"]) webVitals["on" + name](
      ({ value }) => { window.vitals[name] = value; }, { reportAllChanges: true, durationThreshold: 16 });`,
  });
}

/** How soon the largest thing stands, whether anything moves, and how soon a press is answered. */
export async function measureVitals(open: Opened, { person, delivered, healthy }: Scene): Promise<Row[]> {
  const places = [
    "/overview",
    "/deliveries",
    "/events",
    "/endpoints",
    "/event-types",
    `/deliveries/${delivered.delivery}`,
    `/endpoints/${healthy.id}`,
  ];
  const context = await open(person.userId);
  const page = await context.newPage();
  await watchVitals(page);
  const found: Record<keyof Vitals, number[]> = { LCP: [], CLS: [], INP: [] };
  for (const place of places) {
    for (let time = 0; time < TIMES; time++) {
      await page.goto(`/w/${person.slug}${place}`, { waitUntil: "networkidle" });
      // Three presses that belong to no link: they only have to be answered.
      for (let press = 0; press < 3; press++) await page.keyboard.press("Tab");
      await page.getByRole("heading", { level: 1 }).click();
      const vitals = await page.evaluate(
        () =>
          new Promise<Vitals>((resolve) =>
            requestIdleCallback(() => resolve((window as unknown as { vitals: Vitals }).vitals), { timeout: 1_000 }),
          ),
      );
      for (const name of ["LCP", "CLS", "INP"] as const) found[name].push(vitals[name]);
    }
  }
  await context.close();
  return [
    worst("largest_contentful_paint", "ms", found.LCP, MOST_LCP_MS),
    worst("layout_shift", "", found.CLS, 0),
    worst("interaction_to_next_paint", "ms", found.INP, MOST_INP_MS),
  ];
}
