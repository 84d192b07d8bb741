import { mergeTests } from "@playwright/test";
import { SYSTEM } from "../../lib/audit/record.ts";
import { disableEndpoint, updateEndpoint } from "../../lib/endpoints/commands.ts";
import { parseId } from "../../lib/ids.ts";
import { expect, expectAccessible, test as journey, type Person } from "../support/app.ts";
import { anEndpoint, receiverFixture } from "../support/journey.ts";

const test = mergeTests(journey, receiverFixture);

async function aDisabledEndpoint({ workspaceId }: Person, url: string): Promise<string> {
  const { id } = await anEndpoint(workspaceId, { url });
  await disableEndpoint(workspaceId, parseId("ep", id) ?? "", SYSTEM, "Answered 410");
  return id;
}

test("a disabled endpoint says why; it is enabled once it answers a ping", async ({ page, person, receiver }) => {
  const id = await aDisabledEndpoint(person, `${receiver.url}/status/500`);
  await page.goto(`/w/${person.slug}/overview`);
  await page.getByRole("link", { name: "Fix & re-enable…" }).click();
  await expect(page.getByRole("dialog")).toContainText("Answered 410");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Send ping and enable" }).click();
  await expect(page.getByRole("dialog")).toContainText("It stays disabled");
  expect(receiver.calls).toHaveLength(1);

  await updateEndpoint(person.workspaceId, parseId("ep", id) ?? "", { url: `${receiver.url}/ok` }, SYSTEM);
  await page.getByRole("button", { name: "Send ping and enable" }).click();
  await expect(page).toHaveURL(new RegExp(`/endpoints/${id}$`));
  await expect(page.getByText("Healthy")).toBeVisible();
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("an endpoint is enabled by its ping, and by hand", async ({ page, person, receiver }) => {
    const id = await aDisabledEndpoint(person, `${receiver.url}/status/500`);
    await page.goto(`/w/${person.slug}/endpoints/${id}`);
    await page.getByRole("link", { name: "Fix & re-enable…" }).click();
    await page.getByRole("button", { name: "Send ping and enable" }).click();
    await expect(page.getByText("It stays disabled")).toBeVisible();
    await page.getByRole("button", { name: "Enable without a ping" }).click();
    await page.goto(`/w/${person.slug}/endpoints/${id}`);
    await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  });
});
