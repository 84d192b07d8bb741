import { mergeTests, type Page } from "@playwright/test";
import { hotSql } from "../../lib/db.ts";
import { formatId, parseId } from "../../lib/ids.ts";
import { expect, expectAccessible, test as journey, type Person } from "../support/app.ts";
import { anOutage } from "../support/bulk-jobs.ts";
import { anEndpoint, aType, receiverFixture } from "../support/journey.ts";
import type { FaultReceiver } from "../support/receiver.ts";

const test = mergeTests(journey, receiverFixture);

const FAILED = 10_000;
/** Thousands are set apart by a narrow no-break space. */
const TEN_THOUSAND = /10\s000/;

async function anEndpointOf({ workspaceId }: Person, url: string, values: Record<string, unknown> = {}) {
  const { id } = await anEndpoint(workspaceId, { url, ...values });
  return { id, uuid: parseId("ep", id) ?? "" };
}

/** How often each event has arrived. */
function arrivals({ calls }: FaultReceiver): Map<string, number> {
  const byEvent = new Map<string, number>();
  for (const { headers } of calls) {
    const id = String(headers["webhook-id"]);
    byEvent.set(id, (byEvent.get(id) ?? 0) + 1);
  }
  return byEvent;
}

/** Ids of another millisecond than those before. */
async function laterOutage(workspaceId: string, endpointId: string, count: number) {
  const before = Date.now();
  await expect.poll(() => Date.now()).toBeGreaterThan(before + 1);
  return anOutage(workspaceId, endpointId, count);
}

const doneOf = async (page: Page) =>
  Number(await page.getByRole("progressbar", { name: "Progress", exact: true }).getAttribute("aria-valuenow"));

test("ten thousand deliveries of an outage are retried in four clicks, stopped half way and finished later; none is delivered twice", async ({
  page,
  person,
  receiver,
}) => {
  test.setTimeout(180_000);
  const { workspaceId, slug } = person;
  await aType(workspaceId, { name: "order.created" });
  const endpoint = await anEndpointOf(person, `${receiver.url}/ok`, { description: "Warehouse" });
  const paused = await anEndpointOf(person, `${receiver.url}/status/500`, { description: "Closed shop" });
  await anOutage(workspaceId, endpoint.uuid, FAILED);
  await anOutage(workspaceId, paused.uuid, 7);
  await hotSql()`update endpoint set status = 'paused' where id = ${paused.uuid}`;
  const [succeeded] = await anOutage(workspaceId, endpoint.uuid, 1);
  await hotSql()`update delivery set status = 'delivered', trouble = false, attempts = 1 where id = ${succeeded!.d}`;

  await page.goto(`/w/${slug}/overview`);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Deliveries" }).click();
  await page.getByRole("link", { name: "Retry failed…" }).click();
  const main = page.getByRole("main");
  await expect(main).toContainText(/10\s000 will be retried of 10\s007 that match/);
  await expect(main).toContainText("7 left out: Its endpoint is paused");
  await expect(main.getByText("Warehouse")).toBeVisible();
  await expect(page.getByRole("table", { name: "The first deliveries" }).getByRole("row")).toHaveCount(21);
  await expectAccessible(page);
  await page.getByRole("button", { name: /Retry 10\s000 deliveries/ }).click();

  await expect(page).toHaveURL(/\/jobs\/job_/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Retry failed deliveries");
  await expect.poll(() => receiver.calls.length, { timeout: 60_000, intervals: [50] }).toBeGreaterThan(2_000);
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByText("Stopped", { exact: true })).toBeVisible();
  await expect(main).toContainText(/To come\s*\d/);
  await expect
    .poll(
      async () =>
        (
          await hotSql()`select count(*)::int as count from delivery where workspace_id = ${workspaceId} and status = 'queued'`
        )[0]?.count,
    )
    .toBe(0);
  const atStop = arrivals(receiver).size;
  expect(atStop).toBeLessThan(FAILED);
  await expect.poll(() => doneOf(page), { timeout: 15_000 }).toBe(atStop + 7);
  await expectAccessible(page);

  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("button", { name: "Stop" })).toBeVisible();
  const job = page.url();
  await page.getByRole("link", { name: "Overview" }).click();
  await expect(page.getByRole("banner").getByRole("progressbar")).toHaveAccessibleName("Retry failed deliveries");
  await page.getByRole("banner").getByRole("link", { name: /Retry/ }).click();
  await expect(page).toHaveURL(job);
  await expect(main).toContainText(/Delivered\s*10\s000/, { timeout: 90_000 });
  await expect(page.getByText("Done", { exact: true })).toBeVisible();
  expect(atStop).toBeGreaterThan(2_000);

  const arrived = arrivals(receiver);
  expect(arrived.size).toBe(FAILED);
  expect([...arrived.values()].filter((count) => count > 1)).toEqual([]);
  expect(receiver.calls.filter(({ path }) => path !== "/ok")).toEqual([]);
  await expect(page.getByRole("banner").getByRole("progressbar")).toHaveCount(0);
  await page.getByRole("link", { name: /^Left out\s*7/ }).click();
  await expect(page.getByRole("table", { name: "Deliveries of this job" }).getByRole("row")).toHaveCount(8);
  await expect(page).toHaveTitle(/Bulk job/);
  expect(TEN_THOUSAND.test(await main.innerText())).toBe(true);
});

test("what fails again is retried by itself once the endpoint is well, and the same choice can be run again", async ({
  page,
  person,
  receiver,
}) => {
  const endpoint = await anEndpointOf(person, `${receiver.url}/status/400`, { retrySchedule: [] });
  await anOutage(person.workspaceId, endpoint.uuid, 5);
  await page.goto(`/w/${person.slug}/jobs/new?kind=retry&endpoint=${endpoint.id}`);
  await page.getByRole("button", { name: "Retry 5 deliveries" }).click();
  await expect(page.getByText("Done with errors")).toBeVisible({ timeout: 20_000 });
  await hotSql()`update endpoint set url = ${`${receiver.url}/ok`}, version = version + 1 where id = ${endpoint.uuid}`;
  await page.getByRole("link", { name: "Retry 5 that failed…" }).click();
  await expect(page.getByRole("main")).toContainText(/Retry what failed in job_/);
  await page.getByRole("button", { name: "Retry 5 deliveries" }).click();
  await expect(page.getByText("Done", { exact: true }).first()).toBeVisible({ timeout: 20_000 });
  await page.getByRole("link", { name: "Run again…" }).click();
  await expect(page.getByText("There is nothing to retry.")).toBeVisible();
});

test("the choice reaches back as far as asked, and says what a span means", async ({ page, person, receiver }) => {
  const endpoint = await anEndpointOf(person, `${receiver.url}/ok`);
  await anOutage(person.workspaceId, endpoint.uuid, 1);
  const [second] = await laterOutage(person.workspaceId, endpoint.uuid, 2);
  await page.goto(`/w/${person.slug}/jobs`);
  await expect(page.getByText("No bulk job yet")).toBeVisible();
  await page.getByRole("link", { name: "Retry failed…" }).first().click();
  const spans = page.getByRole("navigation", { name: "Failed since" });
  await expect(spans.getByRole("link", { name: "24 hours" })).toHaveAttribute("aria-current", "true");
  await spans.getByRole("link", { name: "the last hour" }).click();
  await expect(spans.getByRole("link", { name: "the last hour" })).toHaveAttribute("aria-current", "true");
  await expect(page.getByRole("main")).toContainText("3 will be retried");
  await page.goto(`/w/${person.slug}/deliveries/${formatId("dlv", second!.d)}`);
  await page.getByRole("link", { name: "Retry failed since this…" }).click();
  await expect(page.getByRole("main")).toContainText("2 will be retried");
});

test.describe("for readers", () => {
  test.use({ expectedErrors: [/status of 500|React error #441/] });

  test("somebody who may only read is told which role starts jobs, and sees how one goes", async ({
    page,
    person,
    receiver,
  }) => {
    const endpoint = await anEndpointOf(person, `${receiver.url}/ok`);
    await anOutage(person.workspaceId, endpoint.uuid, 2);
    await page.goto(`/w/${person.slug}/jobs/new?kind=retry`);
    await page.getByRole("button", { name: "Retry 2 deliveries" }).click();
    await expect(page).toHaveURL(/\/jobs\/job_/);
    await hotSql()`update member set role = 'viewer' where workspace_id = ${person.workspaceId}`;
    await page.reload();
    await expect(page.getByText("Done", { exact: true }).first()).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole("link", { name: "Run again…" })).toHaveCount(0);
    await page.goto(`/w/${person.slug}/jobs/new?kind=retry`);
    await expect(page.getByText(/needs the role support/)).toBeVisible();
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a job is chosen, started with a pace, stopped and continued", async ({ page, person, receiver }) => {
    const endpoint = await anEndpointOf(person, `${receiver.url}/ok`);
    await anOutage(person.workspaceId, endpoint.uuid, 40);
    await page.goto(`/w/${person.slug}/jobs/new?kind=retry`);
    await page.getByRole("spinbutton", { name: /Pace/ }).fill("0");
    await page.getByRole("button", { name: "Retry 40 deliveries" }).click();
    await expect(page.getByRole("spinbutton", { name: /Pace/ })).toHaveAttribute("aria-invalid", "true");
    await page.getByRole("spinbutton", { name: /Pace/ }).fill("1");
    await page.getByRole("button", { name: "Retry 40 deliveries" }).click();
    await expect(page).toHaveURL(/\/jobs\/job_/);
    await page.getByRole("button", { name: "Stop" }).click();
    await onceLoadedAgain(page, () => expect(page.getByText("Stopped", { exact: true })).toBeVisible(SOON));
    await page.getByRole("button", { name: "Continue" }).click();
    await onceLoadedAgain(page, () => expect(page.getByRole("button", { name: "Stop" })).toBeVisible(SOON));
    await expect.poll(() => receiver.calls.length).toBeGreaterThan(1);
    expect(receiver.calls.length).toBeLessThan(40);
  });
});

const SOON = { timeout: 1_000 };

/** A page without scripts changes when it is loaded again; the form's own answer may still be on its way. */
async function onceLoadedAgain(page: Page, look: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.goto(page.url());
    await look();
  }).toPass();
}
