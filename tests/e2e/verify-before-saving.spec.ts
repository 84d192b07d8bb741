import { mergeTests } from "@playwright/test";
import { expect, expectAccessible, test as journey } from "../support/app.ts";
import { receiverFixture } from "../support/journey.ts";

const test = mergeTests(journey, receiverFixture);

test("a URL is verified before it is saved: what answers, how fast, over what, and where", async ({
  page,
  person,
  receiver,
}) => {
  await page.goto(`/w/${person.slug}/endpoints/new`);
  const url = page.getByRole("region", { name: "Where events go" });
  await page.getByLabel("URL", { exact: true }).fill(`${receiver.url}/status/503`);
  await page.getByRole("button", { name: "Verify now" }).click();
  await expect(url).toContainText("Answered 503: deliveries would fail");

  await page.getByLabel("URL", { exact: true }).fill(`${receiver.url}/ok`);
  await expect(url).toContainText(`The URL was changed since: this was ${receiver.url}/status/503`);
  await page.getByRole("button", { name: "Verify again" }).click();
  await expect(url).toContainText("Answered 200 to a signed ping");
  await expect(url).toContainText("none, plain http");
  await expect(url).toContainText("127.0.0.1, private");
  expect(receiver.calls.at(-1)?.body.toString()).toContain("posthorn.ping");
  await expectAccessible(page);

  await page.getByRole("button", { name: "Create endpoint" }).click();
  await expect(page).toHaveURL(/\/endpoints\/ep_/);
  await expect(page.getByText("No deliveries yet")).toBeVisible();
});

test("what must not be called is not, and the form says why", async ({ page, person, receiver }) => {
  await page.goto(`/w/${person.slug}/endpoints/new`);
  const url = page.getByRole("region", { name: "Where events go" });
  await page.getByLabel("URL", { exact: true }).fill("http://169.254.169.254/latest/meta-data");
  await page.getByRole("button", { name: "Verify now" }).click();
  await expect(url).toContainText("169.254.169.254 is not a public address");
  await page.getByLabel("URL", { exact: true }).fill(`${receiver.url}/redirect?to=/ok`);
  await page.getByRole("button", { name: /^Verify/ }).click();
  await expect(url).toContainText("Answered 302, a redirect: deliveries would fail");
  await expect(url).toContainText("to /ok");
  expect(receiver.calls.map(({ path }) => path)).toEqual(["/redirect"]);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the form is verified by its second button, and keeps what was typed", async ({ page, person, receiver }) => {
    await page.goto(`/w/${person.slug}/endpoints/new`);
    await page.getByLabel("URL", { exact: true }).fill(`${receiver.url}/ok`);
    await page.getByText("Name and customer").click();
    await page.getByLabel("Description").fill("Warehouse");
    await page.getByRole("button", { name: "Verify now" }).click();
    await expect(page.getByRole("region", { name: "Where events go" })).toContainText("Answered 200 to a signed ping");
    await expect(page.getByLabel("URL", { exact: true })).toHaveValue(`${receiver.url}/ok`);
    await page.getByRole("button", { name: "Create endpoint" }).click();
    await expect(page).toHaveURL(/\/endpoints\/ep_/);
  });
});
