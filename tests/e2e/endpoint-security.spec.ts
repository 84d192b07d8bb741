import { mergeTests } from "@playwright/test";
import { expect, expectAccessible, test as journey } from "../support/app.ts";
import { aType, postEvent, receiverFixture } from "../support/journey.ts";

const test = mergeTests(journey, receiverFixture);

test("an endpoint that signs with a key pair, sends a token and gets CloudEvents", async ({
  page,
  person,
  receiver,
}) => {
  await aType(person.workspaceId, { name: "order.created", example: '{"order":7}' });
  await page.goto(`/w/${person.slug}/endpoints/new`);
  await page.getByLabel("URL", { exact: true }).fill(`${receiver.url}/ok`);
  const preview = page.getByLabel("Signed request preview");

  await page.locator("summary", { hasText: "Delivery" }).click();
  await page.getByLabel("Format", { exact: true }).selectOption("slack");
  await expect(preview).toContainText("Open in Posthorn");
  await page.getByLabel("Format", { exact: true }).selectOption("cloudevents");
  await expect(preview).toContainText('"specversion": "1.0"');

  await page.locator("summary", { hasText: "Signature and authentication" }).click();
  await page.getByLabel("Key pair").check();
  await page.getByLabel("Bearer token").check();
  await expect(page.getByLabel("User name", { exact: true })).toBeHidden();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create endpoint" }).click();
  await expect(page.getByText("Give the token")).toBeVisible();
  await page.getByLabel("Token", { exact: true }).fill("t0ken");
  await expect(preview).toContainText("authorization: Bearer ••••••");
  await page.getByRole("button", { name: "Create endpoint" }).click();

  await expect(page.getByRole("heading", { name: "Public key" })).toBeVisible();
  await expect(page.getByText("CloudEvents 1.0, POST")).toBeVisible();
  await page.getByRole("button", { name: /Reveal public key/ }).click();
  await expect(page.locator('[data-secret="shown"]')).toContainText("whpk_");

  await postEvent(person.workspaceId, { type: "order.created", data: { order: 8 } });
  await expect.poll(() => receiver.calls.length).toBe(1);
  const [call] = receiver.calls;
  expect(call?.headers).toMatchObject({ authorization: "Bearer t0ken" });
  expect(call?.headers["webhook-signature"]).toMatch(/^v1a,/);
  expect(JSON.parse(call?.body.toString() ?? "")).toMatchObject({ specversion: "1.0", data: { order: 8 } });

  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await expect(page.getByLabel("Token", { exact: true })).toHaveValue("••••••••");
  expect(await page.content()).not.toContain("t0ken");
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByRole("link", { name: "Verify in code" }).first().click();
  await expect(page.getByLabel("Verification in node")).toContainText("whpk_");
  await postEvent(person.workspaceId, { type: "order.created", data: {} });
  await expect.poll(() => receiver.calls.at(-1)?.headers.authorization).toBe("Bearer t0ken");
});
