import { expect, test } from "../support/app.ts";
import { crawl } from "../support/crawl.ts";
import { aHostileReceiver, aHostileWorkspace } from "../support/hostile.ts";

test("nothing that came from outside ever runs or calls out, on any page that can be reached by a link", async ({
  page,
  person,
}) => {
  test.setTimeout(420_000);
  const receiver = await aHostileReceiver();
  await aHostileWorkspace(person, receiver.url);
  const violations: string[] = [];
  await page.exposeFunction("reportViolation", (text: string) => violations.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { reportViolation } = window as unknown as { reportViolation: (text: string) => void };
      reportViolation(`${location.href}: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  const foreign: string[] = [];
  const origin = process.env.POSTHORN_URL ?? "";
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url())) foreign.push(request.url());
  });
  page.on("dialog", (dialog) => violations.push(`${page.url()}: ${dialog.message()}`));

  const visited = await crawl(page, `/w/${person.slug}`, async (path) => {
    expect(await page.evaluate(() => "__ran" in window), path).toBe(false);
    await expect(page.locator("iframe, object, embed, base, a[href^='javascript:' i]"), path).toHaveCount(0);
  });
  receiver.close();
  expect(violations).toEqual([]);
  expect(foreign).toEqual([]);
  expect(visited.length).toBeGreaterThan(30);
});
