import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import tls from "node:tls";
import { afterAll, beforeEach, expect, test } from "vitest";
import { createEndpoint } from "../../lib/endpoints/commands.ts";
import { endpointInput } from "../../lib/endpoints/input.ts";
import { CLIENT, CLIENT_AUTHORITY, SELF_SIGNED } from "../support/certificate.ts";
import { testDatabase } from "../support/database.ts";
import { aQueuedDelivery, aWorker, firstAttempt, theDelivery } from "../support/deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase();
tls.setDefaultCACertificates([...tls.getCACertificates("default"), SELF_SIGNED.cert]);

type Seen = { path: string; authorization: string | undefined; body: string };
type Listening = { server: http.Server; base: string; seen: Seen[] };

async function listen(
  server: http.Server,
  scheme: string,
  answer: (call: Seen, response: http.ServerResponse) => void,
) {
  const seen: Seen[] = [];
  server.on("request", async (request: http.IncomingMessage, response: http.ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const call = {
      path: request.url ?? "",
      authorization: request.headers.authorization,
      body: Buffer.concat(chunks).toString(),
    };
    seen.push(call);
    answer(call, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, seen, base: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}` } satisfies Listening;
}

/** Which tokens the receiver takes, and what the token server gives next. */
const valid = new Set<string>();
let given = 0;
const tokens = await listen(http.createServer(), "http", ({ path }, response) => {
  if (path.startsWith("/refused")) {
    return response.writeHead(401).end('{"error":"invalid_client","error_description":"cl1ent-secret is wrong"}');
  }
  if (path.startsWith("/moved")) return response.writeHead(307, { location: "/elsewhere" }).end();
  if (path.startsWith("/odd")) return response.end('{"token":"here"}');
  const token = `t0ken-${++given}`;
  valid.add(token);
  response.end(
    JSON.stringify({ access_token: token, token_type: "Bearer", expires_in: path.includes("short") ? 0.001 : 3_600 }),
  );
});
const receiver = await listen(http.createServer(), "http", ({ path, authorization = "" }, response) => {
  const isTaken = !path.startsWith("/tokens") || valid.has(authorization.replace("Bearer ", ""));
  response.writeHead(isTaken && path !== "/401" ? 200 : 401).end();
});
const mutual = await listen(
  https.createServer({ ...SELF_SIGNED, requestCert: true, rejectUnauthorized: true, ca: [CLIENT_AUTHORITY] }),
  "https",
  (_call, response) => response.end(),
);
const worker = aWorker();
beforeEach(() => {
  for (const { seen } of [tokens, receiver, mutual]) seen.length = 0;
});
afterAll(async () => {
  await worker.stop();
  for (const { server } of [tokens, receiver, mutual]) server.close();
});

async function anEndpointWith(fields: Record<string, unknown>) {
  const workspaceId = await aWorkspace();
  const input = endpointInput.parse({ url: `${receiver.base}/ok`, ...fields });
  const made = await createEndpoint(workspaceId, input, { id: "usr_a", name: "A", address: "127.0.0.1" });
  if (made.result !== "created") throw new Error(JSON.stringify(made));
  return { workspaceId, deliver: () => aQueuedDelivery(workspaceId, made.id) };
}

function ended(id: string, status: string) {
  return eventually(async () => expect(await theDelivery(id)).toMatchObject({ status }));
}

const oauth2 = { type: "oauth2", tokenUrl: `${tokens.base}/token`, clientId: "a b", clientSecret: "cl1ent-secret" };
const withTokens = (fields: Record<string, unknown> = {}) =>
  anEndpointWith({ url: `${receiver.base}/tokens`, authentication: { ...oauth2, ...fields } });

test("basic and bearer authentication reach the receiver, and history shows neither", async () => {
  for (const [authentication, expected] of [
    [{ type: "basic", username: "mara", password: "p:ü" }, `Basic ${Buffer.from("mara:p:ü").toString("base64")}`],
    [{ type: "bearer", token: "s3cr3t" }, "Bearer s3cr3t"],
  ] as const) {
    const id = await (await anEndpointWith({ authentication })).deliver();
    await ended(id, "delivered");
    expect(receiver.seen.at(-1)?.authorization).toBe(expected);
    const headers = (await firstAttempt(id))?.requestHeaders;
    expect(headers).toContainEqual(["authorization", "••••••"]);
    expect(JSON.stringify(headers)).not.toContain(expected.split(" ")[1]);
  }
});

test("one access token is asked for as RFC 6749 says and kept for many deliveries", async () => {
  const { deliver } = await withTokens({ scope: "hooks", audience: "https://api.example" });
  const ids = await Promise.all([deliver(), deliver(), deliver()]);
  for (const id of ids) await ended(id, "delivered");
  expect(tokens.seen).toHaveLength(1);
  const [call] = tokens.seen;
  expect(call?.authorization).toBe(`Basic ${Buffer.from("a+b:cl1ent-secret").toString("base64")}`);
  expect(Object.fromEntries(new URLSearchParams(call?.body))).toEqual({
    grant_type: "client_credentials",
    scope: "hooks",
    audience: "https://api.example",
  });
});

test("ID and secret go in the body where the token server wants that", async () => {
  const id = await (await withTokens({ clientAuthentication: "body" })).deliver();
  await ended(id, "delivered");
  expect(tokens.seen[0]?.authorization).toBeUndefined();
  expect(new URLSearchParams(tokens.seen[0]?.body).get("client_secret")).toBe("cl1ent-secret");
});

test("a token that was revoked is renewed once, in the same attempt", async () => {
  const { deliver } = await withTokens();
  await ended(await deliver(), "delivered");
  valid.clear();
  const id = await deliver();
  await ended(id, "delivered");
  expect(tokens.seen).toHaveLength(2);
  expect(receiver.seen).toHaveLength(3);
  expect(await firstAttempt(id)).toMatchObject({ outcome: "success", statusCode: 200 });
});

test("a receiver that takes no token is not asked again and again", async () => {
  const { deliver } = await anEndpointWith({ url: `${receiver.base}/401`, authentication: oauth2 });
  const id = await deliver();
  await ended(id, "retrying");
  expect([tokens.seen.length, receiver.seen.length]).toEqual([1, 1]);
  const second = await deliver();
  await ended(second, "retrying");
  expect([tokens.seen.length, receiver.seen.length]).toEqual([2, 3]);
});

test("a token that has ended is not used", async () => {
  const { deliver } = await withTokens({ tokenUrl: `${tokens.base}/short` });
  await ended(await deliver(), "delivered");
  await ended(await deliver(), "delivered");
  expect(tokens.seen).toHaveLength(2);
  expect(receiver.seen).toHaveLength(2);
});

test.each([
  ["/refused", /^No access token from 127\.0\.0\.1:\d+\. It answered 401: invalid_client$/],
  ["/odd", /Its answer has no access_token$/],
  ["/moved", /^No access token from 127\.0\.0\.1:\d+\. It answered 307$/],
])(
  "a token server that answers %s is a visible attempt without any secret, and nothing is sent",
  async (path, detail) => {
    const id = await (await withTokens({ tokenUrl: tokens.base + path })).deliver();
    await ended(id, "retrying");
    const attempt = await firstAttempt(id);
    expect(attempt).toMatchObject({ outcome: "cancelled", detail: expect.stringMatching(detail), statusCode: null });
    expect(JSON.stringify(attempt)).not.toContain("cl1ent-secret");
    expect(receiver.seen).toEqual([]);
    // A redirect is not followed: it could lead the client's secret anywhere.
    expect(new Set(tokens.seen.map((call) => call.path))).toEqual(new Set([path]));
  },
);

test("the call for a token goes through the same guard as a delivery", async () => {
  const { deliver } = await withTokens({ tokenUrl: "http://metadata.example/token" });
  const guarded = aWorker({ lookup: async () => [{ address: "169.254.169.254", family: 4 }] });
  await worker.stop();
  const id = await deliver();
  await ended(id, "retrying");
  expect(await firstAttempt(id)).toMatchObject({
    outcome: "cancelled",
    detail: expect.stringContaining("169.254.169.254 is not a public address"),
  });
  await guarded.stop();
});

test("a receiver that asks for a client certificate gets it; without a good one nothing is delivered", async () => {
  const own = aWorker();
  const url = `${mutual.base}/`;
  const clientCertificate = { certificate: CLIENT.certificate, key: CLIENT.key };
  const known = await (await anEndpointWith({ url, clientCertificate })).deliver();
  await ended(known, "delivered");
  expect(mutual.seen).toHaveLength(1);
  const unknown = await (await anEndpointWith({ url })).deliver();
  await ended(unknown, "retrying");
  const pair = { certificate: SELF_SIGNED.cert, key: SELF_SIGNED.key };
  const foreign = await (await anEndpointWith({ url, clientCertificate: pair })).deliver();
  await ended(foreign, "retrying");
  // Some servers say why, and some just close the connection.
  for (const id of [unknown, foreign]) expect((await firstAttempt(id))?.outcome).toMatch(/^(tls|reset)$/);
  expect(mutual.seen).toHaveLength(1);
  await own.stop();
});
