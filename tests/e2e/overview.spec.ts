import { mergeTests } from "@playwright/test";
import { expect, test as journey } from "../support/app.ts";
import { anEndpoint, aType, postEvent, receiverFixture } from "../support/journey.ts";

const test = mergeTests(journey, receiverFixture);

test("something is wrong: from the overview to the cause in two clicks", async ({ page, person, receiver }) => {
  await aType(person.workspaceId, { name: "order.created" });
  await aType(person.workspaceId, { name: "order.paid" });
  const failing = { url: `${receiver.url}/status/500`, retrySchedule: [], subscriptions: ["order.created"] };
  await anEndpoint(person.workspaceId, failing);
  await postEvent(person.workspaceId, { type: "order.created", data: {} });
  await expect(async () => {
    await page.goto(`/w/${person.slug}/overview`);
    await expect(page.getByRole("link", { name: "Review 1 failed" })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByRole("region", { name: "Attention" })).toContainText("answers 500: 1 failed");

  await page.getByRole("link", { name: "Review 1 failed" }).click();
  await page
    .getByRole("row", { name: /order\.created/ })
    .getByRole("link")
    .first()
    .click();
  await expect(
    page
      .getByText(/answered 500/)
      .filter({ visible: true })
      .first(),
  ).toBeVisible();
});

test("a time chosen on the chart, by keyboard too, is the time of the list", async ({ page, person, receiver }) => {
  await aType(person.workspaceId, { name: "order.created" });
  await anEndpoint(person.workspaceId, { url: `${receiver.url}/ok` });
  await postEvent(person.workspaceId, { type: "order.created", data: {} });
  await expect.poll(() => receiver.calls.length).toBe(1);
  await expect(async () => {
    await page.goto(`/w/${person.slug}/overview`);
    await expect(page.getByRole("slider", { name: /Narrow the time: from/ })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });

  const from = page.getByRole("slider", { name: /Narrow the time: from/ });
  await from.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/deliveries\?from=.*&to=/);
  await expect(page.getByRole("row", { name: /order\.created/ })).toBeVisible();
});

test("the figures follow what happens, without a reload", async ({ page, person, receiver }) => {
  await aType(person.workspaceId, { name: "order.created" });
  await anEndpoint(person.workspaceId, { url: `${receiver.url}/ok` });
  await page.goto(`/w/${person.slug}/overview`);
  await expect(page.getByText("No delivery finished")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Live updates/ })).toHaveText("Live");
  await postEvent(person.workspaceId, { type: "order.created", data: {} });
  await expect(page.getByRole("heading", { name: /Deliveries per/ })).toBeVisible({ timeout: 20_000 });
});

test("an open circuit is probed from the overview", async ({ page, person, receiver }) => {
  await aType(person.workspaceId, { name: "order.created" });
  await anEndpoint(person.workspaceId, { url: `${receiver.url}/status/500`, retrySchedule: [] });
  for (let n = 0; n < 11; n++) await postEvent(person.workspaceId, { type: "order.created", data: { n } });
  await expect(async () => {
    await page.goto(`/w/${person.slug}/overview`);
    await expect(page.getByRole("button", { name: "Probe now" })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 60_000 });
  await page.getByRole("button", { name: "Probe now" }).click();
  await expect(page.getByText(/The probe goes out now|Nothing to probe/)).toBeVisible();
});

test("an endpoint's page names the event type that fails, and its events tab counts each", async ({
  page,
  person,
  receiver,
}) => {
  await aType(person.workspaceId, { name: "order.created" });
  await aType(person.workspaceId, { name: "order.paid" });
  const { id } = await anEndpoint(person.workspaceId, { url: `${receiver.url}/ok` });
  await postEvent(person.workspaceId, { type: "order.paid", data: {} });
  await expect.poll(() => receiver.calls.length).toBe(1);
  await expect(async () => {
    await page.goto(`/w/${person.slug}/endpoints/${id}/events`);
    await expect(page.getByRole("row", { name: /order\.paid/ })).toContainText("100", { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByRole("row", { name: /order\.created/ })).not.toContainText("%");
  await page.getByRole("link", { name: "Overview", exact: true }).last().click();
  await page.getByRole("button", { name: "More actions" }).click();
  await expect(page.getByRole("link", { name: "Send what it never got…" })).toBeVisible();
});
