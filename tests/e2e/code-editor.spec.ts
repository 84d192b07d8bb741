import { expect, expectAccessible, test } from "../support/app.ts";

const FORM = "/event-types/new";

test("a text field for code becomes an editor that marks what is wrong, and its form sends what stands in it", async ({
  page,
  person,
}) => {
  await page.goto(`/w/${person.slug}${FORM}`);
  const schema = page.getByRole("textbox", { name: "JSON Schema" });
  // Whatever a person does first may come before the page listens.
  await expect(async () => {
    await page.mouse.move(10, 10);
    await page.mouse.move(20, 20);
    await expect(page.locator(".cm-editor")).toHaveCount(2, { timeout: 1_000 });
  }).toPass();
  await expectAccessible(page);

  await page.getByText("JSON Schema", { exact: false }).first().click();
  await expect(schema).toBeFocused();
  await page.keyboard.insertText('{\n  "type": "object",\n}');
  await expect(page.locator(".cm-lint-marker-error")).toBeVisible();
  await schema.fill('{"type": "object"}');
  await expect(page.locator(".cm-lint-marker-error")).toHaveCount(0);
  await page.keyboard.press("Tab");
  await expect(schema).not.toBeFocused();

  await page.getByLabel("Name").fill("order.created");
  await page.getByLabel("Example").fill("[1]");
  await page.getByLabel("Example").press("ControlOrMeta+Enter");
  await expect(page.getByText("The example does not match the schema")).toBeVisible();
  await expect(page.getByLabel("Example")).toBeFocused();
  await expect(schema).toContainText('{"type": "object"}');
  await page.getByLabel("Example").fill('{\n  "total": 12.50\n}');
  await page.getByRole("button", { name: "Create event type" }).click();
  await expect(page.getByRole("heading", { name: "order.created" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText('"total": 12.50');
});

test("the editor's size is its text field's, so nothing moves when it comes", async ({ page, person }) => {
  const heights = () =>
    page.evaluate(() => [...document.querySelectorAll("label")].map((label) => label.getBoundingClientRect().top));
  await page.goto(`/w/${person.slug}${FORM}`);
  await expect(page.locator("textarea[name=schema]")).toBeVisible();
  const before = await heights();
  await expect(page.locator(".cm-editor")).toHaveCount(0);
  await page.mouse.move(10, 10);
  await expect(page.locator(".cm-editor")).toHaveCount(2);
  expect(await heights()).toEqual(before);
});

test("who is typing when the editor comes goes on typing in it", async ({ page, person }) => {
  let come = () => {};
  const held = new Promise<void>((resolve) => {
    come = resolve;
  });
  await page.goto(`/w/${person.slug}${FORM}`);
  await page.route("**/_next/static/**", async (route) => {
    await held;
    await route.continue();
  });
  await page.getByLabel("Example").pressSequentially('{"a":');
  await expect(page.locator("textarea[name=example]")).toHaveValue('{"a":');
  come();
  await expect(page.locator(".cm-editor")).toHaveCount(2);
  await expect(page.getByRole("textbox", { name: "Example" })).toBeFocused();
  await page.keyboard.type(" 1}");
  await expect(page.locator("textarea[name=example]")).toHaveValue('{"a": 1}');
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("code is typed into a plain text field and sent", async ({ page, person }) => {
    await page.goto(`/w/${person.slug}${FORM}`);
    await page.getByLabel("Name").fill("order.created");
    await page.getByLabel("JSON Schema").fill('{"type": "object"}');
    await page.getByRole("button", { name: "Create event type" }).click();
    await expect(page.getByRole("main")).toContainText('{"type": "object"}');
  });
});
