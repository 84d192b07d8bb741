import { measured, type Row } from "../bench/report.ts";
import type { Opened } from "./measures.ts";
import type { Scene } from "./scene.ts";

const TIMES = 4;
const MOST_MS = 400;
/** What people type, and the words of the pill that then stands above the rows. */
const SEARCHES = [
  "status:failed",
  "code:5xx",
  "error:timeout",
  "attempts:>3",
  "type:stored.type-0",
  "customer:customer-7",
];

/** From Enter in the search box to the rows, on the list as it first opens. */
export async function measureFilters(open: Opened, { person }: Scene): Promise<Row[]> {
  const context = await open(person.userId);
  const page = await context.newPage();
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    for (const search of SEARCHES) {
      await page.goto(`/w/${person.slug}/deliveries`, { waitUntil: "networkidle" });
      const box = page
        .getByRole("main")
        .getByRole("combobox")
        .or(page.getByRole("main").getByRole("searchbox"))
        .first();
      await box.fill(search);
      const before = page.url();
      const begun = performance.now();
      await box.press("Enter");
      await page.waitForURL((url) => url.href !== before, { waitUntil: "commit" });
      await page
        .getByRole("main")
        .getByRole("link", { name: /^Remove filter/ })
        .nth(1)
        .waitFor();
      times.push(performance.now() - begun);
    }
  }
  await context.close();
  const sorted = times.toSorted((a, b) => a - b);
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  return [{ ...measured("filter_change_p95", "ms", sorted, { most: MOST_MS }), value: p95 }];
}
