import { execFileSync } from "node:child_process";
import { type BrowserContext, expect } from "@playwright/test";
import type { Row } from "../bench/report.ts";
import { aPerson } from "../support/app.ts";
import { Hand } from "./hand.ts";
import type { Opened } from "./measures.ts";
import type { Scene } from "./scene.ts";
import { worst } from "./weights.ts";

/** Ways through the console, each with the clicks and seconds it may take. */
export async function measureTasks(open: Opened, scene: Scene): Promise<Row[]> {
  return [
    ...(await withPage(open, undefined, (hand) => firstDemo(hand))),
    ...(await withPage(open, (await aPerson("Nils")).userId, (hand) => firstOwn(hand, scene))),
    ...(await withPage(open, scene.person.userId, (hand) => cause(hand, scene))),
    ...(await withPage(open, scene.person.userId, (hand) => causeFromId(hand, scene))),
    ...(await withPage(open, scene.person.userId, (hand) => retryOne(hand, scene))),
    ...(await withPage(open, scene.person.userId, (hand) => retryOutage(hand, scene))),
  ];
}

async function withPage(
  open: Opened,
  userId: string | undefined,
  task: (hand: Hand) => Promise<Row[]>,
): Promise<Row[]> {
  const context: BrowserContext = await open(userId);
  const rows = await task(new Hand(await context.newPage()));
  await context.close();
  return rows;
}

/** From the account to a signed delivery that the built-in receiver verified. */
async function firstDemo({ page }: Hand): Promise<Row[]> {
  await page.goto("/sign-up");
  await page.getByLabel("Name", { exact: true }).fill("Ola");
  await page.getByLabel("Email").fill("ola@fieldnote.test");
  await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
  const hand = new Hand(page);
  await hand.click(page.getByRole("button", { name: "Create account" }));
  await hand.click(page.getByRole("button", { name: "Send a demo delivery" }));
  await page.getByRole("region", { name: "Demo delivery" }).getByText("Delivered", { exact: true }).waitFor();
  return [
    worst("clicks_to_the_first_demo_delivery", "", [hand.clicks], 2),
    worst("seconds_to_the_first_demo_delivery", "s", [hand.seconds], 15),
  ];
}

/** From the empty workspace to the delivery at one's own endpoint. */
async function firstOwn(hand: Hand, { person: { slug: _ }, receiverUrl }: Scene): Promise<Row[]> {
  const { page } = hand;
  await page.goto("/");
  await hand.fill(page.getByLabel("URL of your endpoint"), `${receiverUrl}/ok`);
  await hand.click(page.getByRole("button", { name: "Add endpoint" }));
  await hand.click(page.getByRole("button", { name: "Make a key" }));
  await hand.click(page.getByRole("button", { name: "Copy with key" }));
  const call = await page.evaluate(() => navigator.clipboard.readText());
  hand.fields++;
  execFileSync("sh", ["-c", call], { stdio: "ignore" });
  await expect(page.locator("[data-step='3']")).toContainText("Delivered");
  return [
    worst("clicks_to_the_first_own_delivery", "", [hand.clicks], 7),
    worst("fields_to_the_first_own_delivery", "", [hand.fields], 2),
    worst("seconds_to_the_first_own_delivery", "s", [hand.seconds], 180),
  ];
}

/** From the overview to the sentence that says why deliveries fail. */
async function cause(hand: Hand, { person, failing }: Scene): Promise<Row[]> {
  const { page } = hand;
  await page.goto(`/w/${person.slug}/overview`);
  await hand.click(page.getByRole("main").locator(`a[href*="${failing.id}"]`).first());
  await page
    .getByRole("main")
    .getByText(/answered 503|with 503/)
    .first()
    .waitFor();
  return [worst("clicks_from_overview_to_the_cause", "", [hand.clicks], 2)];
}

/** A pasted id stands for the whole way. */
async function causeFromId(hand: Hand, { person, delivered }: Scene): Promise<Row[]> {
  const { page } = hand;
  await page.goto(`/w/${person.slug}/overview`);
  await page.waitForLoadState("networkidle");
  await page.keyboard.press("Control+k");
  const box = page.getByRole("dialog").getByRole("combobox");
  await hand.fill(box, delivered.delivery);
  await box.press("Enter");
  await page.waitForURL(new RegExp(delivered.delivery));
  return [worst("pastes_from_an_id_to_its_delivery", "", [hand.fields], 1)];
}

/** One press on Retry: how soon it is answered, and how soon the new attempt stands on the page. */
async function retryOne(hand: Hand, { person, failing }: Scene): Promise<Row[]> {
  const { page } = hand;
  await page.goto(`/w/${person.slug}/deliveries/${failing.delivery}`, { waitUntil: "networkidle" });
  const retry = page.getByRole("button", { name: /^Retry delivery/ }).first();
  const attempts = page.locator("section[aria-labelledby=attempts] ol a");
  const before = await attempts.count();
  await retry.evaluate((button) => {
    button.addEventListener("click", () => {
      const begun = performance.now();
      const look = () => {
        const busy = button.matches("[aria-disabled=true], :disabled, [aria-busy=true]") || !button.isConnected;
        if (busy) Object.assign(window, { answeredAfter: performance.now() - begun });
        else requestAnimationFrame(look);
      };
      look();
    });
  });
  const begun = performance.now();
  await hand.click(retry);
  await expect.poll(() => attempts.count(), { intervals: [20], timeout: 15_000 }).toBeGreaterThan(before);
  const shown = performance.now() - begun;
  const answered = await page.evaluate(() => (window as unknown as { answeredAfter?: number }).answeredAfter ?? 9_999);
  return [
    worst("clicks_to_retry_one", "", [hand.clicks], 1),
    worst("answer_to_the_retry_button", "ms", [answered], 100),
    worst("new_attempt_on_the_page", "ms", [shown], 1_500),
  ];
}

/** From the overview over the count to the running job. */
async function retryOutage(hand: Hand, { person }: Scene): Promise<Row[]> {
  const { page } = hand;
  await page.goto(`/w/${person.slug}/overview`);
  await hand.click(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Deliveries" }));
  await hand.click(page.getByRole("link", { name: "Retry failed…" }));
  await hand.click(page.getByRole("button", { name: /^Retry .* deliver(y|ies)$/ }));
  await page.waitForURL(/\/jobs\/job_/);
  return [worst("clicks_to_retry_an_outage", "", [hand.clicks], 4)];
}
