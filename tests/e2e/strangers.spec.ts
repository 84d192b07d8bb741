import fs from "node:fs";
import type { BrowserContext } from "@playwright/test";
import { and, count, eq, gt } from "drizzle-orm";
import { bulkJob } from "../../drizzle/schema/console.ts";
import { auditEntry, member, session } from "../../drizzle/schema/people.ts";
import { delivery, event } from "../../drizzle/schema/traffic.ts";
import { startSession } from "../../lib/accounts/sessions.ts";
import { createApiKey } from "../../lib/api-keys/commands.ts";
import { db } from "../../lib/db.ts";
import { formatId, newId, parseId } from "../../lib/ids.ts";
import { invite, listInvitations } from "../../lib/workspaces/invitations.ts";
import { aPerson, expect, expectAccessible, type Person, signIn, test } from "../support/app.ts";
import { aGapCheck, aNewSource, anEndpoint, aType } from "../support/journey.ts";
import { aRequest } from "../support/requests.ts";
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
  const { id: source } = await aNewSource(workspaceId, { secrets: ["whsec_abc"] });
  const request = await aRequest(workspaceId, parseId("src", source) ?? "");
  await aGapCheck(workspaceId, source);
  const eventId = await anEvent(workspaceId, { type });
  const endpointId = parseId("ep", endpoint) ?? "";
  const deliveryId = await aFailedDelivery(workspaceId, { endpointId, eventId, eventType: type });
  await anAttempt(deliveryId, { outcome: "http_error", statusCode: 503, responseBody: Buffer.from("secret") });
  const jobId = newId();
  const job = { sentence: "Retry failed deliveries", scope: {}, actor: formatId("usr", userId), actorName: name };
  await db()
    .insert(bulkJob)
    .values({ id: jobId, workspaceId, kind: "retry", status: "done", ...job });
  const params: Record<string, string> = {
    job: formatId("job", jobId),
    endpoint,
    source,
    request: formatId("req", request),
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

/** As a browser would: files are exported by a form, everything else is opened. */
function ask(context: BrowserContext, path: string) {
  if (!path.endsWith("/export/file")) return context.request.get(path, { maxRedirects: 0 });
  const headers = { origin: process.env.POSTHORN_URL ?? "" };
  return context.request.post(path, { headers, form: { format: "csv" }, maxRedirects: 0 });
}

test("no page or download of a workspace exists for a stranger, by its address or by its ids", async ({
  context,
  person,
}) => {
  const theirs = await aFullWorkspace("Jonas", "vault.opened");
  const status = async (path: string) => (await ask(context, path)).status();
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
    const answer = await ask(context, path);
    expect(`${answer.status()} ${answer.headers().location}`, path).toMatch(/^30[37] \/sign-in\?next=/);
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
    job: params.job ?? "",
    delivery: params.delivery ?? "",
    event: params.event ?? "",
    source: params.source ?? "",
    request: params.request ?? "",
    provider: "stripe",
    secret: "whsec_other",
    secretId: newId(),
    token: "rk_other",
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

/** A person's own choices, in whichever workspace they stand: settings/security and these. */
const PERSONAL = ["changeColumnsAction", "keepWidthAction", "savePreferencesAction"];
const isOfWorkspace = ({ name, folder }: { name: string; folder: string }) =>
  folder !== "settings/security" && !PERSONAL.includes(name);

/** Sends an action's form as the page would. Returns what the page would be told. */
function sender(context: BrowserContext, origin: string) {
  return async (
    action: { id: string; name: string },
    path: string,
    fields: Record<string, string>,
  ): Promise<string> => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(`_1_${name}`, value);
    form.append("0", '[{"status":"idle"},"$K1"]');
    const headers = { origin, accept: "text/x-component", "next-action": action.id };
    const answer = await context.request.post(path, { headers, multipart: form, maxRedirects: 0 });
    if (!CALLED_WITH_VALUES.includes(action.name)) expect(answer.status(), action.name).not.toBe(500);
    return answer.text();
  };
}

/** Whose fields are checked before anything is looked up, and are not filled in here. */
const UNFILLED = [
  "changeViewAction",
  "choosePresetAction",
  "deleteTemplateAction",
  "deleteViewAction",
  "playgroundAction",
  "replayEditedAction",
  "revokeShareLinkAction",
  "saveViewAction",
  "setDefaultViewAction",
  "shareDeliveryAction",
  "startJobAction",
  "subscribeAction",
  "verifySecretAction",
];

/** Called with plain values instead of a form. */
const CALLED_WITH_VALUES = [
  "checkDraftAction",
  "exampleOfSchemaAction",
  "lintAction",
  "schemaOfEventsAction",
  "schemaOfExampleAction",
];

/** What readers may do besides: views are for everybody, and trying something out changes nothing. */
const VIEWERS_MAY = [
  "changeViewAction",
  "checkDraftAction",
  "checkSignatureAction",
  "deleteViewAction",
  "exampleOfSchemaAction",
  "lintAction",
  "saveViewAction",
  "schemaOfEventsAction",
  "schemaOfExampleAction",
  "setDefaultViewAction",
  "verifySecretAction",
];

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

  const unfilled: string[] = [];
  const elsewhere: string[] = [];
  for (const action of actions.filter(isOfWorkspace)) {
    const path = pathOf(action.page, mine.slug, mine.params);
    const outside = await send(action, path, { ...fields(action.folder), workspace: theirs.slug });
    if (!outside.includes("This workspace does not exist, or you are not a member of it any more.")) {
      elsewhere.push(action.name);
      continue;
    }
    const inside = await send(action, path, { ...fields(action.folder), workspace: mine.slug });
    expect(inside, action.name).not.toContain("This workspace does not exist");
    if (/"errors":\{"(?!_form)/.test(inside)) unfilled.push(action.name);
    expect(await traces(theirs), action.name).toEqual(before);
  }
  // All others get as far as their commands.
  expect({ unfilled: unfilled.toSorted(), elsewhere: elsewhere.toSorted() }).toEqual({
    unfilled: UNFILLED,
    elsewhere: CALLED_WITH_VALUES,
  });
  const endSession = actions.find(({ name }) => name === "endSessionAction");
  await send(
    { id: endSession?.id ?? "", name: "endSessionAction" },
    `/w/${mine.slug}/settings/security`,
    fields("settings/security"),
  );
  expect(await traces(theirs)).toEqual(before);
});

test("a viewer can carry out no action but leaving", async ({ context, baseURL, person }) => {
  const theirs = await aFullWorkspace("Jonas", "vault.opened");
  await db().insert(member).values({ workspaceId: theirs.workspaceId, userId: person.userId, role: "viewer" });
  const [fields, send] = [await everyField(theirs), sender(context, baseURL)];
  const before = await traces(theirs);
  const actions = builtActions().filter(isOfWorkspace);
  const allowed: string[] = [];

  for (const action of actions.filter(({ name }) => name !== "leaveAction")) {
    const path = pathOf(action.page, theirs.slug, theirs.params);
    const answer = await send(action, path, { ...fields(action.folder), workspace: theirs.slug });
    if (!/This needs the role (support|developer|admin|owner)/.test(answer)) allowed.push(action.name);
  }
  expect(allowed.toSorted()).toEqual(VIEWERS_MAY);
  expect(await traces(theirs)).toEqual(before);
});
