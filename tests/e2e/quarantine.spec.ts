import { mergeTests, type Page } from "@playwright/test";
import { hotSql } from "../../lib/db.ts";
import { formatId } from "../../lib/ids.ts";
import { expect, expectAccessible, test as journey, type Person } from "../support/app.ts";
import { aPosting, aSource, requestsOf, send, type TestSource } from "../support/inbound.ts";
import { anEndpoint, receiverFixture } from "../support/journey.ts";
import { aRefusedRequest } from "../support/requests.ts";

const test = mergeTests(journey, receiverFixture);

const MISTYPED = "whsec_mistyped";
const SECRET = "whsec_as_the_provider_has_it";

const opened = (page: Page) => page.getByRole("region", { name: "Request", exact: true });
const diagnosis = (page: Page) => page.getByRole("region", { name: "Diagnosis" });

async function aStripe({ workspaceId, slug }: Pick<Person, "workspaceId" | "slug">, secrets = [MISTYPED]) {
  const source = await aSource(workspaceId, { name: "Payments", secrets });
  return { source, path: `/w/${slug}/sources/${formatId("src", source.id)}` };
}

async function post(source: TestSource, id: string, secret = SECRET): Promise<number> {
  const body = JSON.stringify({ id: `evt_${id}`, type: "invoice.paid", data: { object: { number: id } } });
  const door = { url: process.env.POSTHORN_URL ?? "" };
  return (await send(await aPosting(door, source, "stripe", { body, secret }))).status;
}

async function newestRequest(source: TestSource): Promise<string> {
  return formatId("req", (await requestsOf(source.id)).at(-1)?.id ?? "");
}

test("a mistyped secret: what was refused is told on the overview and explained, and goes on once it is corrected", async ({
  page,
  person,
  receiver,
}) => {
  const { source } = await aStripe(person);
  await anEndpoint(person.workspaceId, { url: `${receiver.url}/ok`, description: "Warehouse" });
  for (const id of ["1", "2", "3"]) expect(await post(source, id)).toBe(401);

  await page.goto(`/w/${person.slug}/overview`);
  await expect(page.getByRole("region", { name: "Attention" })).toContainText(
    "Payments refused 3 requests; they wait in quarantine",
  );
  await page.getByRole("link", { name: "Review 3 refused" }).click();
  await page.getByRole("region", { name: "Inbox" }).locator("a[data-request]").first().click();

  await expect(diagnosis(page)).toContainText("Signed with a secret this source does not have.");
  await expect(diagnosis(page)).toContainText("All 3 like it since");
  await expect(opened(page)).toContainText("Signed text");
  await expectAccessible(page);
  await diagnosis(page).getByText("Add secret & re-verify 3…").click();
  await diagnosis(page).getByLabel("Signing secret").fill("whsec_mistyped_again");
  await diagnosis(page).getByRole("button", { name: "Add & re-verify 3" }).click();
  await expect(diagnosis(page)).toContainText("3 still do not verify.");
  expect(receiver.calls).toHaveLength(0);

  await diagnosis(page).getByLabel("Signing secret").fill(SECRET);
  await diagnosis(page).getByRole("button", { name: "Add & re-verify 3" }).click();
  await expect(opened(page)).toContainText(/It was refused when it came, and accepted .* by /);
  await expect(diagnosis(page)).toHaveCount(0);
  await expect.poll(() => receiver.calls.length).toBe(3);
  const numbers = receiver.calls.map(({ body }) => JSON.parse(body.toString()).data.data.object.number);
  expect(numbers.toSorted()).toEqual(["1", "2", "3"]);

  await page.goto(`/w/${person.slug}/overview`);
  await expect(page.getByRole("link", { name: /Review .* refused/ })).toHaveCount(0);
  expect(await post(source, "4")).toBe(200);
});

test("a request that proves nothing is let in by a person who says so; a repetition is processed again", async ({
  page,
  person,
}) => {
  const { source, path } = await aStripe(person, [SECRET]);
  await post(source, "1", "whsec_strange");
  await page.goto(`${path}/requests/${await newestRequest(source)}`);
  await diagnosis(page).getByText("Accept this one…").click();
  await diagnosis(page).getByRole("button", { name: "Accept this request anyway" }).click();
  await expect(page.getByRole("main")).toContainText("It was refused when it came, and accepted");
  await expect(page.getByRole("region", { name: "What it became" })).toContainText("stripe.invoice.paid");

  await post(source, "2");
  await post(source, "2");
  await page.goto(`${path}/requests/${await newestRequest(source)}`);
  await expect(page.getByRole("main")).toContainText("The provider sent this before under the same ID");
  await page.getByRole("button", { name: "Process again" }).click();
  await expect(page.getByRole("button", { name: "Process again" })).toBeHidden();
  await expect(page.getByRole("region", { name: "What it became" })).toContainText("stripe.invoice.paid");
  await expect(page.getByRole("main")).toContainText(/It repeated an earlier one, and was processed again .* by /);
  await expect(page.getByRole("main")).not.toContainText("It was refused");
  await page.goto(`/w/${person.slug}/settings/audit-log`);
  await expect(page.getByRole("main")).toContainText("Request accepted anyway");
  await expect(page.getByRole("main")).toContainText("Request processed again");
});

test("more than a page can wait for are verified again in the background, and the inbox says how far that is", async ({
  page,
  person,
}) => {
  const { source, path } = await aStripe(person);
  for (let n = 0; n < 201; n++) await aRefusedRequest(person.workspaceId, source.id);
  await page.goto(`${path}?verdict=quarantined`);
  await page.getByRole("button", { name: /^Re-verify/ }).click();
  await expect(page.getByRole("main")).toContainText("Re-verified 201: 0 went on, 201 still do not verify.", {
    timeout: 30_000,
  });
  await expectAccessible(page);
});

test("a signature meant for another source names it, and leads there", async ({ page, person }) => {
  const { source, path } = await aStripe(person, [SECRET]);
  const other = await aSource(person.workspaceId, { name: "Shop two", secrets: ["whsec_two"] });
  await post(source, "1", "whsec_two");
  await page.goto(`${path}/requests/${await newestRequest(source)}`);
  await expect(diagnosis(page)).toContainText("Signed for another source of this workspace: Shop two.");
  await diagnosis(page).getByRole("link", { name: "Open Shop two" }).click();
  await expect(page).toHaveURL(new RegExp(formatId("src", other.id)));
});

test("at 360 px the diagnosis and its forms fit", async ({ page, person }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const { source, path } = await aStripe(person);
  await post(source, "1");
  await page.goto(`${path}?sel=${await newestRequest(source)}`);
  await diagnosis(page).getByText("Add secret & re-verify 1…").click();
  await expect(diagnosis(page).getByLabel("Signing secret")).toBeVisible();
  const { scroll, client } = await page.evaluate(() => {
    const { scrollWidth: scroll, clientWidth: client } = document.documentElement;
    return { scroll, client };
  });
  expect(scroll).toBe(client);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("a secret is added and all is verified again", async ({ page, person }) => {
    const { source, path } = await aStripe(person);
    await post(source, "1");
    await post(source, "2");
    const request = await newestRequest(source);
    await page.goto(`${path}/requests/${request}`);
    await diagnosis(page).getByText("Add secret & re-verify 2…").click();
    await diagnosis(page).getByLabel("Signing secret").fill(SECRET);
    await diagnosis(page).getByRole("button", { name: "Add & re-verify 2" }).click();
    await page.goto(`${path}/requests/${request}`);
    await expect(page.getByRole("main")).toContainText("It was refused when it came, and accepted");
    expect((await requestsOf(source.id)).map(({ verdict }) => verdict)).toEqual(["accepted", "accepted"]);
  });
});

test("who may only look reads why, and finds nothing to press", async ({ page, person }) => {
  await hotSql()`update member set role = 'viewer' where workspace_id = ${person.workspaceId}`;
  const { source, path } = await aStripe(person);
  await post(source, "1");
  await page.goto(`${path}/requests/${await newestRequest(source)}`);
  await expect(diagnosis(page)).toContainText("Signed with a secret this source does not have.");
  await expect(diagnosis(page).getByRole("button")).toHaveCount(0);
  await expect(diagnosis(page).getByText("Accept this one…")).toHaveCount(0);
});
