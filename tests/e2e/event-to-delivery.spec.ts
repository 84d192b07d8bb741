import { mergeTests } from "@playwright/test";
import { expect, expectAccessible, test as journey } from "../support/app.ts";
import { postEvent, receiverFixture, verifies } from "../support/journey.ts";

const test = mergeTests(journey, receiverFixture);

const SCHEMA = '{"type":"object","required":["total"],"properties":{"total":{"type":"number"}}}';

test("an event type and an endpoint made in the browser; a posted event arrives, signed with the secret that was shown", async ({
  page,
  person,
  receiver,
}) => {
  await page.goto(`/w/${person.slug}/event-types`);
  await page.getByRole("link", { name: "New event type" }).first().click();
  await page.getByLabel("Name").fill("order.created");
  await page.getByLabel("JSON Schema").fill(SCHEMA);
  await page.getByLabel("Example").fill('{\n  "total": "free",\n}');
  await page.getByRole("button", { name: "Create event type" }).click();
  await expect(page.getByText(/This is not JSON.*line 3/)).toBeVisible();
  await page.getByLabel("Example").fill('{"total": "free"}');
  await page.getByRole("button", { name: "Create event type" }).click();
  await expect(page.getByText(/does not match the schema: .*total/)).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Example").fill('{"total": 12.5}');
  await page.getByRole("button", { name: "Create event type" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "order.created" })).toBeVisible();

  await page.goto(`/w/${person.slug}/endpoints/new`);
  await page.getByLabel("URL", { exact: true }).fill("ftp://example.com");
  await page.getByLabel("Only these").check();
  await page.getByRole("button", { name: "Create endpoint" }).click();
  await expect(page.getByText("Choose at least one event type")).toBeVisible();
  await expect(page.getByLabel("URL", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("URL", { exact: true }).fill(`${receiver.url}/ok`);
  await page.getByLabel("order.*", { exact: false }).first().check();
  await expect(page.getByText("the one, and future ones")).toBeVisible();
  await expect(page.getByLabel("Signed request preview")).toContainText('"total": 12.5');
  await page.getByRole("button", { name: "Create endpoint" }).click();
  await expect(page.getByText("No deliveries yet")).toBeVisible();

  await page.getByRole("button", { name: /Reveal signing secret/ }).click();
  const secret = await page.locator('[data-secret="shown"]').innerText();
  expect(secret).toMatch(/^whsec_/);

  await postEvent(person.workspaceId, { type: "order.created", data: { total: 99 } });
  await expect.poll(() => receiver.calls.length).toBe(1);
  const [call] = receiver.calls;
  expect(verifies(secret, call!)).toBe(true);
  expect(JSON.parse(call!.body.toString())).toMatchObject({ type: "order.created", data: { total: 99 } });
  await page.reload();
  await expect(page.getByRole("row", { name: /order\.created/ })).toContainText("Delivered");
  expect(await page.content()).not.toContain(secret);
});

test("a test send delivers the type's example and leads to its delivery", async ({ page, person, receiver }) => {
  await page.goto(`/w/${person.slug}/event-types/new`);
  await page.getByLabel("Name").fill("invoice.paid");
  await page.getByLabel("Example").fill('{"invoice": "inv_1"}');
  await page.getByRole("button", { name: "Create event type" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "invoice.paid" })).toBeVisible();
  await page.goto(`/w/${person.slug}/endpoints/new`);
  await page.getByLabel("URL", { exact: true }).fill(`${receiver.url}/ok`);
  await page.getByRole("button", { name: "Create endpoint" }).click();
  await page.getByRole("link", { name: "Send test…" }).click();
  await expect(page.getByRole("dialog")).toContainText("Send a test");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Send test event" }).click();
  await expect(page).toHaveURL(/\/deliveries\/dlv_/);
  await expect(page.getByText("Delivered", { exact: true }).first()).toBeVisible();
  expect(JSON.parse(receiver.calls[0]!.body.toString()).data).toEqual({ invoice: "inv_1" });
});
