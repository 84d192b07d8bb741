import { mergeTests, type Page } from "@playwright/test";
import { expect, expectAccessible, test as journey, type Person } from "../support/app.ts";
import { anEndpoint, aType, postEvent, receiverFixture } from "../support/journey.ts";
import { untilKeysAreHeard } from "../support/keyboard.ts";

const test = mergeTests(journey, receiverFixture);

/** Three failed deliveries and two delivered ones, the newest delivered. */
async function aMixedList({ workspaceId, slug }: Person, receiverUrl: string) {
  await aType(workspaceId, { name: "order.created" });
  await aType(workspaceId, { name: "user.updated" });
  const broken = { url: `${receiverUrl}/status/500`, subscriptions: ["order.created"], retrySchedule: [] };
  await anEndpoint(workspaceId, broken);
  await anEndpoint(workspaceId, { url: `${receiverUrl}/ok`, subscriptions: ["user.updated"] });
  for (const type of ["order.created", "order.created", "order.created", "user.updated", "user.updated"]) {
    await postEvent(workspaceId, { type, data: { total: 1 } });
  }
  return `/w/${slug}/deliveries`;
}

const rows = (page: Page) => page.locator("tr[data-delivery]");
const panel = (page: Page) => page.getByRole("complementary", { name: "Delivery" });

async function whenSettled(page: Page, list: string) {
  await expect(async () => {
    await page.goto(list);
    await expect(rows(page).filter({ hasText: "Failed" })).toHaveCount(3, { timeout: 500 });
    await expect(rows(page).filter({ hasText: "Delivered" })).toHaveCount(2, { timeout: 500 });
  }).toPass();
}

test("a delivery opens beside the list, has an address of its own, and the keys walk from one to the next", async ({
  page,
  person,
  receiver,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const list = await aMixedList(person, receiver.url);
  await whenSettled(page, `${list}?status=failed,delivered`);

  await untilKeysAreHeard(page);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(rows(page).nth(1).getByRole("link")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(panel(page)).toContainText("2 of 5");
  await expect(page).toHaveURL(/sel=dlv_/);
  await expect(rows(page)).toHaveCount(5);
  await expectAccessible(page);

  await page.keyboard.press("]");
  await expect(panel(page)).toContainText("3 of 5");
  await expect(panel(page)).toContainText("order.created");
  await page.reload();
  await expect(panel(page)).toContainText("3 of 5");
  await page.keyboard.press("[");
  await expect(panel(page)).toContainText("2 of 5");

  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  await expect(page).not.toHaveURL(/sel=/);
  await expect(rows(page).nth(1).getByRole("link")).toBeFocused();
});

test("the panel takes the width it is given by the arrow keys, and has it at the next visit", async ({
  page,
  person,
  receiver,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const list = await aMixedList(person, receiver.url);
  await whenSettled(page, list);
  await rows(page).first().getByRole("link").click();
  const edge = page.getByRole("separator", { name: "Width of the panel" });
  await expect(edge).toHaveAttribute("aria-valuenow", "520");
  const saved = page.waitForResponse((response) => response.request().method() === "POST");
  await edge.press("Shift+ArrowLeft");
  await expect(edge).toHaveAttribute("aria-valuenow", "600");
  await saved;
  await page.reload();
  await expect(edge).toHaveAttribute("aria-valuenow", "600");
  expect((await panel(page).boundingBox())?.width).toBe(600);
});

test("rows are picked one by one and as a range, stay picked on other pages, and lead to a bulk retry", async ({
  page,
  person,
  receiver,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const list = await aMixedList(person, receiver.url);
  await whenSettled(page, list);
  await untilKeysAreHeard(page);
  await rows(page).nth(0).getByRole("checkbox").check({ force: true });
  await rows(page).nth(2).getByRole("link").focus();
  await page.keyboard.press("Shift+X");
  const bar = page.getByRole("form", { name: "Selection" });
  await expect(bar).toContainText("3 selected");
  await expect(bar.getByRole("link", { name: "Select all 5 matching" })).toHaveAttribute("href", /kind=retry/);
  await expectAccessible(page);

  await page.getByRole("link", { name: "Remove filter" }).first().click();
  await expect(page).toHaveURL(/range=all/);
  await expect(bar).toContainText("3 selected");
  await page.keyboard.press("Escape");
  await expect(bar).toBeHidden();
});

test("a row's menu leads to its event and endpoint, narrows the list, and retries all that failed since", async ({
  page,
  person,
  receiver,
}) => {
  const list = await aMixedList(person, receiver.url);
  await whenSettled(page, list);
  const failed = rows(page).filter({ hasText: "Failed" }).last();
  await failed.hover();
  await failed.getByRole("button", { name: /^More for dlv_/ }).click();
  await expect(page.getByRole("link", { name: "Its event, at all endpoints" })).toHaveAttribute("href", /events\/evt_/);
  await expect(page.getByRole("link", { name: "Its endpoint" })).toHaveAttribute("href", /endpoints\/ep_/);
  const since = page.getByRole("link", { name: "Retry all failed since this one…" });
  await expect(since).toHaveAttribute("href", /jobs\/new\?kind=retry&status=failed&from=20/);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Only this event type" }).click();
  await expect(page).toHaveURL(/type=order\.created/);
  await expect(rows(page)).toHaveCount(3);
});

test("columns are hidden and moved, rows made lower, and a link shows others the columns it names", async ({
  page,
  person,
  receiver,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const list = await aMixedList(person, receiver.url);
  await whenSettled(page, list);
  await page.getByRole("button", { name: "Columns and density" }).click();
  await page.getByRole("button", { name: "Attempts", exact: true }).click();
  await expect(page.getByRole("columnheader", { name: "Attempts" })).toHaveCount(0);
  await page.getByRole("button", { name: "Move Endpoint to the left" }).click();
  await expect(page.getByRole("columnheader").nth(1)).toHaveText("Endpoint");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Compact" }).click();
  await expect(async () => expect((await rows(page).first().boundingBox())?.height).toBeLessThan(34)).toPass();

  await page.goto(`${list}?cols=id,created`);
  await expect(page.getByRole("columnheader")).toHaveText(["Status", "Event type", "ID", /^Created/]);
  await page.goto(list);
  await expect(page.getByRole("columnheader").nth(1)).toHaveText("Endpoint");
  await page.getByRole("button", { name: "Columns and density" }).click();
  await page.getByRole("button", { name: "Back to the first order" }).click();
  await expect(page.getByRole("columnheader").nth(1)).toHaveText("Event type");
});

test("filters are saved as a view for the workspace, become the list's beginning, and are deleted", async ({
  page,
  person,
  receiver,
}) => {
  const list = await aMixedList(person, receiver.url);
  await whenSettled(page, list);
  await page.goto(`${list}?status=failed`);
  await page.getByRole("button", { name: "View", exact: true }).click();
  await page.getByLabel("Save these filters and columns as").fill("Only failures");
  await page.getByRole("button", { name: "Save for the workspace" }).click();
  const menu = page.getByRole("button", { name: "View: Only failures" });
  await expect(menu).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Start with this view" }).click();
  await expect(page.getByRole("button", { name: "Do not start with it any more" })).toBeVisible();

  await page.goto(list);
  await expect(page).toHaveURL(/status=failed/);
  await expect(rows(page)).toHaveCount(3);
  await menu.click();
  await page.getByRole("link", { name: "All of the last 24 h" }).click();
  await expect(rows(page)).toHaveCount(5);

  await page.goto(list);
  await menu.click();
  await page.getByText("Delete this view…").click();
  await page.getByRole("button", { name: "Delete view" }).click();
  await expect(page.getByRole("button", { name: "View", exact: true })).toBeVisible();
  await page.goto(list);
  await expect(rows(page)).toHaveCount(5);
});

test("the strip says how many there were, and its time is narrowed by keys and by dragging", async ({
  page,
  person,
  receiver,
}) => {
  const list = await aMixedList(person, receiver.url);
  const strip = page.getByRole("group", { name: /Deliveries per .*2 delivered, 3 failed/ });
  // The rows follow what happens; the strip over them is of when the page was opened.
  await expect(async () => {
    await whenSettled(page, list);
    await expect(strip).toBeVisible({ timeout: 500 });
  }).toPass();
  await strip.getByRole("slider", { name: "Narrow the time: from" }).press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/from=.*&to=/);

  await page.goto(list);
  const box = await strip.boundingBox();
  if (!box) throw new Error("The strip is not there");
  await page.mouse.move(box.x + box.width * 0.2, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.4, box.y + 10, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=.*&to=/);
  await expect(page.getByText("No delivery matches these filters")).toBeVisible();
});

test("new deliveries wait behind a count, and nothing on the page moves by itself", async ({
  page,
  person,
  receiver,
}) => {
  const list = await aMixedList(person, receiver.url);
  await whenSettled(page, list);
  await page.evaluate(() => {
    new PerformanceObserver((entries) => {
      for (const entry of entries.getEntries()) {
        const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
        if (!hadRecentInput) document.body.dataset.shift = String(Number(document.body.dataset.shift ?? 0) + value);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await postEvent(person.workspaceId, { type: "user.updated", data: {} });
  await expect(page.getByRole("button", { name: /1 new/ })).toBeVisible({ timeout: 20_000 });
  await expect(rows(page)).toHaveCount(5);
  expect(await page.evaluate(() => Number(document.body.dataset.shift ?? 0))).toBe(0);
  await page.getByRole("button", { name: /1 new/ }).click();
  await expect(rows(page)).toHaveCount(6);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("rows lead to their pages, an address opens the panel, and ticked rows are sent to the bulk page", async ({
    page,
    person,
    receiver,
  }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    const list = await aMixedList(person, receiver.url);
    await whenSettled(page, list);
    const link = rows(page).first().getByRole("link");
    const id = (await link.getAttribute("href"))?.split("/").at(-1);
    await page.goto(`${list}?sel=${id}`);
    await expect(panel(page)).toContainText("1 of 5");
    await panel(page)
      .getByRole("link", { name: /Older delivery/ })
      .click();
    await expect(panel(page)).toContainText("2 of 5");
    await panel(page).getByRole("link", { name: /Close/ }).click();
    await expect(panel(page)).toHaveCount(0);

    await rows(page).nth(1).getByRole("checkbox").check({ force: true });
    await expect(page.getByRole("button", { name: "Retry selected…" })).toBeVisible();
    await page.getByRole("button", { name: "Columns and density" }).click();
    await page.getByRole("button", { name: "Customer", exact: true }).click();
    await expect(page.getByRole("columnheader", { name: "Customer" })).toBeVisible();
    await link.click();
    await expect(page).toHaveURL(/\/deliveries\/dlv_/);
  });
});
