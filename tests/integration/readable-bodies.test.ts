import { afterAll, beforeAll, expect, test } from "vitest";
import { schemaOfEvents } from "../../lib/event-types/draft.ts";
import { accept } from "../../lib/ingest/accept.ts";
import { replayEdited } from "../../lib/replay/edit.ts";
import { findEvent, listEvents } from "../../lib/reports/events.ts";
import { suggestBodyPaths } from "../../lib/reports/suggest-body-paths.ts";
import { readBody } from "../../lib/search/body-condition.ts";
import { closeTransformations } from "../../lib/transformations/pool.ts";
import { aType } from "../support/configuration.ts";
import { testDatabase } from "../support/database.ts";
import { aSignedEndpoint, aWorker, type TestWorker } from "../support/deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { type FaultReceiver, faultReceiver } from "../support/receiver.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase();
let receiver: FaultReceiver;
let worker: TestWorker;

beforeAll(async () => {
  receiver = await faultReceiver();
  worker = aWorker();
});
afterAll(async () => {
  await worker.stop(0);
  await receiver.close();
  closeTransformations();
});

const FORM = "application/x-www-form-urlencoded";
const BODIES: [string, string, string, string][] = [
  ["a form", FORM, "order%5Bsku%5D=A-1&order%5Bnote%5D=gr%C3%BCn+%26+blau&__proto__=x", "order.sku"],
  ["XML", "application/xml", "<order><sku>A-1</sku><note lang='de'>grün</note></order>", "order.sku"],
  [
    "multipart",
    "multipart/form-data; boundary=b",
    '--b\r\nContent-Disposition: form-data; name="order[sku]"\r\n\r\nA-1\r\n--b--\r\n',
    "order.sku",
  ],
];

async function aShop() {
  const workspaceId = await aWorkspace();
  await aType(workspaceId, "shop.order");
  const send = async (data: string, contentType: string) => {
    const answer = await accept({ workspaceId, type: "shop.order", data: Buffer.from(data), contentType });
    worker.pump.wake();
    if (answer.result !== "accepted") throw new Error(`The event was ${answer.result}`);
    return answer;
  };
  return { workspaceId, send };
}

const callTo = (path: string) =>
  eventually(async () => receiver.calls.find((call) => call.path === path), { withinMs: 45_000 });

test.each(BODIES)(
  "%s is filtered by its fields, and goes out byte for byte",
  async (name, contentType, body, field) => {
    const { workspaceId, send } = await aShop();
    const path = `/ok/raw-${name.replace(" ", "-")}`;
    const at = (filter: object) =>
      aSignedEndpoint(workspaceId, { url: receiver.url + path, format: "raw", filter: JSON.stringify(filter) });
    await at({ [field]: "A-1" });
    await at({ [field]: "B-2" });

    const { deliveryIds } = await send(body, contentType);

    expect(deliveryIds).toHaveLength(1);
    const call = await callTo(path);
    expect(call?.body.equals(Buffer.from(body))).toBe(true);
    expect(call?.headers["content-type"]).toBe(contentType);
  },
);

test.each(BODIES)(
  "%s is found by what its fields hold, suggested and described",
  async (_name, contentType, body, field) => {
    const { workspaceId, send } = await aShop();
    const { eventId } = await send(body, contentType);
    const found = async (text: string) =>
      (await listEvents(workspaceId, { body: [readBody(text)!] })).rows.map(({ id }) => id);

    expect(await found(`${field}:A-1`)).toEqual([eventId]);
    expect(await found(`${field}:A-2`)).toEqual([]);
    expect(await suggestBodyPaths(workspaceId, "order", {})).toContainEqual({ text: `body.${field}:`, note: "A-1" });
    expect(JSON.parse((await schemaOfEvents(workspaceId, "shop.order"))!.schema)).toMatchObject({
      properties: { order: { properties: { sku: { type: "string" } } } },
    });
  },
);

test("a transformation gets a form's fields as data", async () => {
  const { workspaceId, send } = await aShop();
  await aSignedEndpoint(workspaceId, {
    url: `${receiver.url}/ok/transformed-form`,
    format: "raw",
    transformation: "function transform({ data }) { return { data: { text: data.Body, own: Object.keys(data) } }; }",
  });
  await send("From=%2B49&Body=Hello+there&__proto__=1", FORM);
  const call = await callTo("/ok/transformed-form");
  expect(JSON.parse(String(call?.body))).toEqual({ text: "Hello there", own: ["From", "Body", "__proto__"] });
});

test("what is neither JSON, a form nor XML has no fields, and a filter says so", async () => {
  const { workspaceId, send } = await aShop();
  await aSignedEndpoint(workspaceId, { url: `${receiver.url}/ok/none`, filter: '{"a":"1"}' });
  const { deliveryIds, eventId } = await send("a=1", "text/plain");
  expect(deliveryIds).toEqual([]);
  expect((await findEvent(workspaceId, eventId))?.deliveries).toMatchObject([
    { status: "discarded", reason: expect.stringContaining("no JSON, form or XML") },
  ]);
});

test("an edited form is found by its new fields", async () => {
  const { workspaceId, send } = await aShop();
  await aSignedEndpoint(workspaceId, { url: `${receiver.url}/ok/edited-form`, format: "raw" });
  const { eventId } = await send("a=1", FORM);
  const edited = await replayEdited(workspaceId, eventId, { data: Buffer.from("a=2") }, { id: "key_1", name: "Ops" });
  expect(edited.result).toBe("replayed");
  const found = await listEvents(workspaceId, { body: [readBody("a:2")!] });
  expect(found.rows).toMatchObject([{ editedFrom: eventId }]);
});
