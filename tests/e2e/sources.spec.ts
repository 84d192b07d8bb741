import { sign } from "@octokit/webhooks-methods";
import type { Page } from "@playwright/test";
import Stripe from "stripe";
import { expect, expectAccessible, test } from "../support/app.ts";
import { aNewSource, anEndpoint } from "../support/journey.ts";

const SECRET = "whsec_e2e0123456789abcdef";

/** Posts an event to a source as Stripe would, signed with its own library. */
async function postAsStripe(url: string, secret = SECRET, id = "evt_1") {
  const payload = JSON.stringify(
    { id, object: "event", type: "payment_intent.succeeded", data: { object: {} } },
    null,
    2,
  );
  const signature = await Stripe.webhooks.generateTestHeaderStringAsync({ payload, secret });
  const headers = { "content-type": "application/json; charset=utf-8", "stripe-signature": signature };
  return fetch(url, { method: "POST", headers, body: payload });
}

async function shownUrl(page: Page): Promise<string> {
  return (await page.locator("[data-source-url]").textContent()) ?? "";
}

test("a Stripe source is created from its tile, gets Stripe's secret afterwards, and shows the first verified request by itself", async ({
  page,
  person,
}) => {
  await page.goto(`/w/${person.slug}/get-started`);
  await page.getByRole("link", { name: "Create a source" }).click();
  await page.getByRole("link", { name: /^Stripe/ }).click();
  await page.getByLabel("Name", { exact: true }).fill("Card payments");
  await page.getByRole("button", { name: "Create source" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Card payments");
  const url = await shownUrl(page);
  expect(url).toMatch(/^http:\/\/.+\/in\/\S{20,}$/);
  await expect(page.getByText("Waiting for the first request…")).toBeVisible();
  // The tests run on this machine alone.
  await expect(page.getByText("Only this machine reaches this address: Stripe cannot.")).toBeVisible();
  await expect(page.getByText("Workbench")).toBeVisible();
  await expectAccessible(page);

  // Pasted wrongly, it says so; then the right one.
  await page.getByLabel("Signing secret").fill("sk_live_abc");
  await page.getByRole("button", { name: "Add secret" }).click();
  await expect(page.getByText("That is an API key")).toBeVisible();
  await page.getByLabel("Signing secret").fill(SECRET);
  await page.getByRole("button", { name: "Add secret" }).click();
  await expect(page.locator('[data-secret="masked"]')).toContainText("cdef");

  expect((await postAsStripe(url)).status).toBe(200);
  const first = page.locator('[data-step="4"]');
  await expect(first).toContainText("Verified", { timeout: 20_000 });
  await expect(first.getByRole("link", { name: "payment_intent.succeeded" })).toHaveAttribute(
    "href",
    /\/sources\/src_\w+\?sel=req_\w+$/,
  );

  await page.goto(`/w/${person.slug}/sources`);
  const row = page.getByRole("row", { name: /Card payments/ });
  await expect(row).toContainText("Active");
  await expect(row.getByRole("cell").nth(2)).toContainText("1");
  await page.goto(`/w/${person.slug}/events`);
  await expect(page.getByRole("main")).toContainText("stripe.payment_intent.succeeded");
});

test("where a secret in the URL proves the calls, the address is not offered without it", async ({ page, person }) => {
  const { id, token } = await aNewSource(person.workspaceId, { provider: "mailchimp", secrets: ["0123456789abcdef"] });
  const body = new URLSearchParams({ type: "subscribe" });
  const bare = await fetch(`${process.env.POSTHORN_URL}/in/${token}`, { method: "POST", body });
  expect(bare.status).toBe(401);

  await page.goto(`/w/${person.slug}/sources/${id}`);
  await expect(page.getByRole("button", { name: "Copy URL" })).toHaveCount(0);
  await page.locator("a[data-request]").click();
  await expect(page.getByRole("region", { name: "Diagnosis" })).toContainText("lacks this source's secret");
  await page.getByRole("link", { name: "URL with secret…" }).click();
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.locator('[data-secret="shown"]')).toContainText("?secret=0123456789abcdef");
});

test("an endpoint that answers is told from another on the same host by its path", async ({ page, person }) => {
  for (const path of ["commands", "orders"]) {
    await anEndpoint(person.workspaceId, { url: `https://api.example.com/${path}`, description: "" });
  }
  await page.goto(`/w/${person.slug}/sources/new?provider=slack`);
  await page.getByText("Answer", { exact: true }).click();
  await expect(page.getByLabel("Answered by an endpoint")).toContainText("api.example.com/commands");
  await expect(page.getByLabel("Answered by an endpoint")).toContainText("api.example.com/orders");
});

test("what a source had refused is counted where sources are listed", async ({ page, person }) => {
  const { token } = await aNewSource(person.workspaceId, { name: "Payments", secrets: [SECRET] });
  const url = `${process.env.POSTHORN_URL}/in/${token}`;
  expect((await postAsStripe(url, "whsec_wrong")).status).toBe(401);
  await page.goto(`/w/${person.slug}/sources`);
  await expect(
    page
      .getByRole("row", { name: /Payments/ })
      .getByRole("cell")
      .nth(3),
  ).toContainText("1");
});

test("secrets are shown on asking, added beside each other and ended one by one", async ({ page, person }) => {
  const { id, token } = await aNewSource(person.workspaceId, { secrets: [SECRET] });
  const url = `${process.env.POSTHORN_URL}/in/${token}`;
  await page.goto(`/w/${person.slug}/sources/${id}/edit`);
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.locator('[data-secret="shown"]')).toHaveText(SECRET);

  await page.getByText("Add a secret").click();
  await page.getByLabel("Signing secret").fill("whsec_another0123456789");
  await page.getByRole("button", { name: "Add secret" }).click();
  await expect(page.locator("[data-secret]")).toHaveCount(2);
  expect((await postAsStripe(url, SECRET, "evt_old")).status).toBe(200);
  expect((await postAsStripe(url, "whsec_another0123456789", "evt_new")).status).toBe(200);

  await page.getByRole("link", { name: "End…" }).last().click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("cdef");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "End secret" }).click();
  await expect(page.locator("[data-secret]")).toHaveCount(1);
  expect((await postAsStripe(url, SECRET, "evt_late")).status).toBe(401);

  await page.goto(`/w/${person.slug}/settings/audit-log`);
  for (const words of ["Source secret revealed", "Source secret added", "Source secret ended"]) {
    await expect(page.getByRole("main")).toContainText(words);
  }
});

test("a source is paused, disabled, given a new URL and deleted, and its URL answers accordingly", async ({
  page,
  person,
}) => {
  const { id, token } = await aNewSource(person.workspaceId, { name: "Payments", secrets: [SECRET] });
  const url = `${process.env.POSTHORN_URL}/in/${token}`;
  const edit = `/w/${person.slug}/sources/${id}/edit`;
  await page.goto(edit);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("Callers get 503")).toBeVisible();
  expect((await postAsStripe(url)).status).toBe(503);
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByText("Requests are taken.")).toBeVisible();
  await page.getByRole("link", { name: "Disable…" }).click();
  await page.getByRole("button", { name: "Disable source" }).click();
  await expect(page.getByText("as if it were nobody's")).toBeVisible();
  expect((await postAsStripe(url)).status).toBe(404);
  await page.getByRole("button", { name: "Enable" }).click();
  await expect(page.getByText("Requests are taken.")).toBeVisible();

  await page.getByRole("link", { name: "New URL…" }).click();
  await page.getByRole("button", { name: "Make a new URL" }).click();
  await expect(page).toHaveURL(/\/set-up$/);
  const fresh = await shownUrl(page);
  expect(fresh).not.toBe(url);
  expect((await postAsStripe(url)).status).toBe(404);
  expect((await postAsStripe(fresh)).status).toBe(200);

  await page.goto(`${edit}?dialog=delete`);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/to confirm/).fill("payments");
  await dialog.getByRole("button", { name: "Delete source" }).click();
  await expect(dialog.getByText("Type Payments to delete it")).toBeVisible();
  await dialog.getByLabel(/to confirm/).fill("Payments");
  await dialog.getByRole("button", { name: "Delete source" }).click();
  await expect(page.getByText("No sources yet")).toBeVisible();
  expect((await postAsStripe(fresh)).status).toBe(404);
});

test("everything behind More is kept, and found again when the source is edited", async ({ page, person }) => {
  await page.goto(`/w/${person.slug}/sources/new?provider=hmac`);
  await page.getByLabel("Name", { exact: true }).fill("Shop floor");
  await page.getByLabel("Signature header").fill("X-Shop-Signature");
  await page.getByLabel("Algorithm").selectOption("sha512");
  await page.getByText("Event types and customer").click();
  await page.getByLabel("Prefix").fill("shop");
  await page.getByLabel("Customer", { exact: false }).first().fill("header:x-shop");
  await page.getByLabel("Provider's name of type 1").fill("sale");
  await page.getByLabel("Event type of type 1").fill("order.created");
  await page.getByText("Access and headers").click();
  await page.getByLabel("Allowed addresses").fill("nowhere");
  await page.getByRole("button", { name: "Create source" }).click();
  await expect(page.getByText("Give addresses or ranges such as 203.0.113.0/24").first()).toBeVisible();
  await page.getByLabel("Allowed addresses").fill("203.0.113.0/24");
  await page.getByRole("button", { name: "Create source" }).click();
  await expect(page).toHaveURL(/\/set-up$/);

  await page.goto(page.url().replace("/set-up", "/edit"));
  await expect(page.getByLabel("Signature header")).toHaveValue("x-shop-signature");
  await expect(page.getByLabel("Algorithm")).toHaveValue("sha512");
  await expect(page.getByText("shop.… before the provider's type · customer at header:x-shop")).toBeVisible();
  await expect(page.getByText("from 1 range · no rate limit")).toBeVisible();
  await page.getByText("Event types and customer").click();
  await expect(page.getByLabel("Event type of type 1")).toHaveValue("order.created");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a GitHub source is made, shows its secret on asking, and its first request after a reload", async ({
    page,
    person,
  }) => {
    await page.goto(`/w/${person.slug}/sources/new`);
    await page.getByRole("link", { name: /^GitHub/ }).click();
    await page.getByLabel("Name", { exact: true }).fill(" ");
    await page.getByRole("button", { name: "Create source" }).click();
    await expect(page.getByText("Give the source a name")).toBeVisible();
    await page.getByLabel("Name", { exact: true }).fill("Repository");
    await page.getByRole("button", { name: "Create source" }).click();
    await page.getByRole("button", { name: "Show", exact: true }).click();
    const secret = (await page.locator('[data-secret="shown"]').textContent()) ?? "";
    expect(secret).toMatch(/^[0-9A-Za-z]{32}$/);

    const body = '{"action":"opened","number":1}';
    const headers = {
      "content-type": "application/json",
      "x-github-event": "pull_request",
      "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
      "x-hub-signature-256": await sign(secret, body),
    };
    const answer = await fetch(await shownUrl(page), { method: "POST", headers, body });
    expect(answer.status).toBe(200);
    await page.goto(page.url());
    await expect(page.getByText("Verified")).toBeVisible();
  });
});

test("what is pasted at a provider that signs nothing has the secret in it", async ({ page, person }) => {
  const { id } = await aNewSource(person.workspaceId, { provider: "mailchimp", name: "Newsletter" });
  await page.goto(`/w/${person.slug}/sources/${id}/set-up`);
  await expect(page.locator('[data-secret="masked"]')).toContainText("?secret=••••");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  const url = (await page.locator('[data-secret="shown"]').textContent()) ?? "";
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const post = (to: string) =>
    fetch(to, { method: "POST", headers: form, body: "type=subscribe&data[email]=a@b.example" });
  expect((await post(url)).status).toBe(200);
  expect((await post(url.split("?")[0] ?? "")).status).toBe(401);
});
