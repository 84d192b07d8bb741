import { once } from "node:events";
import http, { type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, expect, test } from "vitest";
import { listOutcomes } from "../../lib/ingest/first-attempts.ts";
import { testDatabase } from "../support/database.ts";
import { aSignedEndpoint, attemptsOf, aWorker } from "../support/deliveries.ts";
import { openDoor } from "../support/door.ts";
import { eventually } from "../support/eventually.ts";
import { aPosting, aSource, eventsFrom, PUBLIC_URL, requestsOf, send } from "../support/inbound.ts";
import { GENUINE } from "../support/provider-calls.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase({ PUBLIC_URL });
const door = await openDoor();
const worker = aWorker();

let answerWith: RequestListener = () => {};
const server = http.createServer((request, response) => answerWith(request, response)).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
beforeEach(() => {
  answerWith = (_request, response) => response.end();
});
afterAll(async () => {
  await worker.stop(0);
  server.closeAllConnections();
  server.close();
});

const OWN = { status: 200, headers: [["content-type", "text/xml"]] as [string, string][], body: "<Response/>" };

async function aSyncSource(values: { syncTimeoutMs?: number; syncHeaders?: string[] } = {}, endpoint = {}) {
  const workspaceId = await aWorkspace();
  const syncEndpointId = await aSignedEndpoint(workspaceId, { url, format: "raw", timeoutSeconds: 60, ...endpoint });
  const secrets = [...(GENUINE.twilio?.secrets ?? [])];
  const more = { syncEndpointId, syncTimeoutMs: 20_000, answer: OWN, ...values };
  return { workspaceId, source: await aSource(workspaceId, { provider: "twilio", secrets, ...more }) };
}

test("the caller gets the endpoint's answer: status, content type, named headers and body, and nothing else", async () => {
  const { source } = await aSyncSource({ syncHeaders: ["x-asked", "set-cookie", "content-security-policy"] });
  answerWith = (_request, response) => {
    response.writeHead(201, {
      "content-type": "application/xml",
      "set-cookie": "session=1",
      "content-security-policy": "default-src *",
      "x-asked": "1",
      "x-unasked": "1",
    });
    response.end("<Response><Message>Hello</Message></Response>");
  };

  const answer = await send(await aPosting(door, source, "twilio"));

  expect(answer.status).toBe(201);
  expect(await answer.text()).toBe("<Response><Message>Hello</Message></Response>");
  expect(answer.headers.get("content-type")).toBe("application/xml");
  expect(answer.headers.get("x-asked")).toBe("1");
  expect(answer.headers.get("x-unasked")).toBeNull();
  expect(answer.headers.get("set-cookie")).toBeNull();
  expect(answer.headers.get("content-security-policy")).toContain("sandbox");
  expect(await requestsOf(source.id)).toMatchObject([{ verdict: "accepted" }]);
});

test("a call that is repeated gets the answer that the first one got, and is delivered once", async () => {
  const { source } = await aSyncSource();
  let calls = 0;
  answerWith = (_request, response) => response.end(`answer ${++calls}`);
  const posting = await aPosting(door, source, "twilio");
  expect(await (await send(posting)).text()).toBe("answer 1");
  expect(await (await send(posting)).text()).toBe("answer 1");
  expect(calls).toBe(1);
});

test("an endpoint that fails leaves the caller with the source's own answer, and is tried again", async () => {
  const { source } = await aSyncSource();
  answerWith = (_request, response) => response.writeHead(500).end("broken");
  const answer = await send(await aPosting(door, source, "twilio"));
  expect([answer.status, await answer.text()]).toEqual([200, "<Response/>"]);
  const [event] = await eventsFrom(source.id);
  expect(await listOutcomes(event!.id)).toMatchObject([{ status: "retrying", attempts: 1 }]);
});

test("an endpoint that is too slow leaves the caller with the source's own answer, and its delivery goes on", async () => {
  const { source } = await aSyncSource({ syncTimeoutMs: 300 });
  const gate = Promise.withResolvers<void>();
  answerWith = (_request, response) => void gate.promise.then(() => response.end("late"));
  const answer = await send(await aPosting(door, source, "twilio"));
  expect([answer.status, await answer.text()]).toEqual([200, "<Response/>"]);
  gate.resolve();
  const [event] = await eventsFrom(source.id);
  const delivered = async () => (await listOutcomes(event!.id)).find(({ status }) => status === "delivered");
  const delivery = await eventually(delivered);
  expect((await attemptsOf(delivery!.id)).map(({ outcome }) => outcome)).toEqual(["success"]);
});

test.each([
  ["is paused", { status: "paused" as const }],
  ["does not subscribe to it", { subscriptions: ["other.*"] }],
  ["does not want it by its filter", { filter: '{"From":"nobody"}' }],
])("nobody waits for an endpoint that %s", async (_why, endpoint) => {
  const { source } = await aSyncSource({ syncTimeoutMs: 20_000 }, endpoint);
  const since = performance.now();
  const answer = await send(await aPosting(door, source, "twilio"));
  expect([answer.status, await answer.text()]).toEqual([200, "<Response/>"]);
  expect(performance.now() - since).toBeLessThan(10_000);
});

test("what is refused never reaches the endpoint, and hears nothing of it", async () => {
  const { source } = await aSyncSource();
  answerWith = () => expect.unreachable();
  const answer = await send(await aPosting(door, source, "twilio", { secret: "another token" }));
  expect(answer.status).toBe(401);
});
