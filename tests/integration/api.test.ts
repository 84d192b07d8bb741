import { desc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { request } from "../../drizzle/schema/inbound.ts";
import { auditEntry } from "../../drizzle/schema/people.ts";
import type { Route, Shape } from "../../lib/api/route.ts";
import { ROUTES } from "../../lib/api/routes.ts";
import { db } from "../../lib/db.ts";
import { MASK } from "../../lib/endpoints/reserved-headers.ts";
import { formatId, parseId } from "../../lib/ids.ts";
import { anApiClient, callApi } from "../support/api.ts";
import { aJob } from "../support/bulk-jobs.ts";
import { testDatabase } from "../support/database.ts";
import { aRequest, aSourceRow } from "../support/requests.ts";
import { aDelivery, aFailedDelivery, anAttempt, anEvent, aWorkspace } from "../support/traffic.ts";

await testDatabase();
const url = "https://api.acme.test/hooks";

type Client = Awaited<ReturnType<typeof anApiClient>>;

async function anEndpointOf(api: Client, fields: object = {}): Promise<string> {
  const { status, body } = await api("POST", "/endpoints", { url, ...fields });
  expect(status).toBe(201);
  return body.id;
}

/** Something of everything, in a workspace of its own. */
async function aFullWorkspace() {
  const workspaceId = await aWorkspace();
  const api = await anApiClient(workspaceId);
  await api("POST", "/event-types", { name: "order.created", example: { a: 1 } });
  const endpoint = await anEndpointOf(api);
  const endpointId = idBehind(endpoint);
  const eventId = await anEvent(workspaceId, { payload: Buffer.from('{"b":1E2, "a":12345678901234567890}') });
  const deliveryId = await aFailedDelivery(workspaceId, { endpointId, eventId });
  await anAttempt(deliveryId, { outcome: "http_error", statusCode: 503, responseBody: Buffer.from([0xff, 0x00]) });
  const sourceId = await aSourceRow(workspaceId);
  return {
    workspaceId,
    api,
    endpointId,
    names: {
      job: formatId("job", await aJob(workspaceId)),
      ep: endpoint,
      evt: formatId("evt", eventId),
      dlv: formatId("dlv", deliveryId),
      src: formatId("src", sourceId),
      req: formatId("req", await aRequest(workspaceId, sourceId, { eventIds: [eventId] })),
      name: "order.created",
    },
  };
}

function idBehind(endpoint: string): string {
  return parseId("ep", endpoint) ?? "";
}

/** A body that the route accepts, so that only the id can be what is wrong. */
function bodyFor(route: Route): unknown {
  if (route.operation === "addSourceSecret") return { secret: "whsec_b3RoZXI=" };
  return route.body && {};
}

function pathFor(route: Route, names: Record<string, string>): string {
  return route.path.replace(/\{(\w+)\}/g, (_, name: string) => names[route.params[name] ?? ""] ?? "");
}

const aboutOne = ROUTES.filter(({ params }) => Object.keys(params).length > 0);
const lists = ROUTES.filter(({ answer }) => answer.list);

test.each(aboutOne)("$method $path answers a stranger's id with 404, and changes nothing", async (route) => {
  const theirs = await aFullWorkspace();
  const stranger = await anApiClient(await aWorkspace());
  const before = await db().select().from(auditEntry).where(eq(auditEntry.workspaceId, theirs.workspaceId));
  const { status, body } = await stranger(route.method, pathFor(route, theirs.names), bodyFor(route));
  expect([status, body.code]).toEqual([404, "not_found"]);
  expect(await db().select().from(auditEntry).where(eq(auditEntry.workspaceId, theirs.workspaceId))).toEqual(before);
});

test.each(lists)("$method $path shows nothing of a stranger", async (route) => {
  const theirs = await aFullWorkspace();
  const stranger = await anApiClient(await aWorkspace());
  expect((await stranger("GET", route.path)).body.data).toEqual([]);
  expect((await theirs.api("GET", route.path)).body.data).toHaveLength(1);
});

test.each(aboutOne)(
  "$method $path answers 404 to what is no id, and its answer has the documented shape",
  async (route) => {
    const { api, names } = await aFullWorkspace();
    for (const wrong of ["nothing", formatId("usr", "018f0000-0000-7000-8000-000000000001"), "%00", "..%2f"]) {
      const bad = Object.fromEntries(Object.keys(names).map((name) => [name, wrong]));
      expect((await api(route.method, pathFor(route, bad), bodyFor(route))).status).toBe(404);
    }
    if (route.operation === "deleteEventType") return;
    // Only what is not over can be given up.
    if (route.operation === "cancelDelivery") await api("POST", `/deliveries/${names.dlv}/retry`);
    // Only what is in quarantine can be verified again.
    if (route.operation === "reverifyRequest") {
      await db().update(request).set({ verdict: "refused" });
    }
    // Only what was stopped can be continued.
    if (route.operation === "continueJob") await api("POST", `/jobs/${names.job}/stop`);
    if (route.operation === "endSourceSecret") {
      names.name = (
        await api("POST", `/sources/${names.src}/secrets`, { secret: "whsec_b3RoZXI=" })
      ).body.secrets[0].id;
    }
    const answer = await api(route.method, pathFor(route, names), bodyFor(route));
    expect(answer).toMatchObject({ status: route.answer.status });
    expectShape(route.answer.shape, answer.body);
  },
);

test.each(lists)(
  "$method $path answers with the documented shape, and refuses unknown or wrong parameters",
  async (route) => {
    const { api } = await aFullWorkspace();
    for (const row of (await api("GET", route.path)).body.data) expectShape(route.answer.shape, row);
    for (const query of ["nonsense=1", "limit=0", "limit=251", "limit=x", "cursor=1", "cursor=next.", "limit=1e1"]) {
      const { status, body } = await api("GET", `${route.path}?${query}`);
      expect([query, status, body.code]).toEqual([query, 400, "invalid_parameter"]);
    }
  },
);

function expectShape(shape: Shape | undefined, value: unknown): void {
  const strict = shape?.schema.safeParse(value);
  expect(strict?.error?.issues ?? []).toEqual([]);
}

test.each(ROUTES)("$method $path needs a key with the scope $scope", async (route) => {
  const workspaceId = await aWorkspace();
  const path = pathFor(route, {
    name: "a",
    ep: "ep_x",
    evt: "evt_x",
    dlv: "dlv_x",
    job: "job_x",
    req: "req_x",
    src: "src_x",
  });
  const anonymous = await callApi(route.method, path, bodyFor(route));
  expect([anonymous.status, anonymous.body.code]).toEqual([401, "unauthenticated"]);
  const others = (["ingest", "read", "write", "retry", "secrets"] as const).filter((scope) => scope !== route.scope);
  const limited = await anApiClient(workspaceId, others);
  const refused = await limited(route.method, path, bodyFor(route));
  expect([refused.status, refused.body.code]).toEqual([403, "scope_missing"]);
});

test("lists page both ways without leaving out or repeating a row", async () => {
  const workspaceId = await aWorkspace();
  const api = await anApiClient(workspaceId);
  const endpoint = await anEndpointOf(api);
  const endpointId = idBehind(endpoint);
  for (let n = 0; n < 7; n++) {
    await api("POST", "/event-types", { name: `type.${n}` });
    await aDelivery(workspaceId, { endpointId, eventId: await anEvent(workspaceId) });
    if (n > 0) await anEndpointOf(api);
  }
  for (const path of ["/event-types", "/endpoints", "/events", "/deliveries"]) {
    const key = path === "/event-types" ? "name" : "id";
    const all: string[] = (await api("GET", path)).body.data.map((row: Record<string, string>) => row[key]);
    expect(all).toHaveLength(7);
    const pages: string[][] = [];
    const previous: (string | null)[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await api("GET", `${path}?limit=3${cursor ? `&cursor=${cursor}` : ""}`);
      pages.push(body.data.map((row: Record<string, string>) => row[key]));
      previous.push(body.previous);
      cursor = body.next;
    } while (cursor);
    expect(pages.map((page) => page.length)).toEqual([3, 3, 1]);
    expect(pages.flat()).toEqual(all);
    const back = (await api("GET", `${path}?limit=3&cursor=${previous[2]}`)).body;
    expect(back.data.map((row: Record<string, string>) => row[key])).toEqual(pages[1]);
    const first = (await api("GET", `${path}?limit=3&cursor=${back.previous}`)).body;
    expect(first.data.map((row: Record<string, string>) => row[key])).toEqual(pages[0]);
    expect(first.previous).toBeNull();
  }
});

test("an endpoint goes through its life", async () => {
  const workspaceId = await aWorkspace();
  const api = await anApiClient(workspaceId);
  const made = await api("POST", "/endpoints", { url, headers: { "x-key": "s3cret" }, subscriptions: ["order.*"] });
  const path = `/endpoints/${made.body.id}`;
  expect(made.headers.get("location")).toBe(`/api/v1${path}`);
  expect(made.body).toMatchObject({ headers: { "x-key": MASK }, retrySchedule: null, status: "active" });

  expect((await api("PATCH", path, { headers: made.body.headers, timeoutSeconds: 5 })).body).toMatchObject({
    headers: { "x-key": MASK },
    timeoutSeconds: 5,
    subscriptions: ["order.*"],
  });
  expect((await api("POST", `${path}/pause`)).body.status).toBe("paused");
  expect((await api("POST", `${path}/pause`)).status).toBe(200);
  expect((await api("POST", `${path}/resume`)).body.status).toBe("active");

  const { secret } = (await api("GET", `${path}/secret`)).body;
  expect(secret).toMatch(/^whsec_/);
  const rotated = (await api("POST", `${path}/secret/rotate`, { overlapSeconds: 60 })).body;
  expect((await api("GET", `${path}/secret`)).body).toEqual({
    secret: rotated.secret,
    previous: [{ secret, expiresAt: rotated.previousExpiresAt }],
  });
  expect((await api("POST", `${path}/secret/rotate`)).status).toBe(200);

  expect(await api("DELETE", path)).toMatchObject({ status: 204, text: "" });
  expect((await api("GET", path)).status).toBe(404);
  const [entry] = await db()
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.workspaceId, workspaceId))
    .orderBy(desc(auditEntry.id));
  expect(entry).toMatchObject({
    action: "endpoint.deleted",
    actor: expect.stringMatching(/^key_/),
    address: "127.0.0.1",
  });
});

test("an event type goes through its life", async () => {
  const api = await anApiClient(await aWorkspace());
  const schema = { type: "object", required: ["id"] };
  expect((await api("POST", "/event-types", { name: "order.created", schema, example: { id: 1 } })).body).toMatchObject(
    {
      schema,
      example: { id: 1 },
      version: 1,
      archived: false,
      enforcement: "off",
    },
  );
  expect((await api("POST", "/event-types", { name: "order.created" })).body.code).toBe("conflict");
  expect((await api("PATCH", "/event-types/order.created", { example: {} })).body).toMatchObject({
    code: "invalid_field",
    errors: [{ path: "example" }],
  });
  expect((await api("PATCH", "/event-types/order.created", { archived: true })).body.archived).toBe(true);
  expect((await api("GET", "/event-types")).body.data).toEqual([]);
  expect((await api("GET", "/event-types?archived=true")).body.data).toHaveLength(1);
  await anEndpointOf(api, { subscriptions: ["order.created"] });
  const inUse = await api("DELETE", "/event-types/order.created");
  expect([inUse.status, inUse.body.detail]).toEqual([409, expect.stringContaining("1 endpoints name it")]);
  await api("POST", "/event-types", { name: "order.lost" });
  expect((await api("DELETE", "/event-types/order.lost")).status).toBe(204);
});

test.each([
  ["endpoints", { url, filter: "x" }, 422, "invalid_field", "filter"],
  ["endpoints", { url, filter: { a: { $where: "1" } } }, 422, "invalid_field", "filter"],
  ["endpoints", { url, transformation: "function transform(" }, 422, "invalid_field", "transformation"],
  ["endpoints", { url, colour: "red" }, 422, "unknown_field", "colour"],
  ["endpoints", {}, 422, "invalid_field", "url"],
  ["endpoints", { url: "http://169.254.169.254/" }, 422, "invalid_field", "url"],
  ["endpoints", { url, headers: { Host: "x" } }, 422, "invalid_field", "headers.Host"],
  ["endpoints", { url, headers: { "x-a": MASK } }, 422, "invalid_field", "headers.x-a"],
  ["endpoints", { url, description: "\u0000" }, 422, "invalid_field", "description"],
  ["endpoints", { url, customer: "\ud800" }, 422, "invalid_field", "customer"],
  ["endpoints", [], 422, "invalid_field", ""],
  ["event-types", { name: "order.created", schema: { type: "x" } }, 422, "invalid_field", "schema"],
  ["event-types", { name: "no spaces" }, 422, "invalid_field", "name"],
  ["endpoints", '{"url":', 400, "invalid_json", undefined],
  ["endpoints", `{"url":${"[".repeat(100_000)}`, 400, "invalid_json", undefined],
  ["endpoints", `{"url":"${"x".repeat(600_000)}"}`, 413, "too_large", undefined],
  ["endpoints", `{"url":"${url}","__proto__":{"builtIn":true}}`, 422, "unknown_field", "__proto__"],
])("POST /%s refuses a bad body: %#", async (noun, body, status, code, path) => {
  const workspaceId = await aWorkspace();
  const api = await anApiClient(workspaceId);
  const refused = await api("POST", `/${noun}`, body);
  expect([refused.status, refused.body.code]).toEqual([status, code]);
  expect(refused.headers.get("content-type")).toBe("application/problem+json");
  expect(refused.body).toMatchObject({ title: expect.any(String), detail: expect.any(String), requestId: "req-1" });
  if (path !== undefined) expect(refused.body.errors[0]).toMatchObject({ path });
  expect((await api("GET", `/${noun}`)).body.data).toEqual([]);
});

test("a retry that a paused endpoint stands against says to resume it", async () => {
  const { api, names } = await aFullWorkspace();
  await api("POST", `/endpoints/${names.ep}/pause`);
  const { status, body } = await api("POST", `/deliveries/${names.dlv}/retry`);
  expect([status, body.code]).toEqual([409, "conflict"]);
  expect(body.detail).toContain("resume its endpoint");
});

test("other addresses and methods have their own answers", async () => {
  const api = await anApiClient(await aWorkspace());
  expect((await api("GET", "/nothing")).body.code).toBe("not_found");
  const wrong = await api("PUT", "/endpoints", {});
  expect([wrong.status, wrong.body.code, wrong.headers.get("allow")]).toEqual([405, "method_not_allowed", "GET, POST"]);
  const text = await callApi("POST", "/endpoints", "url=x", { "content-type": "text/plain" });
  expect(text.status).toBe(401);
});

test("an event comes with its data byte for byte, and a delivery with its attempts", async () => {
  const { api, names } = await aFullWorkspace();
  const event = await api("GET", `/events/${names.evt}`);
  expect(event.text).toContain('"data":{"b":1E2, "a":12345678901234567890}');
  expect(event.body).toMatchObject({
    id: names.evt,
    deliveries: [{ id: names.dlv, event: names.evt, endpoint: names.ep }],
  });
  expect((await api("GET", `/deliveries/${names.dlv}`)).body).toMatchObject({
    status: "failed",
    attempts: [{ number: 1, outcome: "http_error", statusCode: 503, responseBody: "/wA=", responseEncoding: "base64" }],
  });
});

test("deliveries and events are filtered, and a filter takes any text", async () => {
  const { api, names } = await aFullWorkspace();
  const count = async (path: string) => (await api("GET", path)).body.data?.length;
  expect(await count(`/deliveries?endpoint=${names.ep}&event=${names.evt}&status=failed&type=order.created`)).toBe(1);
  expect(await count("/deliveries?status=delivered")).toBe(0);
  expect(await count("/deliveries?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z")).toBe(0);
  expect(await count("/deliveries?from=2020-01-01T00:00:00%2B02:00")).toBe(1);
  expect(await count("/events?type=order.created")).toBe(1);
  expect(await count("/events?type=';--%25")).toBe(0);
  expect((await api("GET", "/events?customer=%00")).status).toBe(400);
  expect((await api("GET", "/deliveries?endpoint=evt_1")).status).toBe(400);
  expect((await api("GET", "/deliveries?from=yesterday")).status).toBe(400);
});

test("retry and replay queue new work, and say when there is none", async () => {
  const { api, names } = await aFullWorkspace();
  expect(await api("POST", `/deliveries/${names.dlv}/retry`)).toMatchObject({
    status: 202,
    body: { status: "queued" },
  });
  expect((await api("POST", `/deliveries/${names.dlv}/retry`)).body.code).toBe("conflict");
  const replayed = await api("POST", `/events/${names.evt}/replay`, { endpoint: names.ep });
  expect([replayed.status, replayed.body.deliveries]).toEqual([202, [expect.stringMatching(/^dlv_/)]]);

  const stranger = await aFullWorkspace();
  const crossed = await api("POST", `/events/${names.evt}/replay`, { endpoint: stranger.names.ep });
  expect([crossed.status, crossed.body.code]).toEqual([422, "invalid_field"]);
  await api("POST", `/endpoints/${names.ep}/pause`);
  await api("DELETE", `/endpoints/${names.ep}`);
  expect((await api("POST", `/events/${names.evt}/replay`)).body.code).toBe("conflict");
});

test("a delivery is given up once; what is over says so", async () => {
  const { api, names } = await aFullWorkspace();
  const path = `/deliveries/${names.dlv}`;
  expect(await api("POST", `${path}/cancel`)).toMatchObject({
    status: 409,
    body: { code: "conflict", detail: expect.stringContaining("it is failed") },
  });
  await api("POST", `${path}/retry`);
  const { body } = await api("POST", `${path}/cancel`);
  expect(body).toMatchObject({ status: "discarded", reason: expect.stringMatching(/^Given up by /) });
  expect((await api("POST", `${path}/cancel`)).status).toBe(409);
});
