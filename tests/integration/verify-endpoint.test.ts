import http from "node:http";
import type { AddressInfo } from "node:net";
import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { trialCall } from "../../drizzle/schema/console.ts";
import { auditEntry } from "../../drizzle/schema/people.ts";
import { attempt, delivery, deliveryStat, event } from "../../drizzle/schema/traffic.ts";
import { SYSTEM } from "../../lib/audit/record.ts";
import { db } from "../../lib/db.ts";
import { addressPolicy } from "../../lib/delivery/address-policy.ts";
import { createEndpoint } from "../../lib/endpoints/commands.ts";
import { endpointInput } from "../../lib/endpoints/input.ts";
import { MASK } from "../../lib/endpoints/reserved-headers.ts";
import { revealSecret } from "../../lib/endpoints/secrets.ts";
import { env } from "../../lib/env.ts";
import { formatId } from "../../lib/ids.ts";
import { draftConfiguration } from "../../lib/playground/draft-configuration.ts";
import { verifyInput } from "../../lib/playground/input.ts";
import { MOST_AT_ONCE, trialAllowance } from "../../lib/playground/trial-allowance.ts";
import { trialEvent } from "../../lib/playground/trial-event.ts";
import { tryCall } from "../../lib/playground/try-call.ts";
import { PING_TYPE, verifyEndpoint } from "../../lib/playground/verify-endpoint.ts";
import { receiverUrl } from "../../lib/receiver/address.ts";
import { SELF_SIGNED } from "../support/certificate.ts";
import { testDatabase } from "../support/database.ts";
import { verifies } from "../support/journey.ts";
import { type FaultReceiver, faultReceiver } from "../support/receiver.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase({ HOST: "127.0.0.1" });

let receiver: FaultReceiver;
let workspace: { id: string; slug: string };
beforeAll(async () => {
  receiver = await faultReceiver();
  workspace = { id: await aWorkspace(), slug: "acme" };
});
afterAll(() => receiver.close());

const form = (values: Record<string, unknown>) => verifyInput.parse(values);

async function verified(values: Record<string, unknown>) {
  const result = await verifyEndpoint(workspace, form(values), SYSTEM);
  if (result.result !== "called") throw new Error(JSON.stringify(result));
  return result.verification;
}

async function anOwnEndpoint(values: Record<string, unknown>): Promise<string> {
  const created = await createEndpoint(workspace.id, endpointInput.parse(values), SYSTEM);
  if (created.result !== "created") throw new Error(created.result);
  return created.id;
}

test("a ping tells status, latency and address, and leaves no event, delivery, attempt or figure behind", async () => {
  expect(await verified({ url: `${receiver.url}/ok` })).toMatchObject({
    knownSecret: false,
    answer: {
      outcome: "success",
      statusCode: 200,
      totalMs: expect.any(Number),
      remoteAddress: "127.0.0.1",
      isPublic: false,
      tls: null,
      redirectTo: null,
    },
  });
  expect(receiver.calls.at(-1)?.headers).toMatchObject({
    "webhook-id": expect.stringMatching(/^evt_/),
    "webhook-signature": expect.stringMatching(/^v1,/),
  });
  for (const table of [event, delivery, attempt, deliveryStat]) expect(await db().$count(table)).toBe(0);
});

test("a redirect is told, with where it leads, and not followed", async () => {
  const before = receiver.calls.length;
  expect(await verified({ url: `${receiver.url}/redirect?to=/ok` })).toMatchObject({
    answer: { outcome: "redirect", statusCode: 302, redirectTo: "/ok" },
  });
  expect(receiver.calls.length).toBe(before + 1);
});

test("a certificate that is refused is still described", async () => {
  const secure = await faultReceiver(SELF_SIGNED);
  expect(await verified({ url: `${secure.url}/ok` })).toMatchObject({
    answer: {
      outcome: "tls",
      detail: expect.stringContaining("self-signed"),
      tls: { protocol: "TLSv1.3", subject: "localhost", validTo: expect.stringMatching(/^2126-/) },
    },
  });
  await secure.close();
});

test("an endpoint that is there is pinged with its own secret and its stored headers, on record", async () => {
  const url = `${receiver.url}/ok`;
  const id = await anOwnEndpoint({ url, headers: { "x-api-key": "sesame-street" } });
  const endpoint = formatId("ep", id);
  const answer = await verified({ endpoint, url, headers: { "x-api-key": MASK } });
  expect(answer).toMatchObject({ knownSecret: true, answer: { outcome: "success" } });
  const call = receiver.calls.at(-1);
  expect(call?.headers["x-api-key"]).toBe("sesame-street");
  const secret = (await revealSecret(workspace.id, id, SYSTEM))?.secret ?? "";
  expect(call && verifies(secret, call)).toBe(true);
  expect(await db().$count(auditEntry, eq(auditEntry.action, "endpoint.verified"))).toBe(1);
});

test("history never holds a credential, not even when the receiver repeats every header", async () => {
  const echo = http.createServer((request, response) => response.end(JSON.stringify(request.headers))).listen(0);
  const { port } = echo.address() as AddressInfo;
  const { answer } = await verified({
    url: `http://127.0.0.1:${port}/echo?token=in-the-url`,
    headers: { "x-api-key": "sesame-street" },
    authentication: { type: "basic", username: "acme", password: "open-sesame" },
  });
  const echoed = Buffer.from(answer.body ?? "", "base64").toString();
  expect(JSON.parse(echoed)).toMatchObject({ "x-api-key": "••••••", authorization: "••••••" });
  const [row] = await db().select().from(trialCall).orderBy(desc(trialCall.id)).limit(1);
  const kept = JSON.stringify(row) + echoed;
  const base64 = Buffer.from("acme:open-sesame").toString("base64");
  for (const secret of ["sesame-street", "open-sesame", base64, "in-the-url"]) expect(kept).not.toContain(secret);
  echo.close();
});

test("a stranger's endpoint does not exist, and Posthorn's own ports are refused", async () => {
  const id = await anOwnEndpoint({ url: `${receiver.url}/ok` });
  const stranger = { id: await aWorkspace(), slug: "stranger" };
  const input = form({ endpoint: formatId("ep", id), url: `${receiver.url}/ok` });
  expect(await verifyEndpoint(stranger, input, SYSTEM)).toEqual({ result: "not_found" });
  expect(verifyInput.safeParse({ url: "http://169.254.169.254/latest" }).success).toBe(false);
  expect(verifyInput.safeParse({ url: "http://receiver.posthorn.internal/x" }).success).toBe(false);
  const receivers = { url: receiverUrl(id) };
  for (const values of [receivers, { ...receivers, endpoint: formatId("ep", id) }]) {
    expect(await verifyEndpoint(workspace, form(values), SYSTEM)).toMatchObject({ result: "refused", field: "url" });
  }
  expect(verifyInput.safeParse({ url: "http://127.0.0.1:3000/" }).success).toBe(false);
});

test("a name that resolves to this machine is refused where it is looked up, whatever the form let through", async () => {
  const draft = await draftConfiguration(workspace, form({ url: "https://hooks.example.com/x" }));
  if (!draft || "message" in draft) throw new Error("no draft");
  const lookup = async () => [{ address: "127.0.0.1", family: 4 }];
  const policy = addressPolicy({ ...env(), HOST: "0.0.0.0" });
  const made = trialEvent({ type: PING_TYPE, payload: Buffer.from("{}"), workspaceSlug: "acme" });
  const trial = await tryCall({ ...draft, ...made }, { policy, lookup, receiverPort: undefined });
  expect(trial.answer).toMatchObject({ outcome: "blocked", statusCode: null, remoteAddress: null });
});

test("at most ten run at once in a workspace; the eleventh is told so and nothing is sent", async () => {
  const grants = Array.from({ length: MOST_AT_ONCE }, () => trialAllowance().take(workspace.id, 1));
  const before = receiver.calls.length;
  expect(await verifyEndpoint(workspace, form({ url: `${receiver.url}/ok` }), SYSTEM)).toMatchObject({
    result: "busy",
  });
  expect(receiver.calls.length).toBe(before);
  for (const grant of grants) if (grant.granted) grant.giveBack();
});
