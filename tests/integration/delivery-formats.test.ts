import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, expect, test } from "vitest";
import { findEndpoint } from "../../lib/endpoints/queries.ts";
import { FORMATS } from "../../lib/formats/names.ts";
import { formatId } from "../../lib/ids.ts";
import { testDatabase } from "../support/database.ts";
import { aQueuedDelivery, aSignedEndpoint, aWorker, firstAttempt, SECRET, theDelivery } from "../support/deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase();

type Call = { url: string; headers: http.IncomingHttpHeaders; body: string };
const calls: Call[] = [];
/** Answers as the path says: `/404/no_service`. */
const server = http.createServer(async (request, response) => {
  const url = request.url ?? "/";
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  calls.push({ url, headers: request.headers, body: Buffer.concat(chunks).toString() });
  const [, status = "200", body = ""] = new URL(url, "http://service").pathname.split("/");
  response.writeHead(Number(status)).end(decodeURIComponent(body));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const worker = aWorker();
afterAll(async () => {
  await worker.stop();
  server.close();
});

test.each(FORMATS)("a delivery goes out as %s, signed over what is sent", async (format) => {
  const workspaceId = await aWorkspace({ slug: `w-${format}` });
  const endpointId = await aSignedEndpoint(workspaceId, { url: `${base}/200/?${format}`, format });
  const id = await aQueuedDelivery(workspaceId, endpointId, { payload: '{"note":"<ü>"}' });
  await eventually(async () => expect(await theDelivery(id)).toMatchObject({ status: "delivered" }));
  const call = calls.find(({ url }) => url.includes(format));
  const headers = call?.headers as Record<string, string>;
  new Webhook(SECRET).verify(call?.body ?? "", headers, { jsonParse: false } as never);
  expect(headers["webhook-id"]).toBe(formatId("evt", (await theDelivery(id)).eventId));
  expect(call?.body).toMatch(/<ü>|&lt;ü&gt;|%3C%C3%BC%3E|ü/);
});

test("a Slack webhook that is gone disables its endpoint, and says what Slack said", async () => {
  const workspaceId = await aWorkspace();
  const endpointId = await aSignedEndpoint(workspaceId, { url: `${base}/404/no_service`, format: "slack" });
  const id = await aQueuedDelivery(workspaceId, endpointId);
  await eventually(async () => expect(await theDelivery(id)).toMatchObject({ status: "failed" }));
  expect(await firstAttempt(id)).toMatchObject({ statusCode: 404, detail: "Slack answered no_service" });
  expect(await findEndpoint(workspaceId, endpointId)).toMatchObject({ status: "disabled" });
});

test("Teams' 200 with an error in its text is a failure that is retried", async () => {
  const workspaceId = await aWorkspace();
  const url = `${base}/200/${encodeURIComponent("endpoint returned HTTP error 429")}`;
  const id = await aQueuedDelivery(workspaceId, await aSignedEndpoint(workspaceId, { url, format: "teams" }));
  await eventually(async () => expect(await theDelivery(id)).toMatchObject({ status: "retrying" }));
  expect(await firstAttempt(id)).toMatchObject({
    outcome: "http_error",
    statusCode: 200,
    detail: "Teams answered 200, but says: endpoint returned HTTP error 429",
  });
});

test("an answer that says half a character and NUL is on record like any other", async () => {
  const workspaceId = await aWorkspace();
  const url = `${base}/400/${encodeURIComponent('{"message":"no \\ud83d\\u0000","code":1}')}`;
  const id = await aQueuedDelivery(workspaceId, await aSignedEndpoint(workspaceId, { url, format: "discord" }));
  await eventually(async () => expect(await theDelivery(id)).toMatchObject({ status: "retrying" }));
  expect(await firstAttempt(id)).toMatchObject({ detail: "Discord answered no \ufffd (1)" });
});

test("an event that a format cannot hold is a visible attempt, and others go on", async () => {
  const workspaceId = await aWorkspace();
  const endpointId = await aSignedEndpoint(workspaceId, { url: `${base}/200/`, format: "form" });
  const bomb = JSON.stringify({ ["k".repeat(60_000)]: Array.from({ length: 1_000 }, () => 1) });
  const id = await aQueuedDelivery(workspaceId, endpointId, { payload: bomb });
  await eventually(async () => expect(await theDelivery(id)).toMatchObject({ status: "retrying" }));
  expect(await firstAttempt(id)).toMatchObject({
    outcome: "cancelled",
    detail: "The event could not be written as form: it would be over 8 MiB",
  });
});
