import { mergeTests, type Page } from "@playwright/test";
import { expect, expectAccessible, test as journey } from "../support/app.ts";
import { anEndpoint, aType, postEvent, receiverFixture } from "../support/journey.ts";

const test = mergeTests(journey, receiverFixture);

test("an endpoint made in the form keeps order and pace; what blocks its line is skipped on its page, and the rest arrives", async ({
  page,
  person,
  receiver,
}) => {
  await aType(person.workspaceId, { name: "order.created" });
  await page.goto(`/w/${person.slug}/endpoints/new`);
  await page.getByLabel("URL", { exact: true }).fill(`${receiver.url}/status/500`);
  await fold(page, "Retries").click();
  await page.getByLabel("Retry schedule").fill("1h");
  await fold(page, "Limits and order").click();
  await page.getByLabel("Deliveries per second").fill("20");
  await page.getByLabel("Strict").check();
  await expect(fold(page, "Limits and order")).toContainText(/20\sa\ssecond.*strict order/);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create endpoint" }).click();
  await expect(page.getByText("Limits in force")).toBeVisible();

  for (const number of [1, 2, 3]) {
    await postEvent(person.workspaceId, { type: "order.created", data: { number }, orderingKey: "acme" });
  }
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("main")).toContainText(/Key acme: 2\sdeliveries wait behind/, { timeout: 500 });
  }).toPass();
  expect(receiver.calls.length).toBe(1);
  await expectAccessible(page);

  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("URL", { exact: true }).fill(`${receiver.url}/ok`);
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByRole("button", { name: "Skip this one…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Skip this one" }).click();

  await expect.poll(() => receiver.calls.length).toBe(3);
  expect(receiver.calls.map(({ path, body }) => [path, JSON.parse(body.toString()).data.number])).toEqual([
    ["/status/500", 1],
    ["/ok", 2],
    ["/ok", 3],
  ]);
  await expect(page.getByRole("heading", { name: "Blocked by a failing delivery" })).toBeHidden();
  await expect(page.getByRole("row", { name: /order\.created/ }).last()).toContainText("Discarded");
});

test("an open circuit is told on the overview and the endpoint's page, and closed by a probe that somebody asks for", async ({
  page,
  person,
  receiver,
}) => {
  await aType(person.workspaceId, { name: "order.created" });
  // Each delivery fails once: so does the first probe, which tries a delivery that was held from the start.
  const endpoint = await anEndpoint(person.workspaceId, { url: `${receiver.url}/flaky/1`, retrySchedule: [3_600] });
  const event = { type: "order.created", data: {} };
  for (let count = 0; count < 10; count++) await postEvent(person.workspaceId, event);
  await page.goto(`/w/${person.slug}/overview`);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("main")).toContainText("is open: 10 attempts in a row failed", { timeout: 500 });
  }).toPass();
  await postEvent(person.workspaceId, event);
  await page.getByRole("main").locator(`a[href$="${endpoint.id}"]`).first().click();
  await expect(page.getByRole("main")).toContainText(/1\sdelivery is held/);
  await expectAccessible(page);

  await page.getByRole("row", { name: /Held/ }).getByRole("link").click();
  await expect(page.getByRole("region", { name: "Diagnosis" })).toContainText("The circuit of the endpoint is open");
  await page.goBack();

  await page.getByRole("button", { name: "Probe now" }).click();
  await expect.poll(() => receiver.calls.length).toBe(11);
  await expect(page.getByText("Circuit open since")).toBeVisible();
  await expect(page.getByText("1\u00a0probe failed since")).toBeVisible();
  await page.getByRole("button", { name: "Probe now" }).click();
  await expect.poll(() => receiver.calls.length).toBe(12);
  await expect(page.getByText("Circuit open since")).toBeHidden();
  await expect(page.getByRole("row", { name: /Delivered/ })).toHaveCount(1);
  expect(page.url()).toContain(endpoint.id);
});

const fold = (page: Page, title: string) => page.locator("summary").filter({ hasText: title });
