import { eq } from "drizzle-orm";
import { source } from "../../drizzle/schema/inbound.ts";
import { db } from "../../lib/db.ts";
import { parseId } from "../../lib/ids.ts";
import { expect, type Person, test } from "../support/app.ts";
import { aPosting, send } from "../support/inbound.ts";
import { aNewSource } from "../support/journey.ts";
import { githubStandIn, stripeStandIn } from "../support/provider-apis.ts";

const SECRET = "It's a Secret to Everybody";
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
/** The worker looks every few seconds for checks that are due, on a machine that may be busy. */
const PATIENCE = { timeout: 45_000 };

/** One that has been there for a day: nothing is missed that was sent before there was a URL to send it to. */
async function aSourceOfYesterday({ workspaceId }: Person, provider: "github" | "stripe") {
  const made = await aNewSource(workspaceId, {
    provider,
    name: "Shop",
    secrets: provider === "github" ? [SECRET] : [],
  });
  const id = parseId("src", made.id) ?? "";
  await db()
    .update(source)
    .set({ createdAt: minutesAgo(24 * 60) })
    .where(eq(source.id, id));
  return { ...made, address: { id, token: made.token, path: `/in/${made.token}` } };
}

test("what GitHub sent and never arrived is listed, asked for again, and told once it has come", async ({
  page,
  person,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const { id, address } = await aSourceOfYesterday(person, "github");
  const github = await githubStandIn(
    ["guid-1", "guid-2"].map((guid, n) => ({
      id: `16921483792426598${n}`,
      guid,
      event: "pull_request",
      action: "opened",
      at: minutesAgo(10 + n),
    })),
  );
  await page.goto(`/w/${person.slug}/sources/${id}/edit`);
  await page.getByRole("link", { name: "Set up gap check" }).click();
  await expect(page.getByRole("heading", { name: "Gap check of Shop" })).toBeVisible();
  await page.getByLabel("Repository or organization").fill("acme/shop");
  await page.getByLabel("Webhook number").fill("forty-two");
  await page.getByLabel("Address of the API").fill(github.url);
  await page.getByLabel("Access token").fill("ghp_t0psecret");
  await page.getByRole("button", { name: "Set up gap check" }).click();
  await expect(page.getByText("Give the number at the end of the webhook's page on GitHub")).toBeVisible();
  await page.getByLabel("Webhook number").fill("42");
  await page.getByLabel("Access token").fill("ghp_t0psecret");
  await page.getByRole("button", { name: "Set up gap check" }).click();

  await expect(page.getByRole("cell", { name: "guid-2", exact: true })).toBeVisible(PATIENCE);
  await expect(page.getByText(/Compared 2\sdeliveries that GitHub sent/)).toBeVisible(PATIENCE);
  expect(await page.content()).not.toContain("ghp_t0psecret");
  await page.getByRole("button", { name: "Ask for redelivery (all 2)" }).click();
  await expect(page.getByText("Asked for", { exact: true })).toHaveCount(2, PATIENCE);
  expect(github.redelivered).toEqual(["169214837924265981", "169214837924265980"]);

  for (const guid of ["guid-1", "guid-2"]) {
    const posting = await aPosting({ url: baseURL }, address, "github", { secret: SECRET });
    posting.headers["x-github-delivery"] = guid;
    expect((await send(posting)).status).toBe(200);
  }
  await page.reload();
  await expect(page.getByText("Nothing is missing", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: /All that were/ }).click();
  await expect(page.getByText("Arrived", { exact: true })).toHaveCount(2);
  github.close();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("an event that Stripe gave up on is imported, and stands among the events", async ({ page, person }) => {
    test.setTimeout(180_000);
    const { id } = await aSourceOfYesterday(person, "stripe");
    const stripe = await stripeStandIn([{ id: "evt_lost", type: "invoice.paid", at: minutesAgo(10) }]);
    await page.goto(`/w/${person.slug}/sources/${id}/gap-check`);
    await page.getByLabel("Restricted key").fill("rk_test_t0psecret");
    await page.getByLabel("Address of the API").fill(stripe.url);
    await page.getByRole("button", { name: "Set up gap check" }).click();
    const row = page.getByRole("row", { name: /evt_lost/ });
    await expect(async () => {
      await page.reload();
      await expect(row).toBeVisible({ timeout: 500 });
    }).toPass(PATIENCE);
    await row.getByRole("button", { name: /^Import/ }).click();
    await expect(page.getByText("Nothing is missing", { exact: true })).toBeVisible();
    await page.goto(`/w/${person.slug}/events`);
    await expect(page.getByRole("main")).toContainText("stripe.invoice.paid");
    stripe.close();
  });
});
