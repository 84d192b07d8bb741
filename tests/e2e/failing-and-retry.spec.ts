import { mergeTests } from "@playwright/test";
import { expect, expectAccessible, test as journey } from "../support/app.ts";
import { anEndpoint, aType, postEvent, receiverFixture } from "../support/journey.ts";

const test = mergeTests(journey, receiverFixture);

test("a failing delivery says why; the endpoint is corrected, Retry pressed, and it is delivered", async ({
  page,
  person,
  receiver,
}) => {
  await aType(person.workspaceId, { name: "order.created" });
  const endpoint = await anEndpoint(person.workspaceId, { url: `${receiver.url}/status/500`, retrySchedule: [] });
  await postEvent(person.workspaceId, { type: "order.created", data: {} });
  await postEvent(person.workspaceId, { type: "order.created", data: {} });
  await expect.poll(() => receiver.calls.length).toBe(2);

  await page.goto(`/w/${person.slug}/endpoints/${endpoint.id}`);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("link", { name: "Retry 2 failed…" })).toBeVisible({ timeout: 500 });
  }).toPass();
  await expectAccessible(page);
  await page
    .getByRole("row", { name: /order\.created/ })
    .first()
    .getByRole("link")
    .click();
  await expect(page.getByText("Failed", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("main")).toContainText("answered 500");

  await page.goto(`/w/${person.slug}/endpoints/${endpoint.id}/edit`);
  await page.getByLabel("URL", { exact: true }).fill(`${receiver.url}/ok`);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page).toHaveURL(new RegExp(`/endpoints/${endpoint.id}$`));

  await page
    .getByRole("row", { name: /order\.created/ })
    .first()
    .getByRole("link")
    .click();
  await page.getByRole("button", { name: "Retry delivery" }).first().click();
  await expect(page.getByText("Delivered", { exact: true }).first()).toBeVisible();

  await page.goto(`/w/${person.slug}/endpoints/${endpoint.id}`);
  await page.getByRole("link", { name: "Retry 1 failed…" }).click();
  await expect(page.getByRole("heading", { name: "Retry deliveries" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: /^Retry 1\sdelivery/ }).click();
  await expect.poll(() => receiver.calls.filter(({ path }) => path === "/ok").length).toBe(2);
});

test("a paused endpoint holds its deliveries, says by whom, and releases them when it is resumed", async ({
  page,
  person,
  receiver,
}) => {
  await aType(person.workspaceId, { name: "order.created" });
  const endpoint = await anEndpoint(person.workspaceId, { url: `${receiver.url}/ok` });
  await page.goto(`/w/${person.slug}/endpoints/${endpoint.id}`);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText(`Paused by ${person.name}`)).toBeVisible();
  await postEvent(person.workspaceId, { type: "order.created", data: {} });
  await page.reload();
  await expect(page.getByRole("row", { name: /order\.created/ })).toContainText("Held");
  expect(receiver.calls).toEqual([]);

  await page.getByRole("button", { name: "Resume" }).click();
  await expect.poll(() => receiver.calls.length, { timeout: 30_000 }).toBe(1);
});
