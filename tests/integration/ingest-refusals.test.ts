import { connect } from "node:net";
import { expect, test } from "vitest";
import { revokeApiKey } from "../../lib/api-keys/commands.ts";
import { SYSTEM } from "../../lib/audit/record.ts";
import { hotSql } from "../../lib/db.ts";
import { writeRefusedCalls } from "../../lib/ingest/refused-calls.ts";
import { aType } from "../support/configuration.ts";
import { testDatabase } from "../support/database.ts";
import { aKey, answerOf, openDoor, post } from "../support/door.ts";
import { eventually } from "../support/eventually.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase();
const door = await openDoor();
const workspaceId = await aWorkspace();
await aType(workspaceId, "a");
const key = await aKey(workspaceId);

const EVENT = '{"type":"a","data":{}}';
const MIB = 1_024 * 1_024;

async function eventCount(): Promise<number> {
  const [row] = await hotSql()`select count(*)::int as count from event`;
  return row?.count;
}

/** A valid event of exactly so many bytes. */
function eventOf(bytes: number): string {
  const [head, tail] = ['{"type":"a","data":"', '"}'];
  return head + "x".repeat(bytes - head.length - tail.length) + tail;
}

const nested = (depth: number) => `{"type":"a","data":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;

test.each<[string, string | Uint8Array, number, string]>([
  ["no JSON", "{", 400, "invalid_json"],
  ["nothing", "", 400, "invalid_json"],
  ["a byte order mark", `\ufeff${EVENT}`, 400, "invalid_json"],
  ["invalid UTF-8", Buffer.from([...Buffer.from('{"type":"a","data":"'), 0xc3, 0x28, 0x22, 0x7d]), 400, "invalid_json"],
  ["513 levels", nested(513), 400, "invalid_json"],
  ["half a million levels", nested(500_000), 400, "invalid_json"],
  ["a field twice", '{"type":"a","data":1,"data":2}', 400, "malformed"],
  ["a field twice, once escaped", '{"type":"a","data":1,"d\\u0061ta":2}', 400, "malformed"],
  ["an array", "[]", 422, "invalid_field"],
  ["null", "null", 422, "invalid_field"],
  ["no type", '{"data":{}}', 422, "invalid_field"],
  ["a type of a wrong kind", '{"type":7,"data":{}}', 422, "invalid_field"],
  ["a type with a space", '{"type":"a b","data":{}}', 422, "invalid_field"],
  ["a type of 129 characters", `{"type":"${"a".repeat(129)}","data":{}}`, 422, "invalid_field"],
  ["no data", '{"type":"a"}', 422, "invalid_field"],
  ["an unknown field", '{"type":"a","data":{},"dta":1}', 422, "unknown_field"],
  ["a prototype", '{"type":"a","data":{},"__proto__":{"x":1}}', 422, "unknown_field"],
  ["a deliverAt that is no time", '{"type":"a","data":{},"deliverAt":"tomorrow"}', 422, "invalid_field"],
  ["a wrong time", '{"type":"a","data":{},"timestamp":"yesterday"}', 422, "invalid_field"],
  ["a time Postgres does not know", '{"type":"a","data":{},"timestamp":"0000-01-01T00:00:00Z"}', 422, "invalid_field"],
  ["a customer with NUL", '{"type":"a","data":{},"customer":"a\\u0000"}', 422, "invalid_field"],
  ["half a surrogate pair", '{"type":"a","data":{},"customer":"\\ud800"}', 422, "invalid_field"],
  ["an id of 256 characters", `{"type":"a","data":{},"id":"${"i".repeat(256)}"}`, 422, "invalid_field"],
  ["a tag that is no string", '{"type":"a","data":{},"tags":{"n":1}}', 422, "invalid_field"],
  ["a tag named __proto__", '{"type":"a","data":{},"tags":{"__proto__":"x"}}', 422, "invalid_field"],
  ["an unknown type", '{"type":"b","data":{}}', 422, "unknown_event_type"],
  ["one byte over 1 MiB", eventOf(MIB + 1), 413, "too_large"],
])("%s is refused and changes nothing", async (_, body, status, code) => {
  const before = await eventCount();
  const answer = await post(door, key.secret, body);
  expect(answer).toMatchObject({
    status,
    body: { status, code, detail: expect.any(String), requestId: expect.any(String) },
  });
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.headers.get("request-id")).toBe(answer.body.requestId);
  expect(await eventCount()).toBe(before);
});

test.each<[string, string]>([
  ["exactly 1 MiB", eventOf(MIB)],
  ["512 levels", nested(512)],
  ["a type of 128 characters", `{"type":"${"a".repeat(128)}","data":{}}`],
  ["an id of 255 characters", `{"type":"a","data":{},"id":"${"i".repeat(255)}"}`],
])("%s is taken", async (_, body) => {
  await aType(workspaceId, "a".repeat(128)).catch(() => {});
  await hotSql()`update workspace set routing_version = routing_version + 1`;
  expect((await post(door, key.secret, body)).status).toBe(202);
});

test("the path of a wrong field is told", async () => {
  const answer = await post(door, key.secret, { type: "a", data: {}, tags: { colour: 1 }, extra: true });
  expect(answer.body.errors).toEqual([
    { path: "tags.colour", message: "must be a string" },
    { path: "extra", message: "is not a field of an event" },
  ]);
});

test.each<[Record<string, string>, number, string]>([
  [{ "content-type": "text/plain" }, 415, "unsupported_media_type"],
  [{ "content-type": "application/json; charset=latin1" }, 415, "unsupported_media_type"],
  [{ "content-encoding": "gzip" }, 415, "unsupported_media_type"],
  [{ "content-type": "application/cloudevents+json" }, 422, "invalid_field"],
  [{ "ce-specversion": "1.0" }, 422, "invalid_field"],
  [{ prefer: "wait=soon" }, 400, "invalid_parameter"],
  [{ prefer: "wait" }, 400, "invalid_parameter"],
  [{ "idempotency-key": "x".repeat(256) }, 400, "invalid_parameter"],
  [{ "idempotency-key": "" }, 400, "invalid_parameter"],
  [{ authorization: "Bearer ph_unknownunknownunknownunknown" }, 401, "key_unknown"],
  [{ authorization: "Basic eDp5" }, 401, "unauthenticated"],
  [{ authorization: "" }, 401, "unauthenticated"],
])("a call with %j is refused", async (headers, status, code) => {
  const answer = await post(door, key.secret, EVENT, { headers });
  expect(answer).toMatchObject({ status, body: { code } });
});

test("a key in the query string does not count", async () => {
  const path = `/api/v1/events?key=${key.secret}`;
  expect((await post(door, key.secret, EVENT, { path, headers: { authorization: "" } })).status).toBe(401);
});

test("a key without the scope may not post", async () => {
  const reader = await aKey(workspaceId, ["read"]);
  expect(await post(door, reader.secret, EVENT)).toMatchObject({ status: 403, body: { code: "scope_missing" } });
});

test("a revoked key is refused at once, although it was used a moment ago", async () => {
  const { id, secret } = await aKey(workspaceId);
  expect((await post(door, secret, EVENT)).status).toBe(202);
  await revokeApiKey(workspaceId, id, SYSTEM);
  expect(await post(door, secret, EVENT)).toMatchObject({ status: 401, body: { code: "key_revoked" } });
});

test("an expired key is refused", async () => {
  const { id, secret } = await aKey(workspaceId);
  await hotSql()`update api_key set expires_at = now() - interval '1 s' where id = ${id}`;
  expect(await post(door, secret, EVENT)).toMatchObject({ status: 401, body: { code: "key_expired" } });
});

test("another method is refused, and told which is taken", async () => {
  const put = await fetch(`${door.url}/api/v1/events`, { method: "PUT", body: EVENT });
  expect([put.status, put.headers.get("allow")]).toEqual([405, "GET, HEAD, POST"]);
  const get = await fetch(`${door.url}/api/v1/events/batch`);
  expect([(await answerOf(get)).body.code, get.headers.get("allow")]).toEqual(["method_not_allowed", "POST"]);
});

test("refused calls are kept for the workspace whose key was used, without their bodies, the newest thousand", async () => {
  const other = await aWorkspace();
  const { id, secret } = await aKey(other);
  await hotSql()`
    insert into refused_call (id, workspace_id, code, detail, path, request_id)
    select uuidv7(interval '-1 day' + n * interval '1 s'), ${other}, 'old', '', '', '' from generate_series(1, 1005) as n`;
  await post(door, secret, '{"type":"secret-looking payload"');
  await writeRefusedCalls();

  const rows = await hotSql()`select * from refused_call where workspace_id = ${other} order by id desc`;
  expect(rows).toHaveLength(1_000);
  expect(rows[0]).toMatchObject({ api_key_id: id, code: "invalid_json", path: "/api/v1/events" });
  expect(JSON.stringify(rows[0])).not.toContain("secret-looking");
});

/** Writes raw bytes and returns all that comes back until the other side closes. */
function raw(...parts: (string | Buffer)[]): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(door.port, "127.0.0.1");
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer));
    for (const part of parts) socket.write(part);
  });
}

const HEAD = `POST /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key.secret}\r\nContent-Type: application/json\r\n`;

test("a body announced as too large is refused before it is sent", async () => {
  expect(await raw(`${HEAD}Content-Length: 104857600\r\n\r\n`)).toMatch(/^HTTP\/1.1 413 /);
});

test("a caller that waits for 'go on' is refused without it", async () => {
  const answer = await raw(`${HEAD}Expect: 100-continue\r\nContent-Length: 104857600\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1.1 413 /);
});

test("an endless upload without a length is cut off, and memory stays flat", async () => {
  const before = process.memoryUsage().rss;
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(door.port, "127.0.0.1");
    let text = "";
    const chunk = Buffer.from(`10000\r\n${"x".repeat(65_536)}\r\n`);
    const pump = () => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`);
    socket.on("drain", pump);
    socket.on("data", (bytes) => {
      text += bytes;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(text));
    pump();
  });
  expect(answer).toMatch(/^HTTP\/1.1 413 /);
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * MIB);
});

test("an upload that takes too long is ended with 408", async () => {
  const impatient = await openDoor({ requestMs: 300, headersMs: 300, checkMs: 50 });
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(impatient.port, "127.0.0.1");
    let text = "";
    socket.on("data", (bytes) => {
      text += bytes;
    });
    socket.on("close", () => resolve(text));
    socket.write(`${HEAD}Content-Length: 100\r\n\r\n{`);
  });
  expect(answer).toMatch(/^HTTP\/1.1 408 [\s\S]*"code":"timeout"/);
});

test("what is no HTTP gets 400, and the server goes on", async () => {
  expect(await raw("\x00\x01 nonsense\r\n\r\n")).toMatch(/^HTTP\/1.1 400 /);
  expect(await eventually(async () => (await post(door, key.secret, EVENT)).status)).toBe(202);
});

test("a batch may have 8 MiB, and not one byte more", async () => {
  const path = "/api/v1/events/batch";
  const lines = Array.from({ length: 8 }, () => eventOf(MIB - 1)).join("\n");
  const full = `${lines}\n`;
  expect(full).toHaveLength(8 * MIB);
  const headers = { "content-type": "application/x-ndjson" };
  expect(await post(door, key.secret, full, { path, headers })).toMatchObject({ status: 202, body: { accepted: 8 } });
  expect(await post(door, key.secret, `${full}\n`, { path, headers })).toMatchObject({ status: 413 });
});

test("a batch of 1,001 events is refused", async () => {
  const batch = Array(1_001).fill({ type: "a", data: 1 });
  const path = "/api/v1/events/batch";
  expect(await post(door, key.secret, batch, { path })).toMatchObject({ status: 413, body: { code: "too_large" } });
  expect(await post(door, key.secret, batch.slice(1), { path })).toMatchObject({
    status: 202,
    body: { accepted: 1_000 },
  });
});
