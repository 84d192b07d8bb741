import { mergeTests } from "@playwright/test";
import { expect, expectAccessible, test as journey } from "../support/app.ts";
import { anEndpoint, aType, postEvent, receiverFixture } from "../support/journey.ts";

const test = mergeTests(journey, receiverFixture);

test("an event shows every endpoint: how it stands there, why it was not sent, and a way to send it all the same", async ({
  page,
  person,
  receiver,
}) => {
  const { workspaceId, slug } = person;
  await aType(workspaceId, { name: "order.created" });
  const url = `${receiver.url}/ok`;
  await anEndpoint(workspaceId, { url, description: "Warehouse" });
  await anEndpoint(workspaceId, { url, description: "Large orders", filter: '{"total": {"$gte": 100}}' });
  await anEndpoint(workspaceId, { url, description: "Invoices only", subscriptions: ["invoice.*"] });
  const event = await postEvent(workspaceId, { type: "order.created", data: { total: 50 } });
  await expect.poll(() => receiver.calls.length).toBe(1);

  await page.goto(`/w/${slug}/events/${event}`);
  const table = page.getByRole("table", { name: "Deliveries by endpoint" });
  await expect(table.getByRole("row", { name: /Warehouse/ })).toContainText("Delivered");
  const others = page.getByRole("region", { name: "Not delivered to" });
  await expect(others.getByRole("listitem").filter({ hasText: "Large orders" })).toContainText(
    'total is 50, wanted {"$gte":100}',
  );
  await expect(others.getByRole("listitem").filter({ hasText: "Invoices only" })).toContainText("It is not subscribed");
  await expectAccessible(page);

  await others
    .getByRole("button", { name: /Send to it/ })
    .first()
    .click();
  await expect.poll(() => receiver.calls.length).toBe(2);
  await expect(table.getByRole("row", { name: /Large orders/ })).toContainText("Delivered");
  await expect(others).not.toContainText("Large orders");
});

test("a payload is shown as text, whatever it says, and downloads byte for byte", async ({ page, person }) => {
  await aType(person.workspaceId, { name: "order.created" });
  const note = '<script>document.title = "mine"</script>';
  const event = await postEvent(person.workspaceId, { type: "order.created", data: { note } });
  await page.goto(`/w/${person.slug}/events/${event}`);
  await expect(page.getByRole("region", { name: "Payload" })).toContainText("<script>document.title");
  await expect(page).not.toHaveTitle("mine");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download payload" }).click();
  expect(await (await download).createReadStream().then(readAll)).toBe(JSON.stringify({ note }));
});

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  return Buffer.concat(await Array.fromAsync(stream)).toString();
}
