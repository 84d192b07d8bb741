import { mergeTests, type Page } from "@playwright/test";
import { formatId, parseId } from "../../lib/ids.ts";
import { expect, expectAccessible, test as journey, type Person } from "../support/app.ts";
import { aJob } from "../support/bulk-jobs.ts";
import {
  aGapCheck,
  aNewSource,
  anEndpoint,
  aType,
  deliveriesOf,
  postEvent,
  receiverFixture,
} from "../support/journey.ts";
import { aRefusedRequest, aRequest } from "../support/requests.ts";

const test = mergeTests(journey, receiverFixture);
test.describe.configure({ mode: "parallel" });

/** Every page of a workspace, by its place below `/w/{slug}`. */
const PAGES = [
  "",
  "/get-started",
  "/overview",
  "/deliveries",
  "/deliveries?status=failed",
  "/deliveries?q=colour:red&code=5xx&attempts=2-5&range=7d",
  "/deliveries/export",
  "/deliveries?cols=created,customer,id",
  "/events",
  "/events?q=colour:red&body=order.id:1&range=all",
  "/events/export",
  "/events/refused",
  "/playground",
  "/playground/signature",
  "/playground/receiver",
  "/endpoints",
  "/endpoints?q=nothing-like-this",
  "/endpoints/new",
  "/event-types",
  "/event-types?q=nothing-like-this&archived=1",
  "/event-types/new",
  "/sources",
  "/sources?q=nothing-like-this",
  "/sources/new",
  ...["stripe", "hmac", "jwt", "unsigned"].map((provider) => `/sources/new?provider=${provider}`),
  "/jobs",
  "/jobs/new?kind=retry",
  "/jobs/new?kind=replay&missing=1",
  "/search",
  "/search?q=nothing-like-this",
  "/settings",
  "/settings/api-keys",
  "/settings/audit-log",
  "/settings/preferences",
  "/settings/security",
  "/settings/team",
];

test("axe finds nothing on any page of an empty workspace, in either theme, nor does it scroll sideways on a phone", async ({
  page,
  person,
}) => {
  test.setTimeout(240_000);
  for (const place of PAGES) await expectGood(page, `/w/${person.slug}${place}`);
});

test("axe finds nothing on any page of a workspace with endpoints that deliver and that fail", async ({
  page,
  person,
  receiver,
}) => {
  test.setTimeout(240_000);
  const things = await aBusyWorkspace(person, receiver.url);
  await expect.poll(() => receiver.calls.length).toBe(2);
  const { endpoint, event, delivery, job } = things;
  const ofThings = [
    `/endpoints/${endpoint}`,
    ...["test", "rotate", "delete"].map((dialog) => `/endpoints/${endpoint}?dialog=${dialog}`),
    `/endpoints/${endpoint}/edit`,
    `/endpoints/${endpoint}/events`,
    `/endpoints/${endpoint}/verify`,
    ...["", "?types=zod", "?types=go", "?version=1"].map((view) => `/event-types/order.created${view}`),
    ...["send", "archive", "delete"].map((dialog) => `/event-types/order.created?dialog=${dialog}`),
    "/event-types/order.created/edit",
    "/event-types/order.created/edit?schema=events",
    `/events/${event}`,
    `/events/${event}?raw=1`,
    `/deliveries/${delivery}`,
    ...["request", "headers", "signature", "raw"].map((tab) => `/deliveries/${delivery}?tab=${tab}`),
    ...["compare=success", "dialog=share", "in=range%3D24h"].map((query) => `/deliveries/${delivery}?${query}`),
    `/deliveries/${delivery}/edit`,
    `/jobs/${job}`,
    "/jobs/new?kind=retry&status=retrying",
    `/jobs/new?kind=replay&ids=${event}&endpoint=${endpoint}`,
    `/deliveries?sel=${delivery}`,
  ];
  const lists = [
    "/overview",
    "/deliveries",
    "/events",
    "/endpoints",
    "/endpoints/new",
    "/event-types",
    "/jobs",
    "/settings/audit-log",
  ];
  for (const place of [...lists, ...ofThings]) await expectGood(page, `/w/${person.slug}${place}`);
});

test("axe finds nothing on any page of a workspace with a source that believes and that refuses", async ({
  page,
  person,
  receiver,
}) => {
  test.setTimeout(240_000);
  const { source, accepted, refused, repeated, form, unchecked } = await aBusyWorkspace(person, receiver.url);
  const places = [
    "/sources",
    `/sources/${source}`,
    `/sources/${source}?verdict=quarantined`,
    `/sources/${source}?q=colour:red&code=4xx&range=24h&body=data.id:1`,
    ...["", "&view=hex", `&compare=${accepted}`].map((pane) => `/sources/${source}?sel=${refused}${pane}`),
    `/sources/${source}/requests/${accepted}`,
    `/sources/${source}/requests/${form}`,
    `/sources/${source}/requests/${refused}`,
    `/sources/${source}/requests/${repeated}`,
    `/sources/${source}/set-up`,
    `/sources/${source}/try`,
    `/sources/${source}/edit`,
    ...["", "?show=all"].map((query) => `/sources/${source}/gap-check${query}`),
    `/sources/${unchecked}/gap-check`,
    ...["delete", "disable", "new-url"].map((dialog) => `/sources/${source}/edit?dialog=${dialog}`),
  ];
  for (const place of places) await expectGood(page, `/w/${person.slug}${place}`);
});

async function expectGood(page: Page, path: string): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 780 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, `${path} at 360 px`).toBeLessThanOrEqual(360);
}

async function aBusyWorkspace({ workspaceId }: Person, receiverUrl: string) {
  await aType(workspaceId, { name: "order.created", example: '{"total": 1}' });
  await aType(workspaceId, { name: "ping" });
  await anEndpoint(workspaceId, { url: `${receiverUrl}/ok`, description: "Healthy one" });
  const { id } = await anEndpoint(workspaceId, {
    url: `${receiverUrl}/status/503`,
    subscriptions: ["order.*"],
    headers: { "x-api-key": "abc" },
    customer: "acme",
  });
  const event = await postEvent(workspaceId, { type: "order.created", data: {}, customer: "acme" });
  const [delivery = ""] = await deliveriesOf(workspaceId, event);
  const job = formatId("job", await aJob(workspaceId, { scope: { over: { by: "deliveries", filter: {} } } }));
  const { id: source } = await aNewSource(workspaceId, { secrets: ["whsec_c2VjcmV0"] });
  await aGapCheck(workspaceId, source, ["missing", "asked", "imported", "arrived"]);
  const { id: unchecked } = await aNewSource(workspaceId, { provider: "github" });
  return { endpoint: id, event, delivery, job, source, unchecked, ...(await someRequests(workspaceId, source, event)) };
}

/** One that became an event, one that was refused, and a form. */
async function someRequests(workspaceId: string, source: string, event: string) {
  const sourceId = parseId("src", source) ?? "";
  const values = { eventIds: [parseId("evt", event) ?? ""], providerAttempt: 2, externalId: "evt_1" };
  const accepted = await aRequest(workspaceId, sourceId, values);
  const form = await aRequest(workspaceId, sourceId, {
    body: Buffer.from("note=1"),
    contentType: "application/x-www-form-urlencoded",
    verdict: "handshake",
    type: null,
  });
  const refused = await aRefusedRequest(workspaceId, sourceId);
  const again = { verdict: "duplicate" as const, duplicateOf: parseId("evt", event) };
  const repeated = formatId("req", await aRequest(workspaceId, sourceId, again));
  return {
    repeated,
    accepted: formatId("req", accepted),
    refused: formatId("req", refused),
    form: formatId("req", form),
  };
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("an endpoint is created, its mistakes are told, and what was typed is kept", async ({
    page,
    person,
    receiver,
  }) => {
    await aType(person.workspaceId, { name: "order.created" });
    await page.goto(`/w/${person.slug}/endpoints/new`);
    await page.getByLabel("URL", { exact: true }).fill("https://user:secret@example.com/hooks");
    await page.getByLabel("Only these").check();
    await page.getByLabel("order.created").check();
    await page.getByRole("button", { name: "Create endpoint" }).click();
    await expect(page.getByLabel("URL", { exact: true })).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel("order.created")).toBeChecked();
    await page.getByLabel("URL", { exact: true }).fill(`${receiver.url}/ok`);
    await page.getByRole("button", { name: "Create endpoint" }).click();
    await expect(page.getByText("No deliveries yet")).toBeVisible();
    await expect(page.getByText("order.created")).toBeVisible();
  });

  test("what failed at an endpoint is retried", async ({ page, person, receiver }) => {
    await aType(person.workspaceId, { name: "order.created" });
    const { id } = await anEndpoint(person.workspaceId, { url: `${receiver.url}/flaky/1`, retrySchedule: [] });
    await postEvent(person.workspaceId, { type: "order.created", data: {} });
    await expect(async () => {
      await page.goto(`/w/${person.slug}/endpoints/${id}`);
      await expect(page.getByRole("link", { name: "Retry 1 failed…" })).toBeVisible({ timeout: 500 });
    }).toPass();
    await page.getByRole("link", { name: "Retry 1 failed…" }).click();
    await page.getByRole("button", { name: /^Retry 1\sdelivery/ }).click();
    await expect.poll(() => receiver.calls.length).toBe(2);
  });
});
