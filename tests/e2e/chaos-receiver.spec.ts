import { expect, expectAccessible, test } from "../support/app.ts";

test("the receiver answers as it is told, and every call is seen as it comes in", async ({ page, person }) => {
  await page.goto(`/w/${person.slug}/playground/receiver`);
  await expect(page.getByText("Nothing came in yet")).toBeVisible();
  await page.getByRole("button", { name: "500, then 200" }).click();
  await expect(page.getByRole("button", { name: "500, then 200", pressed: true })).toBeVisible();
  await page.getByLabel("Demo events").fill("2");
  await page.getByRole("button", { name: "Send", exact: true }).click();

  const calls = page.getByRole("list", { name: "Received calls" }).getByRole("listitem");
  await expect(calls.filter({ hasText: "500" })).toHaveCount(2);
  await expect(calls.filter({ hasText: "200" })).toHaveCount(2, { timeout: 20_000 });
  await calls.first().getByText(/^evt_/).first().click();
  await expect(calls.first()).toContainText("signature verified");
  await expect(calls.first()).toContainText("Hello from Posthorn");
  await expectAccessible(page);
});

test("a setting by hand is kept, and what cannot be is refused with the reason", async ({ page, person }) => {
  await page.goto(`/w/${person.slug}/playground/receiver`);
  await page.getByText("Set by hand").click();
  await page.getByLabel("Delay in ms").fill("60001");
  await page.getByRole("button", { name: "Answer like this" }).click();
  await expect(page.getByText("Give at most 60000 ms")).toBeVisible();
  await page.getByLabel("Delay in ms").fill("250");
  await page.getByLabel("Status", { exact: true }).fill("202");
  await page.getByRole("button", { name: "Answer like this" }).click();
  await expect(page.getByLabel("Delay in ms")).toHaveValue("250");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  const call = page.getByRole("list", { name: "Received calls" }).getByRole("listitem");
  await expect(call).toContainText(/202 after 250\sms/);
});

test("failures that count as real events open the circuit, and its page says so", async ({ page, person }) => {
  await page.goto(`/w/${person.slug}/playground/receiver`);
  await page.getByRole("button", { name: "Always 500" }).click();
  await expect(page.getByRole("button", { name: "Always 500", pressed: true })).toBeVisible();
  await page.getByLabel("Demo events").fill("12");
  await page.getByLabel("As real events").check();
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByRole("link", { name: "its page" }).click();
  // A page is not drawn anew while somebody points at a link of it, as the pointer may do that has just clicked.
  await expect(page).toHaveURL(/\/endpoints\/ep_/);
  await page.getByRole("heading", { level: 1 }).hover();
  await expect(page.getByRole("button", { name: "Probe now" })).toBeVisible({ timeout: 15_000 });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a preset is chosen and a demo sent by plain forms", async ({ page, person }) => {
    await page.goto(`/w/${person.slug}/playground/receiver`);
    await page.getByRole("button", { name: "Always 500" }).click();
    await expect(page.getByRole("button", { name: "Always 500", pressed: true })).toBeVisible();
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect(async () => {
      await page.reload();
      await expect(page.getByRole("list", { name: "Received calls" })).toContainText("500", { timeout: 500 });
    }).toPass();
  });
});
