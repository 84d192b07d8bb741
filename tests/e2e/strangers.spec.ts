import { aPerson, expect, expectAccessible, test } from "../support/app.ts";

test("whoever is not signed in is sent to the sign-in page, and back to where they wanted to go", async ({ page }) => {
  const { slug, email, password } = await aPerson();
  await page.goto(`/w/${slug}/overview`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await expectAccessible(page);
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(new RegExp(`/w/${slug}/overview`));
});

test.describe("a workspace of somebody else", () => {
  test.use({ expectedErrors: [/404/] });

  test("does not exist for a stranger, on any of its pages", async ({ page, person }) => {
    const { slug } = await aPerson("Jonas");
    for (const place of ["overview", "deliveries", "endpoints", "event-types", "events"]) {
      const answer = await page.goto(`/w/${slug}/${place}`);
      expect(answer?.status(), place).toBe(404);
    }
    const own = await page.goto(`/w/${person.slug}/overview`);
    expect(own?.status()).toBe(200);
  });
});
