import { mergeTests, type Page } from "@playwright/test";
import { expect, expectAccessible, test as journey, type Person } from "../support/app.ts";
import { anEndpoint, aType, deliveriesOf, postEvent, receiverFixture } from "../support/journey.ts";
import { untilKeysAreHeard } from "../support/keyboard.ts";

const test = mergeTests(journey, receiverFixture);

/** A failed delivery of an endpoint that answers as its path says; null schedule means no retries. */
async function aDeliveryTo(person: Person, url: string, data: unknown = { order: { id: "981", total: 12 } }) {
  const endpoint = await anEndpoint(person.workspaceId, { url, retrySchedule: [], description: "Acme production" });
  const event = await postEvent(person.workspaceId, { type: "order.created", data });
  const [delivery = ""] = await deliveriesOf(person.workspaceId, event);
  return { endpoint, event, delivery, href: `/w/${person.slug}/deliveries/${delivery}` };
}

async function openWhen(page: Page, href: string, status: string): Promise<void> {
  await expect(async () => {
    await page.goto(href);
    await expect(page.getByRole("main").getByText(status, { exact: true }).first()).toBeVisible({ timeout: 500 });
  }).toPass();
}

test("the page says why, what the answer says and what to do; R retries, and its result is told", async ({
  page,
  person,
  receiver,
}) => {
  await aType(person.workspaceId, { name: "order.created" });
  const { href } = await aDeliveryTo(person, `${receiver.url}/flaky/1`);
  await openWhen(page, href, "Failed");
  const diagnosis = page.getByRole("region", { name: "Diagnosis" });
  await expect(diagnosis).toContainText("answered 500");
  await expect(diagnosis).toContainText("The answer says: call 1");
  await expect(diagnosis).toContainText("Look at the logs");
  await expect(diagnosis.getByRole("link", { name: "Share" })).toBeVisible();

  await untilKeysAreHeard(page);
  await page.keyboard.press("r");
  await expect(page.getByText("Delivered: 200", { exact: false })).toBeVisible();
  await expect(page.getByRole("region", { name: "Attempts" }).getByText("Manual · Mara")).toBeVisible();
  await expect(page.getByRole("region", { name: "Attempt 2" })).toContainText("call 2");
});

test("two attempts are compared, differences first, by key, by form and by address", async ({
  page,
  person,
  receiver,
}) => {
  await aType(person.workspaceId, { name: "order.created" });
  const { href } = await aDeliveryTo(person, `${receiver.url}/flaky/1`);
  await openWhen(page, href, "Failed");
  await page.getByRole("button", { name: "Retry delivery" }).first().click();
  await expect(page.getByRole("region", { name: "Attempt 2" })).toBeVisible();

  await page.keyboard.press("d");
  const comparison = page.getByRole("region", { name: "Comparison" });
  await expect(comparison.getByRole("row", { name: /^Answer/ })).toContainText("200");
  await expect(comparison.getByRole("row", { name: /^Answer/ })).toContainText("500");
  await expect(comparison.getByRole("region", { name: "Response body" })).toContainText("- call 2");
  await expect(comparison.getByRole("region", { name: "Response body" })).toContainText("+ call 1");
  await expectAccessible(page);

  await page.reload();
  await expect(comparison.getByRole("row", { name: /^Answer/ })).toContainText("500");
  await comparison.getByRole("link", { name: "Close comparison" }).click();
  await expect(comparison).toBeHidden();
});

test("an event is edited and replayed as a new one, and both pages say so", async ({ page, person, receiver }) => {
  await aType(person.workspaceId, { name: "order.created" });
  const { href, event, delivery } = await aDeliveryTo(person, `${receiver.url}/ok`);
  await openWhen(page, href, "Delivered");
  await untilKeysAreHeard(page);
  await page.keyboard.press("Shift+R");
  await expect(page.getByRole("heading", { name: "Edit and replay" })).toBeVisible();
  const data = page.getByLabel("Data", { exact: true });
  await data.click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText('{"order":');
  await page.getByRole("button", { name: "Replay edited event" }).click();
  await expect(page.getByText("The data is not valid JSON", { exact: false }).first()).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel("Data", { exact: true }).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText('{"order":12345678901234567890}');
  await page.getByRole("button", { name: "Replay edited event" }).click();
  await expect(page).toHaveURL(/\/deliveries\/dlv_/);
  await expect(page).not.toHaveURL(new RegExp(delivery));
  await expect(page.getByRole("main").getByText("Edited", { exact: true })).toBeVisible();
  await expect.poll(() => receiver.calls.length).toBe(2);
  expect(receiver.calls[1]?.body.toString()).toContain('"data":{"order":12345678901234567890}');
  expect(receiver.calls[1]?.headers["webhook-id"]).not.toBe(event);

  await page.goto(href);
  await expect(page.getByText("Edited and replayed as")).toBeVisible();
});

test("a shared link opens without signing in, redacted, until it is ended", async ({
  page,
  person,
  receiver,
  browser,
}) => {
  await aType(person.workspaceId, { name: "order.created" });
  const { href } = await aDeliveryTo(person, `${receiver.url}/status/500?key=hush`, { secretNumber: 4711 });
  await openWhen(page, href, "Failed");
  await page.getByRole("link", { name: "Share" }).first().click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Make link" }).click();
  const link = await page.locator("[data-shared-link]").innerText();
  expect(link).toMatch(/\/share\/[\w-]{43}$/);

  const stranger = await browser.newContext();
  const guest = await stranger.newPage();
  const answer = await guest.goto(link);
  expect(answer?.headers()["x-robots-tag"]).toContain("noindex");
  await expect(guest.getByRole("heading", { level: 1 })).toHaveText("order.created");
  await expect(guest.getByRole("region", { name: "Diagnosis" })).toContainText("answered 500");
  const shown = await guest.content();
  for (const hidden of ["hush", "4711", "status 500", "v1,", person.name === "Mara" ? "Mara<" : person.name]) {
    expect(shown).not.toContain(hidden);
  }
  expect((await stranger.request.get(`${link}/body`)).status()).toBe(404);
  await expectAccessible(guest);

  await page.getByRole("button", { name: "End now" }).click();
  await expect(page.getByRole("button", { name: "End now" })).toBeHidden();
  expect((await guest.goto(link))?.status()).toBe(404);
  await expect(guest.getByRole("heading", { level: 1 })).toHaveText("This link does not open anything");
  await stranger.close();
});

test("bodies stand in a shared link when they were chosen", async ({ page, person, receiver, browser }) => {
  await aType(person.workspaceId, { name: "order.created" });
  const { href } = await aDeliveryTo(person, `${receiver.url}/status/500`, { chosenNumber: 4711 });
  await openWhen(page, href, "Failed");
  await page.goto(`${href}?dialog=share`);
  await page.getByLabel("Show request and response bodies too").check();
  await page.getByRole("button", { name: "Make link" }).click();
  const link = await page.locator("[data-shared-link]").innerText();
  const stranger = await browser.newContext({ javaScriptEnabled: false });
  const guest = await stranger.newPage();
  await guest.goto(link);
  await expect(guest.getByRole("main")).toContainText("4711");
  await expect(guest.getByRole("main")).toContainText("status 500");
  expect(await (await stranger.request.get(`${link}/body?attempt=1`)).text()).toBe("status 500");
  await stranger.close();
});

test("a pasted secret is compared with the signature, and sent nowhere else", async ({ page, person, receiver }) => {
  await aType(person.workspaceId, { name: "order.created" });
  const { href, endpoint } = await aDeliveryTo(person, `${receiver.url}/ok`);
  await openWhen(page, `${href}?tab=signature`, "Delivered");
  const secret = page.getByLabel("Verify with my secret");
  await secret.fill(`whsec_${Buffer.alloc(32, 7).toString("base64")}`);
  await page.getByRole("button", { name: "Verify", exact: true }).click();
  await expect(page.getByText("It does not match", { exact: false })).toBeVisible();
  await expect(secret).toHaveValue("");
  await secret.fill(endpoint.secret);
  await page.getByRole("button", { name: "Verify", exact: true }).click();
  await expect(page.getByText("It matches: this secret made the signature.", { exact: false })).toBeVisible();
  expect(page.url()).not.toContain("whsec");
});

test("a payload is folded and searched, its path is copied, and the call is copied as code", async ({
  page,
  context,
  person,
  receiver,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await aType(person.workspaceId, { name: "order.created" });
  const { href } = await aDeliveryTo(person, `${receiver.url}/ok`, { order: { items: [{ sku: "a" }, { sku: "b" }] } });
  await openWhen(page, `${href}?tab=request`, "Delivered");
  const request = page.getByRole("region", { name: "Attempt 1" });
  await request.getByRole("group", { name: "Body" }).focus();
  await page.keyboard.press("ControlOrMeta+f");
  await page.getByRole("textbox", { name: "Find" }).pressSequentially('"b"');
  await page.keyboard.press("Enter");
  await expect(request.locator("[data-path]")).toHaveText("data.order.items[1].sku");
  await request.getByRole("button", { name: "Copy path" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("data.order.items[1].sku");
  await expectAccessible(page);

  await page.getByText("More actions").or(page.getByLabel("More actions")).first().click();
  await page.getByRole("link", { name: "Copy as Python" }).first().click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("urllib.request");
  await page.getByRole("link", { name: "Copy for ticket, Markdown" }).first().click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("### Webhook `order.created`");
});

test("bracket keys step through the deliveries of the list", async ({ page, person, receiver }) => {
  await aType(person.workspaceId, { name: "order.created" });
  const first = await aDeliveryTo(person, `${receiver.url}/status/500`);
  await openWhen(page, first.href, "Failed");
  const event = await postEvent(person.workspaceId, { type: "order.created", data: {} });
  const [second = ""] = await deliveriesOf(person.workspaceId, event);
  await openWhen(page, `/w/${person.slug}/deliveries/${second}`, "Failed");

  await page.goto(`${first.href}?in=${encodeURIComponent("status=failed")}`);
  await expect(page.getByRole("link", { name: "2 of 2 failed" })).toBeVisible();
  await page.keyboard.press("[");
  await expect(page).toHaveURL(new RegExp(`${second}\\?in=status`));
  await expect(page.getByRole("link", { name: "1 of 2 failed" })).toBeVisible();
  await page.keyboard.press("]");
  await expect(page).toHaveURL(new RegExp(first.delivery));
});

test("on paper the whole of the attempt stands, tabs or not", async ({ page, person, receiver }) => {
  await aType(person.workspaceId, { name: "order.created" });
  const { href } = await aDeliveryTo(person, `${receiver.url}/status/500`);
  await openWhen(page, href, "Failed");
  await page.emulateMedia({ media: "print" });
  const main = page.getByRole("main");
  await expect(main.getByRole("region", { name: "Request, printed" })).toBeVisible();
  await expect(main.getByRole("region", { name: "Request, printed" })).toContainText('"981"');
  await expect(main.getByRole("region", { name: "Signature, printed" })).toContainText("webhook-signature");
  await expect(main.getByRole("button", { name: "Retry delivery" }).first()).toBeHidden();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("an attempt is retried, compared and looked at raw by links and forms alone", async ({
    page,
    person,
    receiver,
  }) => {
    await aType(person.workspaceId, { name: "order.created" });
    const { href } = await aDeliveryTo(person, `${receiver.url}/status/500`);
    await openWhen(page, href, "Failed");
    await page.getByRole("button", { name: "Retry delivery" }).first().click();
    await expect.poll(() => receiver.calls.length).toBe(2);
    await expect(async () => {
      await page.goto(href);
      await expect(page.getByRole("region", { name: "Attempt 2" })).toBeVisible({ timeout: 500 });
    }).toPass();
    await page.getByRole("link", { name: "Compare…" }).first().click();
    await expect(page.getByRole("region", { name: "Comparison" })).toContainText("No response header differs.");
    await page.getByLabel("With", { exact: true }).selectOption("success");
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    await expect(page.getByText("This endpoint has no success on record to compare with.")).toBeVisible();
    await page.goto(`${href}?tab=request`);
    await page.getByRole("link", { name: "Raw body" }).click();
    await expect(page.getByRole("region", { name: "Attempt 2" })).toContainText(
      '"data":{"order":{"id":"981","total":12}}',
    );
  });
});
