import fs from "node:fs";
import type { BrowserContext } from "@playwright/test";
import { and, count, eq, gt } from "drizzle-orm";
import { auditEntry, member, session } from "../../drizzle/schema/people.ts";
import { delivery, event } from "../../drizzle/schema/traffic.ts";
import { startSession } from "../../lib/accounts/sessions.ts";
import { createApiKey } from "../../lib/api-keys/commands.ts";
import { db } from "../../lib/db.ts";
import { formatId, parseId } from "../../lib/ids.ts";
import { invite, listInvitations } from "../../lib/workspaces/invitations.ts";
import { aPerson, expect, expectAccessible, type Person, signIn, test } from "../support/app.ts";
import { anEndpoint, aType } from "../support/journey.ts";
import { aFailedDelivery, anAttempt, anEvent } from "../support/traffic.ts";

const CONSOLE = "app/(console)/w/[workspace]";

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

/** Every page and route handler of a workspace, by its place in the tree of files. */
const PLACES = fs
  .readdirSync(CONSOLE, { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)(page\.tsx|route\.ts)$/.test(file))
  .map((file) => file.replace(/\/?(page\.tsx|route\.ts)$/, ""));

/** Every server action that a page of a workspace hands out, from the build's own list. */
type BuiltAction = { filename: string; exportedName: string; workers: Record<string, unknown> };
function builtActions() {
  const manifest = JSON.parse(fs.readFileSync(".next/server/server-reference-manifest.json", "utf8"));
  return Object.entries(manifest.node as Record<string, BuiltAction>)
    .filter(([, { filename }]) => filename.startsWith(CONSOLE) && filename.endsWith("actions.ts"))
    .map(([id, { filename, exportedName, workers }]) => ({
      id,
      name: exportedName,
      folder: filename.slice(CONSOLE.length + 1).replace(/\/?[\w-]*actions\.ts$/, ""),
      page:
        Object.keys(workers)[0]
          ?.replace(`${CONSOLE}/`, "")
          .replace(/\/?page$/, "") ?? "",
    }));
}

/** Somebody with one of everything, and the ids of it all by the names they have in addresses. */
async function aFullWorkspace(name: string, type: string) {
  const person = await aPerson(name);
  const { workspaceId, userId } = person;
  await aType(workspaceId, { name: type });
  const { id: endpoint } = await anEndpoint(workspaceId, { url: "https://api.acme.example/hooks" });
  const eventId = await anEvent(workspaceId, { type });
  const endpointId = parseId("ep", endpoint) ?? "";
  const deliveryId = await aFailedDelivery(workspaceId, { endpointId, eventId, eventType: type });
  await anAttempt(deliveryId, { outcome: "http_error", statusCode: 503, responseBody: Buffer.from("secret") });
  const params: Record<string, string> = {
    endpoint,
    event: formatId("evt", eventId),
    delivery: formatId("dlv", deliveryId),
    member: formatId("usr", userId),
    name: type,
  };
  return { ...person, params };
}
type Full = Awaited<ReturnType<typeof aFullWorkspace>>;

function pathOf(place: string, slug: string, params: Record<string, string>): string {
  const filled = place.replace(/\[(\w+)\]/g, (_, name: string) => {
    const value = params[name];
    if (!value) throw new Error(`Say what [${name}] is, so that strangers can be tested with it`);
    return value;
  });
  return `/w/${slug}/${filled}`.replace(/\/$/, "");
}

test("no page or download of a workspace exists for a stranger, by its address or by its ids", async ({
  context,
  person,
}) => {
  const theirs = await aFullWorkspace("Jonas", "vault.opened");
  const status = async (path: string) => (await context.request.get(path, { maxRedirects: 0 })).status();
  expect(PLACES.length).toBeGreaterThan(20);
  for (const place of PLACES) {
    const there = pathOf(place, theirs.slug, theirs.params);
    expect(await status(there), there).toBe(404);
    if (!place.includes("[")) continue;
    const here = pathOf(place, person.slug, theirs.params);
    expect(await status(here), here).toBe(404);
  }
  const asked = `ids=${theirs.params.delivery}&newest=${theirs.params.delivery}`;
  const refreshed = await context.request.get(`/w/${person.slug}/deliveries/refresh?${asked}`);
  expect(await refreshed.json()).toEqual({ rows: [], newer: 0 });
  for (const id of Object.values(theirs.params)) {
    const found = await context.request.get(`/w/${person.slug}/search?q=${id}`);
    expect(await found.text(), id).not.toContain(`/${id}"`);
  }
});

test("every page and download wants a session", async ({ context }) => {
  const theirs = await aFullWorkspace("Jonas", "vault.opened");
  for (const place of PLACES) {
    const path = pathOf(place, theirs.slug, theirs.params);
    const answer = await context.request.get(path, { maxRedirects: 0 });
    expect(`${answer.status()} ${answer.headers().location}`, path).toMatch(/^307 \/sign-in\?next=/);
  }
});

/** What one of these would leave behind: every change is in the audit log, and what is sent is an event or a delivery. */
async function traces({ workspaceId, userId }: Person) {
  const rows = (table: typeof auditEntry | typeof event | typeof delivery) =>
    db().select({ count: count() }).from(table).where(eq(table.workspaceId, workspaceId));
  const live = and(eq(session.userId, userId), gt(session.expiresAt, new Date()));
  const [audit, events, deliveries, sessions] = await Promise.all([
    rows(auditEntry),
    rows(event),
    rows(delivery),
    db().select({ count: count() }).from(session).where(live),
  ]);
  return { audit, events, deliveries, sessions };
}

/** A form with a valid value for whatever an action reads, all of it about these ids. */
async function everyField({ workspaceId, userId, params }: Full) {
  const author = { id: formatId("usr", userId), name: "Jonas" };
  const { id: key } = await createApiKey(workspaceId, { name: "shop", scopes: ["ingest"] }, author);
  await invite(workspaceId, { email: "ida@example.com", role: "viewer" }, { role: "owner", author });
  const [invitation] = await listInvitations(workspaceId);
  const sessionId = await startSession(userId, { address: null, userAgent: null });
  const ids: Record<string, string> = {
    "settings/api-keys": formatId("key", key),
    "settings/security": formatId("ses", sessionId),
    "settings/team": formatId("inv", invitation?.id ?? ""),
  };
  return (folder: string) => ({
    endpoint: params.endpoint ?? "",
    delivery: params.delivery ?? "",
    event: params.event ?? "",
    eventType: params.name ?? "",
    userId: params.member ?? "",
    id: ids[folder] ?? "",
    url: "https://api.acme.example/other",
    name: "taken.over",
    email: "eve@example.com",
    role: "viewer",
    environment: "live",
    scopes: "ingest",
    mode: "ok",
    timeoutSeconds: "15",
    format: "envelope",
    enforcement: "off",
    overlapSeconds: "0",
    since: "2020-01-01T00:00:00Z",
    confirmation: params.name ?? "",
  });
}

/** Sends an action's form as the page would. Returns what the page would be told. */
function sender(context: BrowserContext, origin: string) {
  return async (action: { id: string }, path: string, fields: Record<string, string>): Promise<string> => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(`_1_${name}`, value);
    form.append("0", '[{"status":"idle"},"$K1"]');
    const headers = { origin, accept: "text/x-component", "next-action": action.id };
    const answer = await context.request.post(path, { headers, multipart: form, maxRedirects: 0 });
    expect(answer.status(), path).not.toBe(500);
    return answer.text();
  };
}

test("no action touches a stranger's workspace, whichever workspace it says it acts in", async ({
  context,
  baseURL,
}) => {
  const theirs = await aFullWorkspace("Jonas", "vault.opened");
  const mine = await aFullWorkspace("Eve", "eve.type");
  await signIn(context, mine.userId);
  const [fields, send] = [await everyField(theirs), sender(context, baseURL)];
  const before = await traces(theirs);
  const actions = builtActions();
  expect(actions.length).toBeGreaterThan(25);

  for (const action of actions.filter(({ folder }) => folder !== "settings/security")) {
    const path = pathOf(action.page, mine.slug, mine.params);
    const outside = await send(action, path, { ...fields(action.folder), workspace: theirs.slug });
    expect(outside, action.name).toContain("This workspace does not exist, or you are not a member of it any more.");
    const inside = await send(action, path, { ...fields(action.folder), workspace: mine.slug });
    expect(inside, `${action.name} must get as far as its command`).not.toMatch(
      /"errors":\{"(?!_form)|This workspace does not exist/,
    );
    expect(await traces(theirs), action.name).toEqual(before);
  }
  const endSession = actions.find(({ name }) => name === "endSessionAction");
  await send({ id: endSession?.id ?? "" }, `/w/${mine.slug}/settings/security`, fields("settings/security"));
  expect(await traces(theirs)).toEqual(before);
});

test("a viewer can carry out no action but leaving", async ({ context, baseURL, person }) => {
  const theirs = await aFullWorkspace("Jonas", "vault.opened");
  await db().insert(member).values({ workspaceId: theirs.workspaceId, userId: person.userId, role: "viewer" });
  const [fields, send] = [await everyField(theirs), sender(context, baseURL)];
  const before = await traces(theirs);
  const actions = builtActions().filter(({ name, folder }) => name !== "leaveAction" && folder !== "settings/security");

  for (const action of actions) {
    const path = pathOf(action.page, theirs.slug, theirs.params);
    const answer = await send(action, path, { ...fields(action.folder), workspace: theirs.slug });
    expect(answer, action.name).toMatch(/This needs the role (support|developer|admin|owner)/);
  }
  expect(await traces(theirs)).toEqual(before);
});
