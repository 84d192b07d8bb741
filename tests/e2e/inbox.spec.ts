import { mergeTests, type Page } from "@playwright/test";
import { formatId } from "../../lib/ids.ts";
import { expect, expectAccessible, test as journey, type Person } from "../support/app.ts";
import { aPosting, aSource, send, type TestSource } from "../support/inbound.ts";
import { anEndpoint, receiverFixture } from "../support/journey.ts";

const test = mergeTests(journey, receiverFixture);

const SECRET = "whsec_inbox";
/** Asking by the clock, an inbox at rest would take ten seconds. */
const TOLD_WITHIN_MS = 4_000;

const inbox = (page: Page) => page.getByRole("region", { name: "Inbox" });
const rows = (page: Page) => inbox(page).locator("a[data-request]");
const opened = (page: Page) => page.getByRole("region", { name: "Request", exact: true });

/** What is open has another than what stands there while nothing is. */
const heading = (page: Page) => opened(page).locator("#request");

async function aStripe({ workspaceId, slug }: Person) {
  const source = await aSource(workspaceId, { name: "Payments", secrets: [SECRET] });
  return { source, path: `/w/${slug}/sources/${formatId("src", source.id)}` };
}

/** A call as Stripe makes it; with another secret it is refused. */
async function post(source: TestSource, type: string, { secret = SECRET, id = type, total = 1 } = {}) {
  const body = JSON.stringify({ id: `evt_${id}`, type, data: { object: { total } } });
  const answer = await send(
    await aPosting({ url: process.env.POSTHORN_URL ?? "" }, source, "stripe", { body, secret }),
  );
  return answer.status;
}

test("a request is in the inbox moments after it came, with its verdict, and opens beside the list", async ({
  page,
  person,
}) => {
  const { source, path } = await aStripe(person);
  await page.goto(path);
  await expect(page.getByText("Waiting for the first request…").first()).toBeVisible();
  await expect(page.locator("[data-url]")).toContainText(source.path);
  await expect(page.getByRole("button", { name: /^Live updates/ })).toHaveText("Live");
  expect(await post(source, "invoice.paid")).toBe(200);
  await expect(rows(page)).toHaveCount(1, { timeout: TOLD_WITHIN_MS });
  await expect(rows(page).first()).toContainText("invoice.paid");
  expect(await post(source, "charge.refunded", { secret: "whsec_other" })).toBe(401);
  await expect(rows(page).first()).toContainText("Bad signature", { timeout: TOLD_WITHIN_MS });

  await rows(page).filter({ hasText: "invoice.paid" }).click();
  await expect(heading(page)).toHaveText("invoice.paid");
  await expect(opened(page)).toContainText("answered 200");
  await expect(opened(page).getByRole("group", { name: "Body" })).toContainText('"total": 1');
  await expect(opened(page).getByRole("table", { name: "Headers" })).toContainText("stripe-signature");
  await expectAccessible(page);

  // Under the pointer nothing moves: what is new is counted.
  await rows(page).first().hover();
  expect(await post(source, "customer.created")).toBe(200);
  await page.getByRole("button", { name: /1 new/ }).click({ timeout: TOLD_WITHIN_MS });
  await expect(rows(page).first()).toContainText("customer.created");
});

test("the quarantined are told apart, and a search finds a request by what its body holds", async ({
  page,
  person,
}) => {
  const { source, path } = await aStripe(person);
  await post(source, "invoice.paid", { total: 17 });
  await post(source, "charge.refunded", { secret: "whsec_other", total: 18 });
  await post(source, "invoice.paid", { total: 17 });
  await page.goto(path);
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).first()).toContainText("Duplicate");

  await inbox(page).getByRole("link", { name: "Quarantined 1" }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).toContainText("Bad signature");
  await page.reload();
  await expect(rows(page)).toHaveCount(1);

  await inbox(page).getByRole("link", { name: "All" }).click();
  await expect(rows(page)).toHaveCount(3);
  await page.keyboard.press("/");
  await page.getByRole("textbox", { name: "Search requests" }).fill("body.data.object.total:18 code:4xx");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/code=4xx/);
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("link", { name: "Remove filter body" }).click();
  await expect(page).not.toHaveURL(/body=/);
  await page.getByRole("link", { name: "Remove filter answered" }).click();
  await expect(rows(page)).toHaveCount(3);
});

test("from the request one line leads to its event, its deliveries and every call", async ({
  page,
  person,
  receiver,
}) => {
  const { source, path } = await aStripe(person);
  await anEndpoint(person.workspaceId, { url: `${receiver.url}/ok`, description: "Warehouse" });
  await post(source, "invoice.paid");
  await expect.poll(() => receiver.calls.length).toBe(1);
  await page.goto(path);
  await rows(page).first().click();
  const line = opened(page).getByRole("region", { name: "What it became" });
  await expect(line.getByRole("link", { name: "stripe.invoice.paid" })).toBeVisible();
  await expect(line).toContainText(/Attempt 1, Warehouse:\s*200/);
  await expect(rows(page).first()).toContainText("1 delivery");

  await line.getByRole("button", { name: "Replay event" }).click();
  await expect.poll(() => receiver.calls.length).toBe(2);
  await expect(line).toContainText("Replayed to Warehouse");
  await line.getByRole("link", { name: "stripe.invoice.paid" }).click();
  await expect(page).toHaveURL(/\/events\/evt_/);
});

test("two requests are compared, differences first, and one is copied as a command that is whole", async ({
  page,
  person,
}) => {
  const { source, path } = await aStripe(person);
  await post(source, "invoice.paid", { id: "a", total: 17 });
  await post(source, "invoice.paid", { id: "b", total: 18 });
  await page.goto(path);
  await rows(page).first().click();
  await opened(page).getByLabel("More actions").click();
  await opened(page).getByRole("link", { name: "Compare with…" }).click();
  const difference = opened(page).getByRole("region", { name: "Body" });
  await expect(difference).toContainText('-       "total": 18');
  await expect(difference).toContainText('+       "total": 17');
  await expect(page).toHaveURL(/compare=req_/);
  await expectAccessible(page);
  await opened(page).getByRole("link", { name: "Close comparison" }).click();
  await expect(difference.getByRole("group", { name: "Body" })).toContainText('"total": 18');

  await opened(page).getByLabel("More actions").click();
  const copy = opened(page).getByRole("link", { name: "Copy as curl", exact: true });
  const text = await (await page.request.get((await copy.getAttribute("href")) ?? "")).text();
  expect(text).toContain(`curl --request 'POST' '${process.env.POSTHORN_URL}${source.path}'`);
  expect(text).toContain(`--data-raw '{"id":"evt_b","type":"invoice.paid","data":{"object":{"total":18}}}'`);
});

test("a body becomes the example of its event type", async ({ page, person }) => {
  const { source, path } = await aStripe(person);
  await post(source, "invoice.paid");
  await page.goto(path);
  await rows(page).first().click();
  await opened(page).getByRole("button", { name: "Save as example" }).click();
  await expect(page.getByText("Saved as the example of stripe.invoice.paid")).toBeVisible();
  await page.goto(`/w/${person.slug}/event-types/stripe.invoice.paid`);
  await expect(page.getByRole("main")).toContainText('"total": 1');
});

test("a source that nothing is connected to is a place to look at whatever comes: forms, bytes, masked secrets", async ({
  page,
  person,
}) => {
  const source = await aSource(person.workspaceId, { name: "Scratch", provider: "unsigned" });
  const url = `${process.env.POSTHORN_URL}${source.path}`;
  await fetch(`${url}?token=topsecret`, {
    method: "PUT",
    body: new URLSearchParams({ note: "<b>1 & 2</b>" }),
    headers: { authorization: "Bearer topsecret" },
  });
  await fetch(url, { method: "POST", body: new Uint8Array([0, 255, 1]) });
  await page.goto(`/w/${person.slug}/sources/${formatId("src", source.id)}`);
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).first()).toContainText("Received");
  await expect(inbox(page)).not.toContainText("No route");
  await rows(page).first().click();
  await expect(opened(page).getByRole("group", { name: "Body" })).toContainText("000000  00 ff 01");
  await rows(page).nth(1).click();
  await expect(opened(page).getByRole("table", { name: "Fields of the body" })).toContainText("<b>1 & 2</b>");
  await opened(page).getByRole("link", { name: "Hex" }).click();
  await expect(opened(page).getByRole("group", { name: "Body" })).toContainText("6e 6f 74 65");
  await expect(opened(page)).not.toContainText("topsecret");
});

test("by the keys one goes from row to row and from request to request", async ({ page, person }) => {
  const { source, path } = await aStripe(person);
  for (const id of ["a", "b", "c"]) await post(source, `order.${id}`, { id });
  await page.goto(path);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(rows(page).nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText("order.b");
  await page.keyboard.press("]");
  await expect(heading(page)).toHaveText("order.a");
  await page.keyboard.press("[");
  await expect(heading(page)).toHaveText("order.b");
  await page.keyboard.press("[");
  await expect(heading(page)).toHaveText("order.c");
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/sel=/);
});

test("on a phone the list and the request come one after the other", async ({ page, person }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  const { source, path } = await aStripe(person);
  await post(source, "invoice.paid");
  await page.goto(path);
  await rows(page).first().click();
  await expect(heading(page)).toHaveText("invoice.paid");
  await expect(inbox(page)).toBeHidden();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(360);
  await page.getByRole("link", { name: "All requests" }).click();
  await expect(rows(page).first()).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a request is found, read, compared and downloaded", async ({ page, person }) => {
    const { source, path } = await aStripe(person);
    await post(source, "invoice.paid", { id: "a" });
    await post(source, "invoice.paid", { id: "b" });
    await page.goto(path);
    await rows(page).first().click();
    await expect(heading(page)).toHaveText("invoice.paid");
    await opened(page).getByRole("link", { name: "Open full page" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("invoice.paid");
    await page.getByLabel("More actions").click();
    await page.getByRole("link", { name: "Compare with…" }).click();
    await expect(page.getByRole("main")).toContainText('"id": "evt_b"');
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    await expect(page).toHaveURL(/compare=req_/);
    const file = await page.request.get(page.url().replace(/\?.*/, "/body"));
    expect(await file.text()).toContain('"evt_b"');
  });
});
