import { mergeTests } from "@playwright/test";
import { sign, signingKey } from "../../lib/delivery/sign.ts";
import { expect, expectAccessible, test as journey } from "../support/app.ts";
import { anEndpoint, aType, receiverFixture } from "../support/journey.ts";

const test = mergeTests(journey, receiverFixture);

const RESULT = "[data-outcome]";

test("an event is sent to an endpoint at once, and shown with response, timing and the signed request", async ({
  page,
  person,
  receiver,
}) => {
  await aType(person.workspaceId, { name: "order.created", example: '{"total": 981}' });
  await anEndpoint(person.workspaceId, { url: `${receiver.url}/status/503`, description: "Warehouse" });
  await page.goto(`/w/${person.slug}/playground`);
  await expect(page.getByText("Nothing sent yet")).toBeVisible();
  await page.getByRole("button", { name: "Send now" }).click();

  const result = page.locator(RESULT);
  await expect(result).toContainText(/503 in \d+\sms/);
  await expect(result).toContainText("status 503");
  await expect(result).toContainText("webhook-signature: v1,");
  await expect(result).toContainText('"total": 981');
  expect(receiver.calls).toHaveLength(1);
  await expectAccessible(page);

  await page.goto(`/w/${person.slug}/deliveries`);
  await expect(page.getByRole("main")).not.toContainText("order.created");
});

test("what was sent is found again by the team, and fills the form", async ({ page, person, receiver }) => {
  await aType(person.workspaceId, { name: "order.created" });
  await page.goto(`/w/${person.slug}/playground`);
  await page.getByLabel("A URL").check();
  await page.getByLabel("URL", { exact: true }).fill(`${receiver.url}/ok?token=abc`);
  await page.getByRole("button", { name: "Send now" }).click();
  await expect(page.locator(RESULT)).toContainText("200 in");
  await page.goto(`/w/${person.slug}/playground`);
  await page.getByRole("list", { name: "History" }).getByRole("link").click();
  await expect(page).toHaveURL(/run=try_/);
  await expect(page.locator(RESULT)).toContainText("token=••••••••");
  await expect(page.getByLabel("A URL")).toBeChecked();
  await expect(page.getByLabel("URL", { exact: true })).toHaveValue("");
});

test("the schema is held against what is typed, an example fixes it, and a template keeps it", async ({
  page,
  person,
  receiver,
}) => {
  const schema =
    '{"type":"object","required":["total"],"properties":{"total":{"type":"integer","minimum":7,"maximum":7}}}';
  await aType(person.workspaceId, { name: "order.created", schema });
  await page.goto(`/w/${person.slug}/playground`);
  await expect(page.getByText("Line 1: The data must have required property 'total'")).toBeVisible();
  await page.getByRole("button", { name: "Random valid example" }).click();
  await expect(page.getByLabel("Payload").first()).toContainText('"total": 7');
  await expect(page.getByText("must have required property")).toBeHidden();

  await page.getByText("Keep as a template").click();
  await page.getByLabel("Name").fill("Seven");
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(page.getByText("Kept as Seven")).toBeVisible();
  await page.goto(`/w/${person.slug}/playground`);
  await page.getByRole("link", { name: "Seven" }).click();
  await expect(page.getByLabel("Payload").first()).toContainText('"total": 7');
  await page.getByRole("button", { name: "Delete template Seven" }).click();
  await expect(page.getByRole("link", { name: "Seven" })).toBeHidden();
  expect(receiver.calls).toEqual([]);
});

const SECRET = `whsec_${Buffer.alloc(32, 3).toString("base64")}`;

function headersFor(body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  const signature = sign("evt_1", seconds, Buffer.from(body), [{ key: signingKey(SECRET), expiresAt: null }], at);
  return `webhook-id: evt_1\nwebhook-timestamp: ${seconds}\nwebhook-signature: ${signature}`;
}

test("a pasted signature is genuine or not, and the reason is told", async ({ page, person }) => {
  await page.goto(`/w/${person.slug}/playground/signature`);
  await page.getByLabel("Headers").fill(headersFor('{"a":1}', new Date()));
  await page.getByLabel("Body").fill('{ "a": 1 }');
  await page.getByLabel("Secret").fill(SECRET);
  await page.getByRole("button", { name: "Check signature" }).click();
  await expect(page.getByText("The signature does not match")).toBeVisible();
  await expect(page.getByText("What was signed is the compact form")).toBeVisible();
  await expect(page.getByLabel("Secret")).toHaveValue("");
  await page.getByLabel("Body").fill('{"a":1}');
  await page.getByLabel("Secret").fill(SECRET);
  await page.getByRole("button", { name: "Check signature" }).click();
  await expect(page.getByText("The signature is genuine", { exact: true })).toBeVisible();
  await expectAccessible(page);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("an event is sent and its result shown, and a signature is checked", async ({ page, person, receiver }) => {
    await aType(person.workspaceId, { name: "order.created", example: '{"total": 981}' });
    await anEndpoint(person.workspaceId, { url: `${receiver.url}/ok` });
    await page.goto(`/w/${person.slug}/playground`);
    await page.getByLabel("Payload").fill('{"total": 2}');
    await page.getByRole("button", { name: "Its example" }).click();
    await expect(page.getByLabel("Payload")).toHaveValue('{"total": 981}');
    await page.getByRole("button", { name: "Send now" }).click();
    await expect(page.locator(RESULT)).toContainText("200 in");
    expect(receiver.calls).toHaveLength(1);

    await page.goto(`/w/${person.slug}/playground/signature`);
    await page.getByLabel("Headers").fill(headersFor("{}", new Date()));
    await page.getByLabel("Body").fill("{}");
    await page.getByLabel("Secret").fill(SECRET);
    await page.getByRole("button", { name: "Check signature" }).click();
    await expect(page.getByText("The signature is genuine", { exact: true })).toBeVisible();
    await expect(page.getByLabel("Body")).toHaveValue("{}");
  });
});
