import { AxeBuilder } from "@axe-core/playwright";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { eq } from "drizzle-orm";
import { workspace } from "../../drizzle/schema/people.ts";
import { hashPassword } from "../../lib/accounts/password.ts";
import { startSession } from "../../lib/accounts/sessions.ts";
import { createUser } from "../../lib/accounts/sign-up.ts";
import { db } from "../../lib/db.ts";
import { newId } from "../../lib/ids.ts";
import { sessionCookieFor } from "../../lib/web/session-cookie.ts";
import { createWorkspace } from "../../lib/workspaces/commands.ts";

export { expect } from "@playwright/test";

/** Somebody with a workspace of their own. */
export type Person = {
  userId: string;
  name: string;
  email: string;
  password: string;
  workspaceId: string;
  slug: string;
};

type Fixtures = {
  /** Messages that a journey means to cause, such as the 404 of a page that must not be found. */
  expectedErrors: RegExp[];
  /** The person who is signed in on `page`. */
  person: Person;
};

/** Journeys start signed in without clicking, and fail on whatever the browser complains about. */
export const test = base.extend<Fixtures & { baseURL: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's form
  baseURL: async ({}, use) => use(process.env.POSTHORN_URL ?? ""),
  expectedErrors: [[], { option: true }],
  page: async ({ page, javaScriptEnabled, expectedErrors }, use) => {
    const complaints = watch(page);
    if (javaScriptEnabled) awaitScripts(page);
    await use(page);
    expect(complaints.filter((text) => !expectedErrors.some((expected) => expected.test(text)))).toEqual([]);
  },
  person: async ({ context }, use) => {
    const person = await aPerson();
    await signIn(context, person.userId);
    await use(person);
  },
});

/** Opening a page ends when its scripts have taken over, unless the journey says what to wait for: until then keys are not heard. */
function awaitScripts(page: Page): void {
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  const areOn = () => !document.querySelector("a[href='#main']") || document.documentElement.dataset.scripts === "on";
  page.goto = async (url, options) => {
    const response = await goto(url, options);
    if (!options?.waitUntil) await page.waitForFunction(areOn);
    return response;
  };
  page.reload = async (options) => {
    const response = await reload(options);
    if (!options?.waitUntil) await page.waitForFunction(areOn);
    return response;
  };
}

/** Console errors, uncaught errors and violations of the page's policy (which the console reports as errors). */
function watch(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.stack ?? error.message}`));
  page.on("console", (message) => {
    const isComplaint = message.type() === "error" || /content security policy/i.test(message.text());
    if (isComplaint) complaints.push(`${page.url()}: ${message.text()} (${message.location().url})`);
  });
  return complaints;
}

export async function aPerson(name = "Mara"): Promise<Person> {
  const email = `${name.toLowerCase()}-${newId()}@example.com`;
  const password = "correct horse battery";
  return db().transaction(async (tx) => {
    const made = await createUser(tx, { name, email, passwordHash: await hashPassword(password) });
    if (!made) throw new Error("The address is taken");
    const slug = await createWorkspace(tx, made, { name: `${name}'s workspace`, slug: name });
    const [row] = await tx.select({ id: workspace.id }).from(workspace).where(eq(workspace.slug, slug));
    return { userId: made.id, name, email, password, workspaceId: row?.id ?? "", slug };
  });
}

/** Writes the session and its cookie, as the sign-in form would. */
export async function signIn(context: BrowserContext, userId: string): Promise<void> {
  const sessionId = await startSession(userId, { address: "127.0.0.1", userAgent: "e2e" });
  const cookie = await sessionCookieFor(sessionId);
  await context.addCookies([{ ...cookie, url: process.env.POSTHORN_URL ?? "" }]);
}

/** Editors mark what is wrong 400 ms after the text has changed, and axe stumbles over what changes under it. */
const EDITOR_REST_MS = 600;

/** Runs in the page: resolves when no element has come or gone for so long. */
function untilAtRest(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const atRest = () => {
      changes.disconnect();
      resolve();
    };
    let timer = setTimeout(atRest, ms);
    const changes = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(atRest, ms);
    });
    changes.observe(document.body, { subtree: true, childList: true });
  });
}

/** axe finds nothing on the page as it stands, in either theme. Pages have no frames: the plain form misses nothing. */
export async function expectAccessible(page: Page): Promise<void> {
  // What follows a click arrives in pieces, the title among the last.
  await expect(page).toHaveTitle(/./);
  if ((await page.locator(".cm-editor").count()) > 0) await page.evaluate(untilAtRest, EDITOR_REST_MS);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    const found = violations.map(({ id, help, nodes }) => `${colorScheme} ${id}: ${help} ${nodes[0]?.html}`);
    expect(found, page.url()).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}
