import { aPerson, expect, expectAccessible, test } from "../support/app.ts";

// Each journey looks at several pages with axe, in both themes.
test.describe.configure({ timeout: 180_000 });

const EVENT = { type: "order.created", data: { id: 981 } };

test("a key is shown once, does what its scopes say, tells when it was used, and is dead when revoked", async ({
  page,
  person,
  request,
}) => {
  await page.goto(`/w/${person.slug}/settings/api-keys`);
  await expect(page.getByText("No API keys yet")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Create key" }).click();
  await expect(page.getByText("Give the key a name")).toBeVisible();
  await page.getByLabel("Name").fill("Shop backend");
  await page.getByRole("button", { name: "Create key" }).click();
  const secret = await page.locator("[data-secret]").innerText();
  expect(secret).toMatch(/^ph_[0-9A-Za-z]{32}$/);
  await expect(page.getByText(`POSTHORN_API_KEY=${secret}`)).toBeVisible();
  await expect(page.getByText(`Authorization: Bearer ${secret}`)).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "I stored it" }).click();
  await expect(page.getByLabel("Name")).toHaveValue("");
  await page.reload();
  expect(await page.content()).not.toContain(secret);

  const call = { headers: { authorization: `Bearer ${secret}` } };
  const posted = await request.post("/api/v1/events", { ...call, data: EVENT });
  expect([202, 422]).toContain(posted.status());
  expect((await request.get("/api/v1/events", call)).status()).toBe(403);
  const row = page.getByRole("row", { name: /Shop backend/ });
  await expect(async () => {
    await page.reload();
    await expect(row).toContainText("127.0.0.1", { timeout: 100 });
  }).toPass();

  await row.getByRole("button", { name: "Revoke…" }).click();
  await expect(page.getByRole("alertdialog")).toContainText("Revoke Shop backend?");
  await expect(page.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.getByRole("button", { name: "Revoke key" }).click();
  await expect(row).toContainText("Revoked");
  expect((await request.post("/api/v1/events", { ...call, data: EVENT })).status()).toBe(401);
  await expectAccessible(page);
});

test("a key of one workspace sees nothing of another", async ({ page, person, request }) => {
  const other = await aPerson("Jonas");
  await page.goto(`/w/${person.slug}/settings/api-keys`);
  await page.getByLabel("Name").fill("Reader");
  await page.getByLabel("Read events, deliveries and configuration").check();
  await page.getByRole("combobox", { name: "Expires" }).selectOption("90");
  await page.getByRole("button", { name: "Create key" }).click();
  const secret = await page.locator("[data-secret]").innerText();
  const answer = await request.get("/api/v1/events", { headers: { authorization: `Bearer ${secret}` } });
  expect(answer.status()).toBe(200);
  expect(JSON.stringify(await answer.json())).not.toContain(other.workspaceId);

  await page.goto(`/w/${person.slug}/settings/audit-log`);
  await expect(page.getByRole("row", { name: /API key created/ })).toContainText("Reader");
  await expect(page.getByRole("table", { name: "Audit log" })).not.toContainText(secret.slice(3));
  await expectAccessible(page);
});
