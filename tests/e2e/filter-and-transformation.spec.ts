import { mergeTests } from "@playwright/test";
import { expect, expectAccessible, test as journey } from "../support/app.ts";
import { aType, postEvent, receiverFixture } from "../support/journey.ts";

const test = mergeTests(journey, receiverFixture);

const CODE = "function transform({ data }) {\n  return { data: { ...data, total: data.amount / 100 } };\n}";

test("a filter and a transformation are tried on recent events, saved, and decide what the receiver gets", async ({
  page,
  person,
  receiver,
}) => {
  await aType(person.workspaceId, { name: "order.created" });
  for (const amount of [50, 200]) await postEvent(person.workspaceId, { type: "order.created", data: { amount } });

  await page.goto(`/w/${person.slug}/endpoints/new`);
  await page.getByLabel("URL", { exact: true }).fill(`${receiver.url}/ok`);
  await page.getByText("Filter and transformation").click();
  await page.getByLabel("Filter").fill('{"amount": {"$where": "1"}}');
  await page.getByRole("button", { name: "Try on recent events" }).click();
  await expect(page.getByText("$where is not an operator here")).toBeVisible();

  await page.getByLabel("Filter").fill('{"amount": {"$gte": 100}}');
  await page.getByLabel("Transformation").fill(CODE);
  await page.getByRole("button", { name: "Try on recent events" }).click();
  const trial = page.getByRole("region", { name: "Try on recent events" });
  await expect(trial).toContainText(/1 of 2\sevents would be sent/);
  await expect(trial).toContainText('"total": 2');
  await expect(trial).toContainText('amount does not match {"$gte":100}');
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create endpoint" }).click();
  await expect(page).toHaveURL(/\/endpoints\/ep_/);
  await expect(page.getByRole("main")).toContainText('{"amount": {"$gte": 100}}');

  for (const amount of [60, 300]) await postEvent(person.workspaceId, { type: "order.created", data: { amount } });
  await expect.poll(() => receiver.calls.length).toBe(1);
  expect(JSON.parse(String(receiver.calls[0]?.body)).data).toEqual({ amount: 300, total: 3 });

  await page.goto(`/w/${person.slug}/deliveries?status=discarded`);
  await page
    .getByRole("row", { name: /order\.created/ })
    .first()
    .getByRole("link")
    .first()
    .click();
  await expect(page.getByRole("main")).toContainText('Filtered out: amount does not match {"$gte":100}');
});
