import { mergeTests } from "@playwright/test";
import { expect, expectAccessible, test as journey } from "../support/app.ts";
import { anEndpoint, aType, deliveriesOf, postEvent, receiverFixture } from "../support/journey.ts";
import { untilKeysAreHeard } from "../support/keyboard.ts";

const test = mergeTests(journey, receiverFixture);

/** Two deliveries of `order.created`, one of them delivered and one failed with 503, and one failed of `invoice.paid`. */
async function someTraffic(workspaceId: string, receiver: string) {
  for (const name of ["order.created", "invoice.paid"]) await aType(workspaceId, { name });
  await anEndpoint(workspaceId, { url: `${receiver}/ok`, description: "Warehouse", subscriptions: ["order.*"] });
  const down = { url: `${receiver}/status/503`, description: "Acme billing", retrySchedule: [] };
  await anEndpoint(workspaceId, down);
  const order = await postEvent(workspaceId, { type: "order.created", data: { order: { id: 981 } }, customer: "acme" });
  await postEvent(workspaceId, { type: "invoice.paid", data: { order: { id: 982 } } });
  return order;
}

test("what is typed becomes filters, one by one taken back, and the address has all of it", async ({
  page,
  person,
  receiver,
}) => {
  await someTraffic(person.workspaceId, receiver.url);
  await expect.poll(() => receiver.calls.length).toBe(3);
  const list = `/w/${person.slug}/deliveries`;
  await page.goto(list);
  const rows = page.locator("tr[data-delivery]");
  await expect(rows).toHaveCount(3);
  await untilKeysAreHeard(page);
  await page.keyboard.press("/");
  const box = page.getByRole("combobox", { name: "Search deliveries" });
  await expect(box).toBeFocused();
  await box.pressSequentially("code:5xx type:order.*");
  await box.press("Escape");
  await box.press("Enter");
  await expect(page).toHaveURL(/[?&]code=5xx/);
  expect(new URL(page.url()).searchParams.get("type")).toBe("order.*");
  await expect(rows).toHaveCount(1);
  await expect(box).toHaveValue("");
  await expectAccessible(page);

  await page.reload();
  await expect(rows).toHaveCount(1);
  await page.getByRole("link", { name: "Remove filter type" }).click();
  await expect(rows).toHaveCount(2);
  await page.goBack();
  await expect(rows).toHaveCount(1);

  await page.goto(`${list}?q=warehouse`);
  await expect(rows).toHaveCount(1);
  await page.goto(`${list}?q=body.order.id:982`);
  await expect(page).toHaveURL(/[?&]body=order\.id/);
  await expect(rows).toHaveCount(1);
  await page.goto(`${list}?q=colour:red`);
  await expect(page.getByText("There is no field “colour”")).toBeVisible();
  await expect(page.getByText("No delivery matches these filters")).toBeVisible();
  await expect(page.getByRole("main")).toContainText("text “colour:red”, last 24 h");
  await expectAccessible(page);
});

test("what is typed before the scripts have come is searched for all the same", async ({ page, person }) => {
  let letThrough = () => {};
  const typed = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route("**/*.js", async (route) => {
    await typed;
    await route.continue();
  });
  await page.goto(`/w/${person.slug}/deliveries`, { waitUntil: "commit" });
  const box = page.getByRole("combobox", { name: "Search deliveries" });
  await box.fill("status:failed");
  letThrough();
  // Shortcuts are heard once the page is alive.
  await expect(async () => {
    await box.blur();
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("Escape");
  await box.focus();
  await expect(box).toHaveValue("status:failed");
  await box.press("Enter");
  await expect(page).toHaveURL(/[?&]status=failed/);
});

test("the box suggests fields and values with counts, all by keyboard", async ({ page, person, receiver }) => {
  await someTraffic(person.workspaceId, receiver.url);
  await expect.poll(() => receiver.calls.length).toBe(3);
  await page.goto(`/w/${person.slug}/deliveries`);
  const box = page.getByRole("combobox", { name: "Search deliveries" });
  await box.click();
  await expect(page.getByRole("option", { name: /^status:/ })).toBeVisible();
  await expectAccessible(page);
  await box.pressSequentially("stat");
  await expect(page.getByRole("option")).not.toHaveCount(10);
  await expect(page.getByRole("option").first()).toContainText("status:");
  await box.press("ArrowDown");
  await box.press("Enter");
  await expect(box).toHaveValue("status:");
  await expect(page.getByRole("option", { name: /^status:failed\s*2$/ })).toBeVisible();
  await box.press("ArrowDown");
  await expect(page.getByRole("option", { selected: true })).toContainText("failed");
  await box.press("Enter");
  await expect(page).toHaveURL(/[?&]status=failed/);
  await expect(page.locator("tr[data-delivery]")).toHaveCount(2);
});

test("an id in the box opens what it names", async ({ page, person, receiver }) => {
  const event = await someTraffic(person.workspaceId, receiver.url);
  const [delivery = ""] = await deliveriesOf(person.workspaceId, event);
  await page.goto(`/w/${person.slug}/deliveries`);
  const box = page.getByRole("combobox", { name: "Search deliveries" });
  await box.fill(delivery);
  await box.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/deliveries/${delivery}$`));
  await page.goto(`/w/${person.slug}/events?q=${event}`);
  await expect(page).toHaveURL(new RegExp(`/events/${event}$`));
});

test("any span of time is shown, in the reader's own", async ({ page, person, receiver }) => {
  await someTraffic(person.workspaceId, receiver.url);
  await page.goto(`/w/${person.slug}/deliveries?status=failed`);
  await page.keyboard.press("t");
  await expect(page.getByRole("link", { name: "Last 24 h" })).toHaveAttribute("aria-current", "true");
  await page.getByLabel("From (UTC)").fill("2020-01-01T00:00");
  await page.getByLabel("To (UTC)").fill("2020-01-01T12:30");
  await page.getByRole("button", { name: "Show this time" }).click();
  await expect(page).toHaveURL(/from=2020-01-01T00/);
  expect(new URL(page.url()).searchParams.get("status")).toBe("failed");
  await expect(page.getByRole("button", { name: "1 Jan 2020 00:00 – 12:30 UTC" })).toBeVisible();
});

test("the filter of the list is exported as a file, and the audit log says by whom", async ({
  page,
  person,
  receiver,
}) => {
  await someTraffic(person.workspaceId, receiver.url);
  await expect.poll(() => receiver.calls.length).toBe(3);
  await page.goto(`/w/${person.slug}/deliveries?status=failed`);
  await page.getByRole("link", { name: "Export…" }).click();
  await expect(page.getByRole("main")).toContainText("2 deliveries: status Failed, last 24 h");
  await expectAccessible(page);
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^deliveries-.*\.csv$/);
  const lines = (await new Response(await streamOf(await download.createReadStream())).text()).trim().split("\r\n");
  expect(lines).toHaveLength(3);
  await page.goto(`/w/${person.slug}/settings/audit-log`);
  await expect(page.getByRole("main")).toContainText("Deliveries exported");
});

async function streamOf(readable: NodeJS.ReadableStream): Promise<Blob> {
  const parts: Buffer[] = [];
  for await (const part of readable) parts.push(Buffer.from(part));
  return new Blob(parts as BlobPart[]);
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the box, the panels and the export work as plain forms", async ({ page, person, receiver }) => {
    await someTraffic(person.workspaceId, receiver.url);
    await expect.poll(() => receiver.calls.length).toBe(3);
    await page.goto(`/w/${person.slug}/deliveries`);
    const box = page.getByRole("combobox", { name: "Search deliveries" });
    await box.fill("status:failed endpoint:billing");
    await box.press("Enter");
    await expect(page).toHaveURL(/endpoint=billing/);
    await expect(page.getByRole("row", { name: /order\.created|invoice\.paid/ })).toHaveCount(2);
    await page.getByRole("button", { name: "Filter", exact: true }).first().click();
    await page.getByLabel("Code").fill("404");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(page.getByText("No delivery matches these filters")).toBeVisible();

    await page.goto(`/w/${person.slug}/events/export?customer=acme`);
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download" }).click();
    expect((await downloading).suggestedFilename()).toMatch(/^events-.*\.csv$/);
  });
});
