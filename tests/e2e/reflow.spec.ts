import type { Page } from "@playwright/test";
import { expect, test } from "../support/app.ts";
import { crawl } from "../support/crawl.ts";
import { aHostileReceiver, aHostileWorkspace } from "../support/hostile.ts";

test("every page that can be reached by a link fits 320 px, and a screen with letters twice as large", async ({
  page,
  person,
}) => {
  test.setTimeout(420_000);
  const receiver = await aHostileReceiver();
  await aHostileWorkspace(person, receiver.url);
  const wide: string[] = [];
  await page.setViewportSize({ width: 320, height: 640 });
  await crawl(page, `/w/${person.slug}`, async (path) => {
    const narrow = await overflow(page);
    if (narrow) wide.push(`${path} at 320 px: ${narrow}`);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "200%";
      document.body.style.fontSize = "1.75rem";
    });
    const large = await overflow(page);
    if (large) wide.push(`${path} at 200 %: ${large}`);
    await page.setViewportSize({ width: 320, height: 640 });
  });
  receiver.close();
  expect(wide).toEqual([]);
});

/** What makes the page scroll sideways, or nothing. Tables and code scroll inside boxes of their own. */
function overflow(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return null;
    const culprit = [...document.querySelectorAll("main *, header *")].find(
      (element) => element.getBoundingClientRect().right > room + 1 && element.children.length === 0,
    );
    return `${document.documentElement.scrollWidth} px, ${culprit?.outerHTML.slice(0, 140)}`;
  });
}
