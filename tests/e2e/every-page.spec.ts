import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mergeTests, type Page } from "@playwright/test";
import { expect, test as journey, type Person } from "../support/app.ts";
import { crawl } from "../support/crawl.ts";
import { anEndpoint, aType, deliveriesOf, postEvent, receiverFixture } from "../support/journey.ts";

const test = mergeTests(journey, receiverFixture);

/** Runs, loads or calls out if it is ever taken for more than text. */
const SCRIPT = `<script>window.__ran=1</script>"><img src=x onerror="window.__ran=1"><svg onload="window.__ran=1"></svg>{{7*7}}`;
const LINK = "javascript:window.__ran=1//https://tracker.invalid/pixel.png";
const RIGHT_TO_LEFT = "\u202Egnp.exe\u202C \u05E9\u05DC\u05D5\u05DD";
const LONG = "x".repeat(180);

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

/** Answers as an attacker would: markup in the body, in the headers, and a type that invites a browser to read it. */
async function aHostileReceiver() {
  const server = createServer((request, response) =>
    request.resume().on("end", () => {
      const fails = request.url?.startsWith("/fails");
      response.writeHead(fails ? 500 : 200, {
        "content-type": "text/html",
        "x-note": "<script>window.__ran=1</script>",
        link: "<https://tracker.invalid/style.css>; rel=stylesheet",
        refresh: "0; url=https://tracker.invalid/",
      });
      response.end(`<html><body>${SCRIPT}<a href="${LINK}">${LONG}</a></body></html>`);
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

async function aHostileWorkspace({ workspaceId }: Person, url: string) {
  const type = `order.${"x".repeat(110)}`;
  await aType(workspaceId, { name: type, example: JSON.stringify({ note: SCRIPT }) });
  await aType(workspaceId, { name: "order.created" });
  const path = encodeURIComponent(SCRIPT) + LONG;
  await anEndpoint(workspaceId, { url: `${url}/ok/${path}`, description: `${SCRIPT} ${RIGHT_TO_LEFT}` });
  await anEndpoint(workspaceId, {
    url: `${url}/fails/${path}`,
    description: LONG,
    headers: { "x-api-key": SCRIPT.replaceAll(/[^\x20-\x7e]/g, "") },
    retrySchedule: [],
  });
  const data = {
    note: SCRIPT,
    link: LINK,
    text: RIGHT_TO_LEFT,
    __proto__x: 1,
    [SCRIPT]: LONG,
    big: "y".repeat(200_000),
  };
  const [first] = [await postEvent(workspaceId, { type, data, customer: SCRIPT.slice(0, 60) })];
  await postEvent(workspaceId, { type: "order.created", data });
  await expect
    .poll(async () => (await deliveriesOf(workspaceId, first ?? "")).length, { timeout: 15_000 })
    .toBeGreaterThan(0);
}
