import { mergeTests, type Page } from "@playwright/test";
import { expect, test as journey } from "../support/app.ts";
import { anEndpoint, aType, postEvent, receiverFixture } from "../support/journey.ts";

const test = mergeTests(journey, receiverFixture);

/** Asking by the clock, a list at rest would take ten seconds. */
const TOLD_WITHIN_MS = 4_000;

test.beforeEach(async ({ person, receiver }) => {
  await aType(person.workspaceId, { name: "order.created" });
  await anEndpoint(person.workspaceId, { url: `${receiver.url}/ok` });
});

const chip = (page: Page) => page.getByRole("button", { name: /^Live updates/ });
const newRows = (page: Page) => page.getByRole("button", { name: /1 new/ });

async function openList(page: Page, person: { slug: string; workspaceId: string }): Promise<void> {
  await postEvent(person.workspaceId, { type: "order.created", data: {} });
  await expect(async () => {
    await page.goto(`/w/${person.slug}/deliveries`);
    await expect(page.getByRole("row", { name: /Delivered/ }).first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await expect(chip(page)).toHaveText("Live");
}

/** As the browser does when another tab is shown, or this one again. */
async function show(page: Page, isShown: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event("visibilitychange"));
  }, !isShown);
}

test("a new delivery is there moments after its event, without a look at the clock", async ({ page, person }) => {
  const stream = page.waitForResponse(/\/live\?/);
  await openList(page, person);
  expect((await stream).headers()["content-type"]).toContain("text/event-stream");
  await postEvent(person.workspaceId, { type: "order.created", data: {} });
  await expect(newRows(page)).toBeVisible({ timeout: TOLD_WITHIN_MS });
});

test("paused, nothing changes by itself; going on begins with what was missed", async ({ page, person }) => {
  await openList(page, person);
  await page.keyboard.press("l");
  // News of the first delivery may still have been on its way.
  await expect(chip(page)).toHaveText(/^Paused/);
  await postEvent(person.workspaceId, { type: "order.created", data: {} });
  await expect(chip(page)).toHaveText("Paused, news");
  await expect(newRows(page)).toHaveCount(0);
  await chip(page).click();
  await expect(newRows(page)).toBeVisible({ timeout: TOLD_WITHIN_MS });
});

test("a hidden tab keeps no stream, and hears what it missed when it is shown again", async ({ page, person }) => {
  await openList(page, person);
  const ended = page.waitForEvent("requestfailed", { predicate: (request) => request.url().includes("/live?") });
  await show(page, false);
  await ended;
  await postEvent(person.workspaceId, { type: "order.created", data: {} });
  await show(page, true);
  await expect(newRows(page)).toBeVisible({ timeout: TOLD_WITHIN_MS });
  await expect(chip(page)).toHaveText("Live");
});

test.describe("without a stream", () => {
  test.use({ expectedErrors: [/live\?/] });

  test("the page says so, asks by the clock, and is live again when the stream is", async ({ page, person }) => {
    await page.route(/\/live\?/, (route) => route.abort());
    await postEvent(person.workspaceId, { type: "order.created", data: {} });
    await page.goto(`/w/${person.slug}/deliveries`);
    await expect(chip(page)).toHaveText("Reconnecting");
    await postEvent(person.workspaceId, { type: "order.created", data: {} });
    await expect(newRows(page)).toBeVisible({ timeout: 15_000 });
    await page.unroute(/\/live\?/);
    await expect(chip(page)).toHaveText("Live", { timeout: 40_000 });
  });
});
