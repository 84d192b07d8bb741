import { mergeTests, type Page } from "@playwright/test";
import { expect, test as journey, type Person } from "../support/app.ts";
import { anEndpoint, aType, deliveriesOf, postEvent, receiverFixture } from "../support/journey.ts";
import { expectFocusSeen, tabAndPress, tabTo, untilKeysAreHeard } from "../support/keyboard.ts";

// UI.md §5: eight tasks without a pointer; at each step the focus is seen and nothing lies over it.

const test = mergeTests(journey, receiverFixture);
test.use({ viewport: { width: 1440, height: 900 } });

/** Opens a page and waits until its keys are heard. */
async function open(page: Page, { slug }: Person, place: string) {
  await page.goto(`/w/${slug}${place}`);
  await untilKeysAreHeard(page);
}

async function aFailedDelivery({ workspaceId }: Person, url: string) {
  await aType(workspaceId, { name: "order.created" });
  const endpoint = await anEndpoint(workspaceId, { url, retrySchedule: [] });
  const event = await postEvent(workspaceId, { type: "order.created", data: { total: 1 } });
  const [delivery = ""] = await deliveriesOf(workspaceId, event);
  return { endpoint: endpoint.id, event, delivery };
}

async function openWhen(page: Page, person: Person, place: string, status: RegExp) {
  await expect(async () => {
    await open(page, person, place);
    await expect(page.getByRole("main")).toContainText(status, { timeout: 500 });
  }).toPass();
}

test("onboard: a demo delivery arrives", async ({ page, person }) => {
  await open(page, person, "/get-started");
  await tabAndPress(page, page.getByRole("button", { name: "Send a demo delivery" }));
  await expect(page.getByRole("region", { name: "Demo delivery" })).toContainText("Delivered");
  await expectFocusSeen(page);
});

test("create an endpoint", async ({ page, person, receiver }) => {
  await aType(person.workspaceId, { name: "order.created" });
  await open(page, person, "/overview");
  await page.keyboard.press("g");
  await page.keyboard.press("n");
  await expect(page.getByRole("heading", { level: 1, name: "Endpoints" })).toBeVisible();
  await page.keyboard.press("c");
  await tabTo(page, page.getByLabel("URL", { exact: true }));
  await page.keyboard.insertText(`${receiver.url}/ok`);
  await tabAndPress(page, page.getByRole("button", { name: "Create endpoint" }));
  await expect(page).toHaveURL(/\/endpoints\/ep_/);
});

test("find a delivery by its id", async ({ page, person, receiver }) => {
  const { delivery } = await aFailedDelivery(person, `${receiver.url}/ok`);
  await open(page, person, "/settings");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
  await page.keyboard.insertText(delivery);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/deliveries/${delivery}`));
});

test("filter the list of deliveries", async ({ page, person, receiver }) => {
  await aFailedDelivery(person, `${receiver.url}/status/500`);
  await openWhen(page, person, "/deliveries", /Failed/);
  await page.keyboard.press("/");
  await expectFocusSeen(page);
  await page.keyboard.type("status:delivered");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/status=delivered/);
  await expect(page.locator("tr[data-delivery]")).toHaveCount(0);
});

test("retry a delivery", async ({ page, person, receiver }) => {
  const { delivery } = await aFailedDelivery(person, `${receiver.url}/flaky/1`);
  await openWhen(page, person, `/deliveries/${delivery}`, /Failed/);
  await tabAndPress(
    page,
    page
      .getByRole("main")
      .getByRole("button", { name: /^Retry/ })
      .first(),
  );
  await expect(page.getByRole("main")).toContainText("Delivered");
  expect(receiver.calls).toHaveLength(2);
});

test("retry all that failed, as a bulk job", async ({ page, person, receiver }) => {
  await aFailedDelivery(person, `${receiver.url}/flaky/1`);
  await openWhen(page, person, "/deliveries?status=failed", /Failed/);
  await page.keyboard.press("j");
  await expectFocusSeen(page);
  await page.keyboard.press("x");
  await tabAndPress(page, page.getByRole("form", { name: "Selection" }).getByRole("button", { name: /^Retry/ }));
  await expect(page.getByRole("heading", { level: 1, name: "Retry deliveries" })).toBeVisible();
  await tabAndPress(page, page.getByRole("button", { name: /^Retry 1/ }));
  await expect(page).toHaveURL(/\/jobs\/job_/);
  await expect.poll(() => receiver.calls.length).toBe(2);
});

test("compare two attempts", async ({ page, person, receiver }) => {
  const { delivery } = await aFailedDelivery(person, `${receiver.url}/flaky/1`);
  await openWhen(page, person, `/deliveries/${delivery}`, /Failed/);
  await page.keyboard.press("r");
  await expect(page.getByRole("main")).toContainText("Delivered");
  await open(page, person, `/deliveries/${delivery}`);
  await page.keyboard.press("d");
  await expect(page).toHaveURL(/compare=/);
  await tabAndPress(page, page.getByRole("button", { name: "Compare", exact: true }));
  await expect(page).toHaveURL(/compare=/);
});

test("rotate a signing key", async ({ page, person, receiver }) => {
  const { endpoint } = await aFailedDelivery(person, `${receiver.url}/ok`);
  await open(page, person, `/endpoints/${endpoint}`);
  await tabAndPress(page, page.getByRole("link", { name: "Rotate…" }));
  await expect(page.getByRole("dialog")).toContainText("Rotate the secret");
  await expectFocusSeen(page);
  await tabAndPress(page, page.getByRole("button", { name: "Rotate secret" }));
  await expect(page.getByText("Both secrets sign for another")).toBeVisible();
});
