import { mergeTests, type Page } from "@playwright/test";
import { expect, test as journey, signIn } from "../support/app.ts";
import { anEndpoint, aType, postEvent, receiverFixture } from "../support/journey.ts";

const test = mergeTests(journey, receiverFixture);

/** Every list with every filter of its address set. */
const LISTS = [
  "/deliveries?status=failed&type=order.created&code=5xx&range=7d",
  "/deliveries?q=order&attempts=%3E0&range=7d",
  "/events?type=order.created&range=7d",
  "/endpoints?q=status",
  "/event-types?q=order&archived=1",
  "/settings/audit-log?action=endpoint.created",
  "/overview?range=1h",
];

test("a list's address is the whole of it: the same after a reload, and in another browser", async ({
  page,
  person,
  receiver,
  browser,
}) => {
  await aType(person.workspaceId, { name: "order.created" });
  await anEndpoint(person.workspaceId, { url: `${receiver.url}/status/503`, retrySchedule: [] });
  await postEvent(person.workspaceId, { type: "order.created", data: { total: 1 } });
  await expect(async () => {
    await page.goto(`/w/${person.slug}/deliveries?status=failed`);
    await expect(page.getByRole("main")).toContainText("Failed", { timeout: 500 });
  }).toPass();
  const context = await browser.newContext();
  await signIn(context, person.userId);
  const elsewhere = await context.newPage();

  for (const list of LISTS) {
    const address = `${process.env.POSTHORN_URL}/w/${person.slug}${list}`;
    await page.goto(address);
    const first = await stateOf(page);
    await page.reload();
    expect(await stateOf(page), `${list} reloaded`).toEqual(first);
    await elsewhere.goto(address);
    expect(await stateOf(elsewhere), `${list} elsewhere`).toEqual(first);
    expect(first.address, list).toBe(new URL(address).search);
  }
  await context.close();
});

/** What a list shows and what its filters say; not how long ago something was, nor how far a busy machine counted. */
function stateOf(page: Page) {
  return page.evaluate(() => {
    const main = document.querySelector("main") as HTMLElement;
    const controls = [
      ...main.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input:not([type=hidden]), select"),
    ];
    const copy = main.cloneNode(true) as HTMLElement;
    for (const changing of copy.querySelectorAll("time, svg, [data-relative], script, [role=status]"))
      changing.remove();
    return {
      address: location.search,
      text: (copy.textContent ?? "")
        .replaceAll(/(\d)\+/g, "$1")
        .replaceAll(/\d+([.:]\d+)*\s(ms|s|m|h)\b( ago)?/g, "…")
        .replaceAll(/\d\d:\d\d(:\d\d)?/g, "…"),
      fields: controls.map(({ name, value }) => `${name}=${value}`),
      checked: [...main.querySelectorAll<HTMLInputElement>("input:checked")].map(
        ({ name, value }) => `${name}=${value}`,
      ),
    };
  });
}
