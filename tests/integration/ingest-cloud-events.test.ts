import { expect, test } from "vitest";
import { hotSql } from "../../lib/db.ts";
import { parseId } from "../../lib/ids.ts";
import { aType } from "../support/configuration.ts";
import { testDatabase } from "../support/database.ts";
import { aKey, openDoor, post } from "../support/door.ts";
import { anEndpoint, aWorkspace } from "../support/traffic.ts";

await testDatabase();
const door = await openDoor();

const TYPE = "com.example.order.created";
const EVENT = { specversion: "1.0", id: "1", source: "https://shop.example/", type: TYPE, data: { total: 9 } };
const ONE = { headers: { "content-type": "application/cloudevents+json" } };
const MANY = { headers: { "content-type": "application/cloudevents-batch+json; charset=utf-8" } };

async function aSender() {
  const workspaceId = await aWorkspace();
  await aType(workspaceId, TYPE);
  await aType(workspaceId, "checked", { enforcement: "block" }, '{"type":"object"}');
  await anEndpoint(workspaceId);
  return { workspaceId, secret: (await aKey(workspaceId)).secret };
}

async function storedEvent(id: unknown) {
  const [row] = await hotSql()`select * from event where id = ${parseId("evt", String(id))}`;
  return row;
}

test("a structured CloudEvent becomes an event, and the same one again a duplicate", async () => {
  const { secret } = await aSender();
  const first = await post(door, secret, { ...EVENT, subject: "order-981" }, ONE);
  expect(first).toMatchObject({ status: 202, body: { type: TYPE, deliveries: 1, duplicate: false } });
  const stored = await storedEvent(first.body.id);
  expect(stored).toMatchObject({
    content_type: "application/json",
    tags: { source: EVENT.source, subject: "order-981" },
  });
  expect(stored?.payload.toString()).toBe('{"total":9}');

  const again = await post(door, secret, { ...EVENT, subject: "order-981" }, ONE);
  expect(again).toMatchObject({ status: 200, body: { id: first.body.id, duplicate: true } });
  const elsewhere = await post(door, secret, { ...EVENT, source: "https://other.example/" }, ONE);
  expect(elsewhere).toMatchObject({ status: 202, body: { duplicate: false } });
  const changed = await post(door, secret, { ...EVENT, data: {} }, ONE);
  expect(changed).toMatchObject({ status: 422, body: { code: "idempotency_key_reused" } });
});

test("a binary CloudEvent keeps its bytes, whatever they are", async () => {
  const { secret } = await aSender();
  const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]);
  const headers = {
    "content-type": "image/png",
    "ce-specversion": "1.0",
    "ce-id": "1",
    "ce-source": "/camera",
    "ce-type": TYPE,
  };
  const answer = await post(door, secret, bytes, { headers });
  expect(answer).toMatchObject({ status: 202, body: { type: TYPE, deliveries: 1 } });
  const stored = await storedEvent(answer.body.id);
  expect(stored?.content_type).toBe("image/png");
  expect(Buffer.compare(stored?.payload, bytes)).toBe(0);
});

test.each(["/api/v1/events", "/api/v1/events/batch"])(
  "a batch of CloudEvents is taken at %s, all or the valid ones",
  async (path) => {
    const { workspaceId, secret } = await aSender();
    const batch = [EVENT, { ...EVENT, id: "2", specversion: "0.3" }, { ...EVENT, id: "3" }];
    const refused = await post(door, secret, batch, { ...MANY, path });
    expect(refused).toMatchObject({ status: 422, body: { code: "batch_refused" } });
    expect(refused.body.errors).toEqual([{ path: "[1]", message: "[1].specversion must be 1.0" }]);
    expect(await hotSql()`select from event where workspace_id = ${workspaceId}`).toHaveLength(0);

    const partial = await post(door, secret, batch, { ...MANY, path: `${path}?partial=true` });
    expect(partial).toMatchObject({ status: 207, body: { accepted: 2, refused: 1 } });
    const again = await post(door, secret, [EVENT], { ...MANY, path });
    expect(again).toMatchObject({ status: 200, body: { duplicates: 1 } });
  },
);

test("data that is no JSON cannot match a schema, and says so", async () => {
  const { secret } = await aSender();
  const event = { ...EVENT, type: "checked", datacontenttype: "text/plain", data: "hello" };
  expect(await post(door, secret, event, ONE)).toMatchObject({
    status: 422,
    body: {
      code: "schema_mismatch",
      errors: [{ path: "data", message: "is text/plain, and the schema is about fields" }],
    },
  });
  expect((await post(door, secret, { ...EVENT, type: "checked" }, ONE)).status).toBe(202);
});

test.each<[string, unknown, string, Record<string, string>, number, string]>([
  ["one at the path for batches", EVENT, "/batch", ONE.headers, 415, "unsupported_media_type"],
  ["attributes in the headers of a batch", [], "/batch", { "ce-specversion": "1.0" }, 415, "unsupported_media_type"],
  ["XML", "<event/>", "", { "content-type": "application/cloudevents+xml" }, 415, "unsupported_media_type"],
  [
    "another charset",
    EVENT,
    "",
    { "content-type": "application/cloudevents+json; charset=latin1" },
    415,
    "unsupported_media_type",
  ],
  ["a compressed body", EVENT, "", { ...ONE.headers, "content-encoding": "gzip" }, 415, "unsupported_media_type"],
  ["an idempotency key beside its id", EVENT, "", { ...ONE.headers, "idempotency-key": "k" }, 400, "invalid_parameter"],
  [
    "an idempotency key for a batch",
    [EVENT],
    "",
    { ...MANY.headers, "idempotency-key": "k" },
    400,
    "invalid_parameter",
  ],
  ["a wait for a batch", [EVENT], "", { ...MANY.headers, prefer: "wait=1" }, 400, "invalid_parameter"],
  ["one where a batch is announced", EVENT, "", MANY.headers, 400, "malformed"],
  ["a batch where one is announced", [EVENT], "", ONE.headers, 422, "invalid_field"],
  ["a type nobody knows", { ...EVENT, type: "unknown" }, "", ONE.headers, 422, "unknown_event_type"],
])("%s is refused", async (_, body, path, headers, status, code) => {
  const { secret } = await aSender();
  const answer = await post(door, secret, body, { path: `/api/v1/events${path}`, headers });
  expect(answer).toMatchObject({ status, body: { code, detail: expect.any(String) } });
});
