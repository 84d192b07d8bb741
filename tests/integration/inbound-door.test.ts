import { createHmac } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { source as sourceTable } from "../../drizzle/schema/inbound.ts";
import { db } from "../../lib/db.ts";
import { MAX_EVENT_BYTES } from "../../lib/ingest/limits.ts";
import { writeRefusedCalls } from "../../lib/ingest/refused-calls.ts";
import { listRefusedCalls } from "../../lib/reports/refused-calls.ts";
import { testDatabase } from "../support/database.ts";
import { openDoor } from "../support/door.ts";
import { eventually } from "../support/eventually.ts";
import { aPosting, aSource, eventsFrom, requestsOf, send, type TestSource } from "../support/inbound.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase();
const door = await openDoor();
const workspaceId = await aWorkspace();
const SECRET = "whsec_one";
const stripe = () => aSource(workspaceId, { secrets: [SECRET] });
const bin = (values = {}) => aSource(workspaceId, { provider: "unsigned", typePrefix: "", ...values });
const call = (to: TestSource, init: RequestInit = {}) => fetch(door.url + to.path, { method: "POST", ...init });
const change = (to: TestSource, values: Partial<typeof sourceTable.$inferInsert>) =>
  db().update(sourceTable).set(values).where(eq(sourceTable.id, to.id));

/** What a caller hears that writes these bytes, until the connection ends. */
async function answerTo(text: string): Promise<string> {
  const socket = connect(door.port, "127.0.0.1");
  let heard = "";
  socket.on("data", (bytes) => {
    heard += bytes;
  });
  socket.write(text);
  await once(socket, "close");
  return heard;
}

/** The newest of the workspace's refused calls. */
async function expectNoted(call: object) {
  await eventually(async () => {
    await writeRefusedCalls();
    expect((await listRefusedCalls(workspaceId, {})).rows[0]).toMatchObject(call);
    return true;
  });
}

test("an unknown address, one that cannot be, and a disabled or deleted source answer 404; nothing tells them apart", async () => {
  const disabled = await stripe();
  await change(disabled, { status: "disabled" });
  const deleted = await stripe();
  await change(deleted, { deletedAt: new Date() });
  for (const path of ["/in/", "/in/abc", "/in/..%2f", `/in/${"a".repeat(32)}`, disabled.path, deleted.path]) {
    const answer = await fetch(door.url + path, { method: "POST", body: "{}" });
    expect(answer.status, path).toBe(404);
    expect(await answer.json()).toMatchObject({ code: "not_found", detail: "There is no such source" });
  }
  expect(await requestsOf(disabled.id)).toEqual([]);
});

test("an address that was asked for before there was a source answers as soon as there is one", async () => {
  const token = "asked-for-before-it-was-made";
  const post = async () => (await fetch(`${door.url}/in/${token}`, { method: "POST", body: "{}" })).status;
  expect(await post()).toBe(404);
  await bin({ token });
  expect(await post()).toBe(200);
});

test("what is not below /in/ is not for this door", async () => {
  expect((await fetch(`${door.url}/inbox`)).status).toBe(299);
  expect((await fetch(`${door.url}/in`)).status).toBe(299);
});

test("a source that is paused, disabled, resumed or deleted is so for the very next call", async () => {
  const source = await stripe();
  const post = async () => (await send(await aPosting(door, source, "stripe", { secret: SECRET }))).status;
  expect(await post()).toBe(200);
  for (const [values, status] of [
    [{ status: "paused", version: 2 }, 503],
    [{ status: "active", version: 3 }, 200],
    [{ status: "disabled", version: 4 }, 404],
    [{ status: "active", version: 5 }, 200],
    [{ deletedAt: new Date(), version: 6 }, 404],
  ] as const) {
    await change(source, values);
    expect(await post(), JSON.stringify(values)).toBe(status);
  }
});

test("a paused source asks to come back in a minute, and keeps nothing", async () => {
  const source = await stripe();
  await change(source, { status: "paused" });
  const answer = await send(await aPosting(door, source, "stripe"));
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "60"]);
  expect(await requestsOf(source.id)).toEqual([]);
});

test("a token that is changed dies at once, and the new one is there at once", async () => {
  const source = await bin();
  expect((await call(source, { body: "1" })).status).toBe(200);
  const token = "new-token-of-this-source";
  await change(source, { token, version: 2 });
  expect((await call({ ...source, path: `/in/${token}` }, { body: "2" })).status).toBe(200);
  expect((await call(source, { body: "3" })).status).toBe(404);
});

test("HEAD and GET answer 200 and are kept as a look, without an event", async () => {
  const source = await stripe();
  for (const method of ["HEAD", "GET"]) expect((await call(source, { method })).status).toBe(200);
  expect((await requestsOf(source.id)).map(({ method, verdict }) => [method, verdict])).toEqual([
    ["HEAD", "handshake"],
    ["GET", "handshake"],
  ]);
  expect(await eventsFrom(source.id)).toEqual([]);
});

test("a method that a service does not use answers 405 and which it takes; a bin takes PUT, PATCH and DELETE", async () => {
  const service = await stripe();
  const answer = await call(service, { method: "PUT", body: "{}" });
  expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD, POST"]);
  const any = await bin();
  for (const method of ["PUT", "PATCH", "DELETE"]) expect((await call(any, { method, body: "x" })).status).toBe(200);
  expect(await eventsFrom(any.id)).toHaveLength(3);
  expect((await call(any, { method: "OPTIONS" })).status).toBe(405);
});

test("a body of 1 MiB is taken; one byte more is refused with 413, whether announced or not, and noted", async () => {
  const source = await bin();
  expect((await call(source, { body: Buffer.alloc(MAX_EVENT_BYTES, "x") })).status).toBe(200);
  const large = Buffer.alloc(MAX_EVENT_BYTES + 1, "x");
  expect((await call(source, { body: large })).status).toBe(413);
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(large);
      controller.close();
    },
  });
  expect((await call(source, { body: stream, duplex: "half" } as RequestInit)).status).toBe(413);
  expect(await requestsOf(source.id)).toHaveLength(1);
  await expectNoted({ code: "too_large", path: "/in/••••••", key: null });
});

test("an address outside the source's ranges answers 403 and is kept; one inside is taken", async () => {
  const source = await aSource(workspaceId, { secrets: [SECRET], allowCidrs: ["203.0.113.0/24", "2001:db8::/32"] });
  const posted = await aPosting(door, source, "stripe", { secret: SECRET });
  const from = (address: string) => send({ ...posted, headers: { ...posted.headers, "x-forwarded-for": address } });
  expect((await from("198.51.100.9")).status).toBe(403);
  expect((await send(posted)).status).toBe(403);
  expect((await from("1.1.1.1, 203.0.113.9")).status).toBe(200);
  expect((await from("2001:db8::7")).status).toBe(200);
  expect((await from("::ffff:203.0.113.9")).status).toBe(200);
  const kept = await requestsOf(source.id);
  expect(kept.map(({ verdict, fault, remoteAddress }) => [verdict, fault?.code ?? null, remoteAddress])).toEqual([
    ["refused", "address", "198.51.100.9"],
    ["refused", "address", "127.0.0.1"],
    ["accepted", null, "203.0.113.9"],
    ["duplicate", null, "2001:db8::7"],
    ["duplicate", null, "203.0.113.9"],
  ]);
});

test("beyond its rate a source answers 429 and when to come back, and that is noted", async () => {
  const source = await bin({ rateLimit: 2 });
  const answers = await Promise.all([1, 2, 3, 4, 5].map((n) => call(source, { body: `${n}` })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 429, 429, 429]);
  expect(answers.find(({ status }) => status === 429)?.headers.get("retry-after")).toBe("1");
  expect(await requestsOf(source.id)).toHaveLength(2);
  await expectNoted({ code: "rate_limited" });
});

test("accepted calls get the source's own answer, which cannot loosen what protects the console", async () => {
  const headers: [string, string][] = [
    ["content-type", "text/xml"],
    ["x-mine", "1"],
    ["set-cookie", "a=1"],
    ["content-security-policy", "default-src *"],
    ["bad name", "1"],
    ["x-bad", "a\r\nb: c"],
  ];
  const source = await bin({ answer: { status: 201, headers, body: "<Response/>" } });
  const answer = await call(source, { body: "1" });
  expect([answer.status, await answer.text()]).toEqual([201, "<Response/>"]);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "text/xml",
    "x-mine": "1",
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
  for (const name of ["set-cookie", "x-bad", "b"]) expect(answer.headers.has(name)).toBe(false);
  const quiet = await bin({ answer: { status: 204, headers: [], body: "not sent" } });
  expect((await call(quiet, { body: "1" })).status).toBe(204);
  expect((await requestsOf(quiet.id))[0]).toMatchObject({ answerStatus: 204 });
});

test("refusals carry the same protection", async () => {
  for (const path of ["/in/unknown-token-of-nobody", (await stripe()).path]) {
    const { headers } = await fetch(door.url + path, { method: "POST", body: "{}" });
    expect(headers.get("content-security-policy"), path).toBe("sandbox; default-src 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("request-id")).toMatch(/^req_/);
  }
});

test("a service's JSON that is none is kept as unparsable and answered 400; its signature was right", async () => {
  const source = await stripe();
  const answer = await send(await aPosting(door, source, "stripe", { secret: SECRET, body: '{"id":' }));
  expect(answer.status).toBe(400);
  expect(await requestsOf(source.id)).toMatchObject([
    { verdict: "unparsable", fault: { code: "unparsable", why: "The body says it is JSON and is not" } },
  ]);
});

test("a form whose payload is no JSON is no call of GitHub's", async () => {
  const source = await aSource(workspaceId, { provider: "github", secrets: [SECRET] });
  const body = "payload=%7B%22action%22";
  const signature = `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`;
  const headers = { "content-type": "application/x-www-form-urlencoded", "x-hub-signature-256": signature };
  expect((await call(source, { headers, body })).status).toBe(400);
  expect(await requestsOf(source.id)).toMatchObject([{ verdict: "unparsable" }]);
});

test("a bin takes what says it is JSON and is not, as bytes that nobody tries to read", async () => {
  const source = await bin();
  const headers = { "content-type": "application/json" };
  const compressed = gzipSync('{"a":1}');
  await call(source, { headers, body: '{"a":' });
  await call(source, { headers, body: "[".repeat(600) + "]".repeat(600) });
  await call(source, { headers: { ...headers, "content-encoding": "gzip" }, body: compressed });
  await call(source, { headers, body: '{"a":1}' });
  await call(source, { headers: { "content-type": "text/xml; charset=utf-8" }, body: "<a/>" });
  const events = await eventsFrom(source.id);
  expect(events.map(({ contentType }) => contentType)).toEqual([
    ...Array(3).fill("application/octet-stream"),
    "application/json",
    "text/xml; charset=utf-8",
  ]);
  expect(events[2]?.payload.equals(compressed)).toBe(true);
});

test("an HTTP/1.0 client, one that asks before it sends, and one that writes the whole address are served", async () => {
  const source = await bin();
  const end = "Connection: close\r\nContent-Length: 3\r\n";
  expect(await answerTo(`POST ${source.path} HTTP/1.0\r\nContent-Length: 3\r\n\r\none`)).toMatch(/^HTTP\/1\.1 200 /);
  expect(await answerTo(`POST http://x${source.path}?a=1 HTTP/1.1\r\nHost: x\r\n${end}\r\ntwo`)).toMatch(/ 200 OK/);
  const asked = await answerTo(`POST ${source.path} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n${end}\r\nsix`);
  expect(asked).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
  expect((await eventsFrom(source.id)).map(({ payload }) => payload.toString())).toEqual(["one", "two", "six"]);
});

test("a caller that asks before it sends too much is not told to go on", async () => {
  const source = await bin();
  const head = `Host: x\r\nExpect: 100-continue\r\nContent-Length: ${MAX_EVENT_BYTES + 1}\r\n`;
  const heard = await answerTo(`POST ${source.path} HTTP/1.1\r\n${head}\r\n`);
  expect(heard).toMatch(/^HTTP\/1\.1 413 /);
});
