import { mergeTests, type Page } from "@playwright/test";
import { expect, expectAccessible, test as journey } from "../support/app.ts";
import { anEndpoint, aType, postEvent, receiverFixture } from "../support/journey.ts";

const test = mergeTests(journey, receiverFixture);

const editor = (page: Page, name: string) => page.getByRole("textbox", { name });

test("a schema is inferred from real events, mistakes are shown at their line, and an example is made of it", async ({
  page,
  person,
}) => {
  await aType(person.workspaceId, { name: "order.created" });
  for (const total of [1, 2.5]) await postEvent(person.workspaceId, { type: "order.created", data: { total } });

  await page.goto(`/w/${person.slug}/event-types/order.created/edit`);
  await page.getByRole("button", { name: "Infer from 20 events" }).click();
  await expect(page.getByText("From 2 events")).toBeVisible();
  await expect(editor(page, "JSON Schema")).toContainText('"total"');

  await editor(page, "Example").fill('{\n  "total": "free"\n}');
  await expect(page.getByText("Line 2: /total must be number")).toBeVisible();
  await expect(page.getByRole("region", { name: "Preview" })).toContainText("1 problem");
  await expectAccessible(page);

  await page.getByRole("button", { name: "Generate from schema" }).click();
  await expect(page.getByText("From the schema")).toBeVisible();
  await expect(page.getByText("Schema and example hold")).toBeVisible();
  await expect(page.getByRole("region", { name: "Preview" })).toContainText('"type": "order.created"');
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("heading", { name: "Schema" })).toBeVisible();

  const types = page.getByRole("region", { name: "Types" });
  await expect(types).toContainText("export interface OrderCreated");
  await types.getByRole("link", { name: "Go" }).click();
  await expect(types).toContainText("type OrderCreated struct");
});

test("on a small screen the list shows whole names", async ({ page, person }) => {
  await aType(person.workspaceId, { name: "order.created" });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/w/${person.slug}/event-types`);
  const name = page.getByRole("cell", { name: "order.created" });
  await expect(name).toBeVisible();
  expect(await name.evaluate((cell) => cell.scrollWidth <= cell.clientWidth)).toBe(true);
});

test("a schema is inferred from pasted JSON while a type is made", async ({ page, person }) => {
  await page.goto(`/w/${person.slug}/event-types/new`);
  await page.getByLabel("Name").fill("order.created");
  await page.getByRole("button", { name: "Infer from example" }).click();
  await expect(page.getByText("Paste or write JSON into the example first")).toBeVisible();
  await editor(page, "Example").fill('{"at": "2026-01-02T03:04:05Z"}');
  await page.getByRole("button", { name: "Infer from example" }).click();
  await expect(editor(page, "JSON Schema")).toContainText('"date-time"');
  await page.getByRole("button", { name: "Create event type" }).click();
  await expect(page.getByRole("heading", { name: "order.created" })).toBeVisible();
});

const SCHEMA = '{"type": "object", "properties": {"total": {"type": "number"}}}';

async function aSubscribedType(workspaceId: string, url: string) {
  await aType(workspaceId, { name: "order.created", schema: SCHEMA });
  await anEndpoint(workspaceId, { url, description: "Acme billing", subscriptions: ["order.*"] });
}

test("a breaking change names the endpoints, is saved only when it is meant, and stands in the versions", async ({
  page,
  person,
  receiver,
}) => {
  await aSubscribedType(person.workspaceId, `${receiver.url}/ok`);
  await page.goto(`/w/${person.slug}/event-types/order.created/edit`);
  await editor(page, "JSON Schema").fill(SCHEMA.replace("number", "string"));
  await expect(page.getByText(/1\sendpoint gets this type \(Acme billing\)/)).toBeVisible();
  await expect(page.getByText("total was number, is string now")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByLabel("Save it all the same")).toBeFocused();
  await page.getByLabel("Save it all the same").check();
  await page.getByRole("button", { name: "Save changes" }).click();

  const versions = page.getByRole("region", { name: "Versions" });
  await expect(versions).toContainText("Breaking");
  await expect(versions).toContainText("properties.total.type");
  await versions.getByText("Version 1", { exact: true }).click();
  await versions.getByRole("link", { name: "Show version 1 whole" }).click();
  await expect(page.getByRole("region", { name: "Version 1" })).toContainText('"number"');
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a breaking change is asked about too, and a schema comes from real events by a link", async ({
    page,
    person,
    receiver,
  }) => {
    await aSubscribedType(person.workspaceId, `${receiver.url}/ok`);
    await postEvent(person.workspaceId, { type: "order.created", data: { note: "n" } });
    await page.goto(`/w/${person.slug}/event-types/order.created/edit`);
    await page.getByRole("link", { name: "Infer from 20 events" }).click();
    await expect(page.getByLabel("JSON Schema")).toHaveValue(/"note"/);
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("total is gone")).toBeVisible();
    await page.getByLabel("Save it all the same").check();
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByRole("region", { name: "Versions" })).toContainText("total is gone");
  });
});
