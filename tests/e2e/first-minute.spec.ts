import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "../support/app.ts";

/** UI.md §5: from signing in to a verified demo, and from there to a delivery of one's own. */
const FIRST_DELIVERY_MS = 15_000;
const MOST_CLICKS = 7;

test("whoever signs up sees a signed delivery verified, two clicks and fifteen seconds later", async ({ page }) => {
  await page.goto("/sign-up");
  await page.getByLabel("Name", { exact: true }).fill("Mara");
  await page.getByLabel("Email").fill("mara.first-minute@fieldnote.test");
  await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
  const started = Date.now();
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("button", { name: "Send a demo delivery" }).click();

  await expect(page.getByText("signature checked here, verified by the receiver")).toBeVisible();
  await expect(page.getByRole("region", { name: "Demo delivery" })).toContainText("Delivered");
  expect(Date.now() - started).toBeLessThan(FIRST_DELIVERY_MS);
  await expectAccessible(page);
});

test("a demo can be seen to fail and be retried", async ({ page, person }) => {
  await page.goto(`/w/${person.slug}/get-started`);
  await page.getByLabel("Built-in receiver").selectOption("fail-then-ok");
  await page.getByRole("button", { name: "Send a demo delivery" }).click();
  const demo = page.getByRole("region", { name: "Demo delivery" });
  await expect(demo).toContainText("attempt 1 500, next in");
  await expect(demo).toContainText("attempt 2 200, delivered", { timeout: 20_000 });
});

test("the three steps go from an own endpoint over a pasted curl to the delivery", async ({ page, person }) => {
  const receiver = createServer((request, response) => request.resume().on("end", () => response.end("ok")));
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`;

  await page.goto(`/w/${person.slug}`);
  await expect(page).toHaveURL(/get-started$/);
  const clicks = await countClicks(page);
  await page.getByLabel("URL of your endpoint").fill(url);
  await page.getByRole("button", { name: "Add endpoint" }).click();
  await expect(page.getByRole("link", { name: url })).toBeVisible();
  await expect(page.locator("[data-step='1']")).toContainText("answered 200 in");
  await page.getByRole("button", { name: "Make a key" }).click();
  await expect(page.getByRole("button", { name: "Copy with key" })).toBeVisible();
  await expect(page.getByText("Listening…")).toBeVisible();

  const call = await page.locator("[data-snippet=curl]").innerText();
  const answer = JSON.parse(
    execFileSync("sh", ["-c", call], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
  );
  expect(answer).toMatchObject({ type: "order.created", deliveries: 1 });
  await expect(page.locator("[data-step='3']")).toContainText("Delivered");
  expect(await clicks()).toBeLessThanOrEqual(MOST_CLICKS);
  await expectAccessible(page);

  await page.reload();
  await expect(page.locator("[data-snippet=curl]")).toContainText("••••");
  await page.goto(`/w/${person.slug}`);
  await expect(page).toHaveURL(/overview$/);
  receiver.close();
});

test("get started is gone for good once it is dismissed", async ({ page, person }) => {
  await page.goto(`/w/${person.slug}/get-started`);
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(page).toHaveURL(/overview$/);
  const sidebar = page.getByRole("complementary", { name: "Workspace" });
  await expect(sidebar.getByRole("link", { name: "Overview" })).toBeVisible();
  await expect(sidebar.getByRole("link", { name: "Get started" })).toHaveCount(0);
  await page.goto(`/w/${person.slug}`);
  await expect(page).toHaveURL(/overview$/);
});

/** Counts presses from now on, until the page is left. */
async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    document.body.dataset.clicks = "0";
    const count = () => {
      document.body.dataset.clicks = String(Number(document.body.dataset.clicks) + 1);
    };
    document.addEventListener("pointerdown", count, { capture: true });
  });
  return async () => Number(await page.locator("body").getAttribute("data-clicks"));
}
