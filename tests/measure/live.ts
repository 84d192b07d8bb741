import { measured, type Row } from "../bench/report.ts";
import { postEvent, postEvents } from "../support/journey.ts";
import type { Opened } from "./measures.ts";
import type { Scene } from "./scene.ts";
import { worst } from "./weights.ts";

const TIMES = 8;
const MOST_MS = 2_000;
/** Traffic that goes on meanwhile, events a second. */
const PER_SECOND = 50;

/** From the answer to the app that posted an event until the open list tells of it, while others post as well. */
export async function measureLive(open: Opened, { person, healthy }: Scene): Promise<Row[]> {
  const context = await open(person.userId);
  const page = await context.newPage();
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: "longtask",
    });
  });
  await page.goto(`/w/${person.slug}/deliveries?endpoint=${healthy.id}`, { waitUntil: "networkidle" });
  await page.evaluate(() => {
    (window as unknown as { longTasks: number[] }).longTasks.length = 0;
  });
  const traffic = setInterval(() => {
    void postEvents(
      person.workspaceId,
      Array.from({ length: PER_SECOND }, (_, n) => ({ type: "stored.type-1", data: { n } })),
    );
  }, 1_000);
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    await postEvent(person.workspaceId, { type: "order.created", data: { time } });
    const begun = performance.now();
    const pill = page.getByRole("button", { name: /^\d+\+? new/ });
    await pill.waitFor({ timeout: 20_000 });
    times.push(performance.now() - begun);
    await pill.click();
    await pill.waitFor({ state: "detached" });
  }
  clearInterval(traffic);
  const long = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
  await context.close();
  return [
    { ...measured("live_row_after_ingest", "ms", times, { most: MOST_MS }), value: Math.max(...times) },
    worst("frames_over_50_ms_while_live", "", [long.length], 0),
  ];
}
