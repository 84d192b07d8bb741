import { mergeTests } from "@playwright/test";
import { expect, expectAccessible, test as journey } from "../support/app.ts";
import { anEndpoint, aType, postEvent, receiverFixture, verifies } from "../support/journey.ts";

const test = mergeTests(journey, receiverFixture);

test("both secrets verify while a rotation overlaps, the new one alone after the old one was ended", async ({
  page,
  person,
  receiver,
}) => {
  await aType(person.workspaceId, { name: "order.created" });
  const endpoint = await anEndpoint(person.workspaceId, { url: `${receiver.url}/ok` });
  await page.goto(`/w/${person.slug}/endpoints/${endpoint.id}`);
  await page.getByRole("link", { name: "Rotate…" }).click();
  await expect(page.getByRole("dialog")).toContainText("Rotate the secret");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Rotate secret" }).click();
  await expect(page.getByText("Both secrets sign for another")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: /Reveal signing secret/ }).click();
  const shown = page.locator('[data-secret="shown"]');
  await expect(shown).toHaveCount(2);
  const [current = "", old = ""] = await shown.allInnerTexts();
  expect(old).toBe(endpoint.secret);
  expect(current).not.toBe(old);

  await postEvent(person.workspaceId, { type: "order.created", data: {} });
  await expect.poll(() => receiver.calls.length).toBe(1);
  expect([verifies(current, receiver.calls[0]!), verifies(old, receiver.calls[0]!)]).toEqual([true, true]);

  await page.getByRole("link", { name: "End now…" }).click();
  await page.getByRole("button", { name: "End old secret" }).click();
  await expect(page.getByText("Both secrets sign for another")).toBeHidden();
  await postEvent(person.workspaceId, { type: "order.created", data: {} });
  await expect.poll(() => receiver.calls.length).toBe(2);
  expect([verifies(current, receiver.calls[1]!), verifies(old, receiver.calls[1]!)]).toEqual([true, false]);

  await page.goto(`/w/${person.slug}/endpoints/${endpoint.id}/verify`);
  await page.getByRole("button", { name: "Fill in the secret" }).click();
  await expect(page.getByLabel("Verification in node")).toContainText(current);
  await page.getByText("Python", { exact: true }).click();
  await expect(page.getByLabel("Verification in python")).toContainText(current);
});
