import type { Browser, Page } from "@playwright/test";
import { member } from "../../drizzle/schema/people.ts";
import { db } from "../../lib/db.ts";
import { aPerson, expect, expectAccessible, type Person, signIn, test } from "../support/app.ts";

// Each journey looks at several pages with axe, in both themes.
test.describe.configure({ timeout: 180_000 });

const NEW_PASSWORD = "another battery horse";

async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Another browser, signed in as a person or as nobody. */
async function anotherBrowser(browser: Browser, baseURL: string, person?: Person): Promise<Page> {
  const context = await browser.newContext({ baseURL });
  if (person) await signIn(context, person.userId);
  return context.newPage();
}

test("a new person signs up and stands in a workspace of their own", async ({ page }) => {
  await page.goto("/sign-up");
  await expectAccessible(page);
  await page.getByLabel("Name").fill("Ida Holm");
  await page.getByLabel("Email").fill("ida");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("Enter an email address")).toBeVisible();
  await expect(page.getByLabel("Email")).toBeFocused();
  await expect(page.getByLabel("Name")).toHaveValue("Ida Holm");
  await expect(page.getByLabel("Password")).toHaveValue("");

  await page.getByLabel("Email").fill(`ida-${Date.now()}@example.com`);
  await page.getByLabel("Password").fill("correct horse battery");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(/\/w\/ida-holm-workspace[\d-]*\/get-started/);
});

test("wrong passwords and unknown people get one answer, and too many of them another", async ({ page }) => {
  const { email, password } = await aPerson();
  await page.goto("/sign-in");
  await fillSignIn(page, `nobody-${Date.now()}@example.com`, password);
  await expect(page.getByRole("alert").filter({ hasText: "Email or password is wrong." })).toBeVisible();

  for (let number = 0; number < 10; number += 1) {
    await fillSignIn(page, email, `wrong password ${number}`);
    await expect(page.getByLabel("Password")).toHaveValue("");
    await expect(page.getByLabel("Email")).toHaveValue(email);
    await expect(page.getByRole("alert").filter({ hasText: "Email or password is wrong." })).toBeVisible();
  }
  await fillSignIn(page, email, password);
  await expect(page.getByText("Too many attempts. Try again in 15 minutes.")).toBeVisible();
  await expectAccessible(page);
});

test("after signing in, nobody is led to another site", async ({ page, baseURL }) => {
  const { email, password } = await aPerson();
  await page.goto("/sign-in?next=//evil.example/w/steal");
  await fillSignIn(page, email, password);
  await page.waitForURL(/\/w\//);
  expect(new URL(page.url()).origin).toBe(new URL(baseURL).origin);
});

test("signing out ends the session itself: the old cookie opens nothing", async ({ page, context, person }) => {
  await page.goto(`/w/${person.slug}/settings`);
  const cookies = await context.cookies();
  await page.getByRole("button", { name: /your settings/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);

  await context.addCookies(cookies);
  await page.goto(`/w/${person.slug}/settings`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});

test("a session ended from another browser is dead at its next click", async ({ page, person, browser, baseURL }) => {
  const other = await anotherBrowser(browser, baseURL, person);
  await other.goto(`/w/${person.slug}/settings`);

  await page.goto(`/w/${person.slug}/settings/security`);
  await expect(page.getByRole("table", { name: "Sessions" }).getByRole("row")).toHaveCount(3);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(page.getByRole("table", { name: "Sessions" }).getByRole("row")).toHaveCount(2);

  await other.getByRole("link", { name: "API keys" }).click();
  await expect(other).toHaveURL(/\/sign-in/);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Security" })).toBeVisible();
});

test("changing the password signs the other browsers out and keeps this one, under a new session", async ({
  page,
  context,
  person,
  browser,
  baseURL,
}) => {
  const other = await anotherBrowser(browser, baseURL, person);
  const copied = await browser.newContext({ baseURL });
  await copied.addCookies(await context.cookies());
  await page.goto(`/w/${person.slug}/settings/security`);
  await page.getByLabel("Current password").fill("not my password");
  await page.getByLabel("New password").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("This is not your password")).toBeVisible();

  await page.getByLabel("Current password").fill(person.password);
  await page.getByLabel("New password").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Password changed. You are signed out of 1 other browser.")).toBeVisible();

  const thief = await copied.newPage();
  for (const elsewhere of [other, thief]) {
    await elsewhere.goto(`/w/${person.slug}/settings`);
    await expect(elsewhere).toHaveURL(/\/sign-in/);
  }
  await page.goto(`/w/${person.slug}/settings`);
  await expect(page.getByRole("heading", { name: "General" })).toBeVisible();
  await fillSignIn(other, person.email, NEW_PASSWORD);
  await expect(other).toHaveURL(/\/settings$/);
});

test("an invitation link lets one new person in, who may do what the role says", async ({
  page,
  person,
  browser,
  baseURL,
}) => {
  await page.goto(`/w/${person.slug}/settings/team`);
  await page.getByLabel("Email").fill(`tom-${Date.now()}@example.com`);
  await page.getByRole("combobox", { name: "Role" }).selectOption("viewer");
  await page.getByRole("button", { name: "Make invitation link" }).click();
  const link = await page.locator("[data-link]").innerText();
  await expect(page.getByRole("table", { name: "Open invitations" })).toContainText("viewer");
  await expectAccessible(page);

  const tom = await anotherBrowser(browser, baseURL);
  await tom.goto(link);
  await expectAccessible(tom);
  await tom.getByLabel("Name").fill("Tom");
  await tom.getByLabel("Password").fill(person.password);
  await tom.getByRole("button", { name: "Create account and join" }).click();
  await expect(tom).toHaveURL(new RegExp(`/w/${person.slug}/get-started`));
  await tom.goto(`/w/${person.slug}/settings/team`);
  await expect(tom.getByText("Inviting people needs the role admin or a higher one.")).toBeVisible();
  await expect(tom.getByRole("button", { name: "Make invitation link" })).toHaveCount(0);

  const late = await anotherBrowser(browser, baseURL);
  await late.goto(link);
  await expect(late.getByRole("heading", { name: "This invitation does not work" })).toBeVisible();
});

test("an owner helps a member who forgot the password with a link that works once", async ({
  page,
  person,
  browser,
  baseURL,
}) => {
  await page.goto(`/w/${person.slug}/settings/team`);
  await page.getByRole("link", { name: person.name }).click();
  await page.getByRole("button", { name: "Make reset link" }).click();
  const link = await page.locator("[data-link]").innerText();
  await expectAccessible(page);

  const locked = await anotherBrowser(browser, baseURL);
  await locked.goto("/forgot-password");
  await expectAccessible(locked);
  await locked.goto(link);
  await locked.getByLabel("New password").fill(NEW_PASSWORD);
  await locked.getByRole("button", { name: "Set password" }).click();
  await expect(locked).toHaveURL(new RegExp(`/w/${person.slug}/get-started`));
  await locked.goto(link);
  await expect(locked.getByRole("heading", { name: "This reset link does not work" })).toBeVisible();
  await page.reload();
  await expect(page).toHaveURL(/\/sign-in/);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("signing in works, and so does being told what is wrong", async ({ page }) => {
    const { email, password, slug } = await aPerson();
    await page.goto(`/sign-in?next=/w/${slug}/settings`);
    await fillSignIn(page, email, "wrong wrong wrong");
    await expect(page.getByText("Email or password is wrong.")).toBeVisible();
    await fillSignIn(page, email, password);
    await expect(page).toHaveURL(new RegExp(`/w/${slug}/settings`));
  });
});

/** What the browser would send for the form of the workspace's settings, filled in to take it over. */
async function settingsForm(page: Page, slug: string): Promise<Record<string, string>> {
  await page.goto(`/w/${slug}/settings`);
  const hidden = page.locator("form:has([name=environment]) input[type=hidden]");
  const fields = await hidden.evaluateAll((inputs) =>
    inputs.map((input) => (input instanceof HTMLInputElement ? [input.name, input.value] : [])),
  );
  return { ...Object.fromEntries(fields), name: "Taken over", environment: "live" };
}

test("a form sent from another site, or from nowhere, changes nothing", async ({ page, context, person, baseURL }) => {
  const multipart = await settingsForm(page, person.slug);
  const send = (headers: Record<string, string>) =>
    context.request.post(`/w/${person.slug}/settings`, { multipart, headers });

  for (const origin of ["https://evil.example", "null", null]) {
    await send(origin === null ? {} : { origin });
    await page.reload();
    await expect(page.getByLabel("Name")).toHaveValue("Mara's workspace");
  }
  await send({ origin: baseURL });
  await page.reload();
  await expect(page.getByLabel("Name")).toHaveValue("Taken over");
});

test("neither a viewer nor a stranger who sends an admin's form changes anything", async ({
  page,
  person,
  browser,
  baseURL,
}) => {
  const multipart = await settingsForm(page, person.slug);
  const [viewer, stranger] = [await aPerson("Vera"), await aPerson("Stan")];
  await db().insert(member).values({ workspaceId: person.workspaceId, userId: viewer.userId, role: "viewer" });

  for (const [somebody, reason] of [
    [viewer, "This needs the role admin or a higher one."],
    [stranger, "This workspace does not exist"],
  ] as const) {
    const other = await anotherBrowser(browser, baseURL, somebody);
    const path = `/w/${somebody === viewer ? person.slug : stranger.slug}/settings`;
    const answer = await other.context().request.post(path, { multipart, headers: { origin: baseURL } });
    expect(await answer.text()).toContain(reason);
  }
  await page.reload();
  await expect(page.getByLabel("Name")).toHaveValue("Mara's workspace");
});
