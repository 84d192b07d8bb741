import { mergeTests, type Page } from "@playwright/test";
import { db } from "../../lib/db.ts";
import { createWorkspace } from "../../lib/workspaces/commands.ts";
import { aPerson, expect, expectAccessible, test as journey, signIn } from "../support/app.ts";
import { anEndpoint, aType, deliveriesOf, postEvent, receiverFixture } from "../support/journey.ts";
import { untilKeysAreHeard } from "../support/keyboard.ts";

const test = mergeTests(journey, receiverFixture);

const paletteOf = (page: Page) => page.getByRole("dialog", { name: "Command palette" });

test("⌘K opens whatever is pasted: an id in a log line, the address of a page, the URL of an endpoint", async ({
  page,
  person,
  receiver,
}) => {
  await aType(person.workspaceId, { name: "order.created" });
  const { id: endpoint } = await anEndpoint(person.workspaceId, {
    url: `${receiver.url}/ok`,
    description: "Warehouse",
  });
  const event = await postEvent(person.workspaceId, { type: "order.created", data: {} });
  const [delivery = ""] = await deliveriesOf(person.workspaceId, event);
  await page.goto(`/w/${person.slug}/event-types`);

  const open = async (text: string) => {
    await untilKeysAreHeard(page);
    await page.keyboard.press("Control+k");
    await expect(paletteOf(page).getByRole("combobox")).toBeFocused();
    await page.keyboard.insertText(text);
  };
  await open(`2026-11-21 ERROR delivery=${delivery} failed`);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/deliveries/${delivery}$`));

  await open(`${process.env.POSTHORN_URL}/w/${person.slug}/deliveries?status=failed`);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/deliveries\?status=failed$/);

  await open(receiver.url);
  await expect(paletteOf(page).getByRole("option", { name: /Warehouse/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/endpoints/${endpoint}$`));

  await open("");
  await expect(paletteOf(page).getByRole("group", { name: "Recent" }).getByRole("option").first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(paletteOf(page)).toBeHidden();
});

test("a stranger's id leads nowhere, and says so", async ({ page, person }) => {
  const stranger = await aPerson("Tom");
  const { id } = await anEndpoint(stranger.workspaceId, { url: "https://example.com/hooks" });
  await page.goto(`/w/${person.slug}/overview`);
  await untilKeysAreHeard(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.insertText(id);
  await page.keyboard.press("Enter");
  await expect(page.getByText("This workspace has no such endpoint")).toBeVisible();
});

test("from the palette the theme changes and stays, and the code for it comes only when it is called", async ({
  page,
  person,
}) => {
  await page.goto(`/w/${person.slug}/overview`);
  const button = page.getByRole("button", { name: "Go to, or paste an ID" });
  await expect(button).toBeVisible();
  const asked: string[] = [];
  page.on("request", (request) => request.resourceType() === "script" && asked.push(request.url()));
  await button.click();
  await expect(paletteOf(page).getByRole("combobox")).toBeFocused();
  expect(asked).not.toEqual([]);
  await page.keyboard.type("theme");
  await page.getByRole("option", { name: "Theme: dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("keys go where the sheet says, are deaf in fields, and can be switched off", async ({ page, person }) => {
  await page.goto(`/w/${person.slug}/overview`);
  await untilKeysAreHeard(page);
  await page.keyboard.press("g");
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/\/endpoints$/);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Search URL, description, customer" })).toBeFocused();
  await page.keyboard.type("gd?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page).toHaveURL(/q=gd%3F$/);
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("c");
  await expect(page).toHaveURL(/\/endpoints\/new$/);

  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(sheet).toContainText("Deliveries");
  await expectAccessible(page);
  await sheet.getByRole("button", { name: "Switch single keys off" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-keys", "off");
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await page.keyboard.press("?");
  await page.keyboard.press("Control+k");
  await expect(paletteOf(page)).toBeVisible();
  await expect(page).toHaveURL(/\/endpoints\/new$/);
});

test("a time shows itself in every form, each copied by keyboard", async ({ context, page, person, receiver }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await aType(person.workspaceId, { name: "order.created" });
  await anEndpoint(person.workspaceId, { url: `${receiver.url}/ok` });
  const event = await postEvent(person.workspaceId, { type: "order.created", data: {} });
  await page.goto(`/w/${person.slug}/events/${event}`);

  const time = page.getByRole("main").locator("[data-time-card]").first();
  await time.focus();
  await page.keyboard.press("Enter");
  const card = page.getByRole("dialog", { name: "This time in other forms" });
  await expect(card.getByRole("button").first()).toBeFocused();
  await expectAccessible(page);
  const iso = await time.locator("time").getAttribute("datetime");
  while (!(await card.getByRole("button", { name: /ISO 8601/ }).evaluate((line) => line === document.activeElement))) {
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await expect(card.getByText("Copied")).toBeAttached();
  await page.keyboard.press("Escape");
  await expect(card).toBeHidden();
  await expect(time).toBeFocused();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(iso);

  await time.hover();
  await expect(card).toBeVisible();
  await page.getByRole("heading", { level: 1 }).hover();
  await expect(card).toBeHidden();
});

test.describe("over plain http", () => {
  test("copying works, although the browser gives such a page no clipboard", async ({ playwright, launchOptions }) => {
    const person = await aPerson();
    const { id } = await anEndpoint(person.workspaceId, { url: "https://example.com/hooks" });
    const { port } = new URL(process.env.POSTHORN_URL ?? "");
    const browser = await playwright.chromium.launch({
      ...launchOptions,
      args: [
        "--disable-dev-shm-usage",
        "--host-resolver-rules=MAP posthorn.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      ],
    });
    try {
      const context = await browser.newContext({ baseURL: `http://posthorn.test:${port}` });
      await signIn(context, person.userId);
      const [cookie] = await context.cookies();
      await context.addCookies([{ ...cookie!, domain: "posthorn.test" }]);
      const page = await context.newPage();
      await page.goto(`/w/${person.slug}/endpoints/${id}`);
      expect(await page.evaluate(() => [window.isSecureContext, "clipboard" in navigator])).toEqual([false, false]);
      await page.getByRole("button", { name: "Copy endpoint ID" }).click();
      await expect(page.getByText("Copied", { exact: true })).toBeAttached();
      await page.keyboard.press("Control+k");
      await page.keyboard.press("Control+v");
      await expect(paletteOf(page).getByRole("combobox")).toHaveValue(id);
    } finally {
      await browser.close();
    }
  });
});

test("preferences change what the server renders, and follow the person to another browser", async ({
  page,
  person,
  browser,
}) => {
  await page.goto(`/w/${person.slug}/settings/preferences`);
  await expectAccessible(page);
  await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
  await page.getByLabel("How long ago").check();
  await page.getByLabel("Compact").check();
  await page.getByLabel("Distinguish without colour").check();
  await page.getByLabel("Single keys are shortcuts").uncheck();
  await page.getByRole("button", { name: "Save preferences" }).click();
  await expect(page.getByText("Saved, for this browser")).toBeVisible();
  const html = page.locator("html");
  await expect(html).toHaveAttribute("data-density", "compact");
  await expect(html).toHaveAttribute("data-times", "relative");
  await expect(html).toHaveAttribute("data-keys", "off");
  await expect(html).toHaveAttribute("data-patterns", "on");
  await page.reload();
  await expect(page.getByLabel("Time zone")).toHaveValue("Asia/Tokyo");
  await expect(page.getByLabel("Single keys are shortcuts")).not.toBeChecked();

  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(`${process.env.POSTHORN_URL}/sign-in`);
  await other.getByLabel("Email").fill(person.email);
  await other.getByLabel("Password", { exact: true }).fill(person.password);
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.locator("html")).toHaveAttribute("data-density", "compact");
  await expect(other.locator("html")).toHaveAttribute("data-times", "relative");
  await elsewhere.close();
});

test("another workspace opens in the same section", async ({ page, person }) => {
  const second = await aSecondWorkspace(person.userId);
  await page.goto(`/w/${person.slug}/endpoints`);
  await page.getByRole("button", { name: /change workspace/ }).click();
  await page.getByRole("link", { name: /Second/ }).click();
  await expect(page).toHaveURL(new RegExp(`/w/${second}/endpoints$`));
});

test("a page that takes a moment is announced by its outline, to the pixel where it will stand", async ({
  page,
  person,
  receiver,
}) => {
  await aType(person.workspaceId, { name: "order.created" });
  await anEndpoint(person.workspaceId, { url: `${receiver.url}/ok`, description: "Warehouse" });
  await postEvent(person.workspaceId, { type: "order.created", data: {} });
  await page.setViewportSize({ width: 1440, height: 900 });
  const wrong: string[] = [];
  for (const list of ["Deliveries", "Events", "Endpoints", "Event types"]) {
    await page.goto(`/w/${person.slug}/overview`);
    const release = await hold(page);
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: list, exact: true }).click();
    const outline = page.locator("[data-skeleton]");
    await expect(outline).toBeVisible();
    const promised = await boxes(page, "[data-outline=head]", "[data-outline=row]");
    release();
    await expect(page.getByRole("heading", { name: list, level: 1 })).toBeVisible();
    await expect(outline).toHaveCount(0);
    const kept = await boxes(page, "main thead tr", "main tbody tr:has(a)");
    for (const [at, value] of Object.entries(promised)) {
      const off = Math.abs(value - (kept[at as keyof typeof kept] ?? 0));
      if (off > 2) wrong.push(`${list}: ${at} is off by ${off} px`);
    }
  }
  expect(wrong).toEqual([]);
});

/** Keeps the next page's answer back until what is returned is called. */
async function hold(page: Page): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/[?&]_rsc=/, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

async function boxes(page: Page, head: string, row: string) {
  const [headBox, rowBox] = [
    await page.locator(head).first().boundingBox(),
    await page.locator(row).first().boundingBox(),
  ];
  return { headTop: headBox?.y ?? 0, headHeight: headBox?.height ?? 0, rowHeight: rowBox?.height ?? 0 };
}

async function aSecondWorkspace(userId: string): Promise<string> {
  return db().transaction((tx) =>
    createWorkspace(tx, { id: userId, name: "Mara" }, { name: "Second", slug: "second" }),
  );
}
