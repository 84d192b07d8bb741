import { mergeTests } from "@playwright/test";
import { aPerson, expect, test as journey } from "../support/app.ts";
import { anEndpoint, aType, deliveriesOf, postEvent, receiverFixture } from "../support/journey.ts";

const test = mergeTests(journey, receiverFixture);
test.use({ javaScriptEnabled: false });

test("without scripts somebody signs in, finds what failed, reads why, and retries it", async ({ page, receiver }) => {
  const person = await aPerson();
  await aType(person.workspaceId, { name: "order.created" });
  await anEndpoint(person.workspaceId, { url: `${receiver.url}/flaky/1`, retrySchedule: [] });
  const event = await postEvent(person.workspaceId, { type: "order.created", data: { total: 1 } });
  const [delivery = ""] = await deliveriesOf(person.workspaceId, event);
  await expect.poll(() => receiver.calls.length).toBe(1);

  await page.goto(`/w/${person.slug}/deliveries?status=failed`);
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/deliveries\?status=failed$/);

  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("main")).toContainText("Failed", { timeout: 500 });
  }).toPass();
  await page.getByRole("main").locator(`a[href*="${delivery}"]`).first().click();
  await expect(page.getByRole("main")).toContainText("500");
  await page.goto(`/w/${person.slug}/deliveries/${delivery}`);
  await page
    .getByRole("main")
    .getByRole("button", { name: /^Retry/ })
    .first()
    .click();
  await expect.poll(() => receiver.calls.length).toBe(2);
});

test("without scripts an id leads to its page, and preferences are kept", async ({ page, person, receiver }) => {
  const { id } = await anEndpoint(person.workspaceId, { url: `${receiver.url}/ok` });
  await page.goto(`/w/${person.slug}/overview`);
  await page.getByRole("searchbox", { name: "Go to, or paste an ID" }).fill(id);
  await page.getByRole("searchbox", { name: "Go to, or paste an ID" }).press("Enter");
  await expect(page).toHaveURL(new RegExp(`/endpoints/${id}$`));

  await page.goto(`/w/${person.slug}/settings/preferences`);
  await page.getByLabel("Compact").check();
  await page.getByLabel("Dark").check();
  await page.getByRole("button", { name: "Save preferences" }).click();
  await expect(page.getByText("Saved, for this browser")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-density", "compact");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
