import { desc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { endpoint, endpointState } from "../../drizzle/schema/configuration.ts";
import { auditEntry } from "../../drizzle/schema/people.ts";
import { db } from "../../lib/db.ts";
import { openAuthentication } from "../../lib/endpoints/authentication.ts";
import { certificateProblem } from "../../lib/endpoints/certificate-facts.ts";
import { openCertificate } from "../../lib/endpoints/client-certificate.ts";
import * as commands from "../../lib/endpoints/commands.ts";
import { endpointInput, endpointPatch } from "../../lib/endpoints/input.ts";
import { probeNow } from "../../lib/endpoints/probe-now.ts";
import { findEndpoint, listEndpoints } from "../../lib/endpoints/queries.ts";
import { MASK } from "../../lib/endpoints/reserved-headers.ts";
import { revealSecret, rotateSecret } from "../../lib/endpoints/secrets.ts";
import { shownUrl } from "../../lib/endpoints/shown-url.ts";
import { parseId } from "../../lib/ids.ts";
import { endpointNames } from "../../lib/reports/endpoint-names.ts";
import { findByText } from "../../lib/reports/find-by-text.ts";
import { anApiClient } from "../support/api.ts";
import { CLIENT, SELF_SIGNED } from "../support/certificate.ts";
import { testDatabase } from "../support/database.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase();
const author = { id: "usr_ada", name: "Ada", address: "127.0.0.1" };

const basic = { type: "basic", username: "mara", password: "pass-w0rd:ü" };
const oauth2 = {
  type: "oauth2",
  tokenUrl: "https://auth.example.com/token",
  clientId: "posthorn",
  clientSecret: "cl1ent-secret",
};
const clientCertificate = { certificate: CLIENT.certificate, key: CLIENT.key };

function create(workspaceId: string, fields: Record<string, unknown>) {
  const input = endpointInput.parse({ url: "https://example.com/hooks", ...fields });
  return commands.createEndpoint(workspaceId, input, author);
}

async function make(workspaceId: string, fields: Record<string, unknown> = {}): Promise<string> {
  const made = await create(workspaceId, fields);
  if (made.result !== "created") throw new Error(JSON.stringify(made));
  return made.id;
}

function update(workspaceId: string, id: string, fields: Record<string, unknown>) {
  return commands.updateEndpoint(workspaceId, id, endpointPatch.parse(fields), author);
}

async function stored(id: string) {
  const [row] = await db().select().from(endpoint).where(eq(endpoint.id, id));
  if (!row) throw new Error("It is gone");
  return { ...row, open: openAuthentication(id, row.authentication), pem: openCertificate(id, row.clientCertificate) };
}

async function lastDetail(workspaceId: string) {
  const [entry] = await db()
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.workspaceId, workspaceId))
    .orderBy(desc(auditEntry.id))
    .limit(1);
  return entry;
}

test("authentication is encrypted, shown with its secret masked, and the audit log keeps its kind alone", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId, { authentication: basic, clientCertificate });
  expect(await findEndpoint(workspaceId, id)).toMatchObject({
    authentication: { ...basic, password: MASK },
    clientCertificate: { certificate: CLIENT.certificate.trim(), key: MASK },
  });
  expect((await stored(id)).open).toEqual(basic);
  expect(await lastDetail(workspaceId)).toMatchObject({
    detail: { authentication: "basic", clientCertificate: "CN=posthorn, O=Acme" },
  });
  const rows = JSON.stringify([await db().select().from(endpoint), await db().select().from(auditEntry)], (_, value) =>
    value?.type === "Buffer" ? Buffer.from(value.data).toString("latin1") : value,
  );
  for (const secret of [basic.password, CLIENT.key.split("\n")[1]!]) expect(rows).not.toContain(secret);
});

test("a masked secret sent back keeps the stored one, also when the rest changes", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId, { authentication: oauth2, clientCertificate });
  const changed = { ...oauth2, clientSecret: MASK, scope: "hooks" };
  const patch = { authentication: changed, clientCertificate: { ...clientCertificate, key: MASK } };
  expect(await update(workspaceId, id, patch)).toEqual({ result: "updated" });
  expect((await stored(id)).open).toMatchObject({ ...oauth2, scope: "hooks" });
  expect((await stored(id)).pem?.key).toBe(CLIENT.key.trim());
});

test("a masked secret follows to no other token server and to no other kind", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId, { authentication: oauth2 });
  for (const [authentication, field] of [
    [{ ...oauth2, clientSecret: MASK, tokenUrl: "https://evil.example/token" }, "authentication.clientSecret"],
    [{ type: "bearer", token: MASK }, "authentication.token"],
  ] as const) {
    expect(await update(workspaceId, id, { authentication })).toMatchObject({ result: "refused", field });
  }
  expect(await create(workspaceId, { authentication: { ...basic, password: MASK } })).toMatchObject({
    field: "authentication.password",
  });
  expect((await stored(id)).open).toMatchObject(oauth2);
});

test("null takes authentication and certificate away; what a change leaves out stays", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId, { authentication: basic, clientCertificate });
  await update(workspaceId, id, { description: "x" });
  expect(await stored(id)).toMatchObject({ open: basic });
  await update(workspaceId, id, { authentication: null, clientCertificate: null });
  expect(await stored(id)).toMatchObject({ authentication: null, clientCertificate: null });
});

test("a certificate is refused when it is no PEM, its key is another's or locked, or it has expired", () => {
  const pair = { certificate: CLIENT.certificate, key: CLIENT.key };
  expect(certificateProblem(pair)).toBeNull();
  expect(certificateProblem({ ...pair, certificate: "x" })).toContain("certificate is not readable");
  expect(certificateProblem({ ...pair, key: "x" })).toContain("private key is not readable");
  expect(certificateProblem({ ...pair, key: SELF_SIGNED.key })).toContain("does not belong");
  expect(certificateProblem(pair, new Date("2200-01-01"))).toContain("expired on 2126-");
});

test("what cannot be together is refused on creation and on change, and nothing is changed", async () => {
  const workspaceId = await aWorkspace();
  const headers = { Authorization: "Bearer own" };
  for (const [fields, field] of [
    [{ authentication: basic, headers }, "authentication"],
    [{ clientCertificate, url: "http://example.com/" }, "clientCertificate"],
    [{ format: "xml", batchSize: 10 }, "batchSize"],
    [{ format: "slack", batchSize: 10 }, "batchSize"],
  ] as const) {
    expect(await create(workspaceId, fields)).toMatchObject({ result: "refused", field });
  }
  const id = await make(workspaceId, { headers, batchSize: 10, format: "cloudevents" });
  expect(await update(workspaceId, id, { authentication: basic })).toMatchObject({ field: "authentication" });
  expect(await update(workspaceId, id, { format: "teams" })).toMatchObject({ field: "batchSize" });
  expect(await stored(id)).toMatchObject({ format: "cloudevents", authentication: null });
  expect(await update(workspaceId, id, { authentication: basic, headers: {} })).toEqual({ result: "updated" });
});

test("an endpoint with a key pair shows the public half alone, and rotation makes another pair", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId, { signature: "ed25519" });
  const first = await revealSecret(workspaceId, id, author);
  expect(first?.secret).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/);
  const rotated = await rotateSecret(workspaceId, id, { overlapSeconds: 60 }, author);
  expect(rotated?.secret).toMatch(/^whpk_/);
  expect(await revealSecret(workspaceId, id, author)).toMatchObject({
    secret: rotated?.secret,
    previous: [{ secret: first?.secret }],
  });
});

test("changing the kind of signature is a rotation: the old secret signs on for a day", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId);
  const old = await revealSecret(workspaceId, id, author);
  await update(workspaceId, id, { signature: "ed25519" });
  const now = await revealSecret(workspaceId, id, author);
  expect(now).toMatchObject({ secret: expect.stringMatching(/^whpk_/), previous: [{ secret: old?.secret }] });
  expect(now?.previous[0]?.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 86_000_000);
  await update(workspaceId, id, { signature: "ed25519", description: "no change of it" });
  expect((await revealSecret(workspaceId, id, author))?.secret).toBe(now?.secret);
});

const SLACK = "https://hooks.slack.com/services/T0001/B0002/s3cr3tpart";
const SHOWN = `https://hooks.slack.com/services/${MASK}`;

test("a chat's URL is shown masked everywhere, and keeps its value when it is sent back like that", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId, { url: SLACK, format: "slack" });
  expect(await findEndpoint(workspaceId, id)).toMatchObject({ url: SHOWN });
  expect((await endpointNames(workspaceId, [id])).get(id)).toMatchObject({ url: SHOWN });
  expect(await lastDetail(workspaceId)).toMatchObject({ targetName: SHOWN, detail: { url: SHOWN } });
  expect(await update(workspaceId, id, { url: SHOWN, description: "Team" })).toEqual({ result: "updated" });
  expect(await stored(id)).toMatchObject({ url: SLACK, description: "Team" });
  expect(await update(workspaceId, id, { url: `https://evil.example/${MASK}` })).toMatchObject({ field: "url" });
  await db().insert(endpointState).values({ endpointId: id, circuit: "open" });
  expect(await probeNow(workspaceId, id, author)).toBe("asked");
  expect(await auditText(workspaceId)).not.toContain("s3cr3t");
});

async function auditText(workspaceId: string): Promise<string> {
  return JSON.stringify(await db().select().from(auditEntry).where(eq(auditEntry.workspaceId, workspaceId)));
}

test("choosing another format does not show the rest of a chat's URL: it has to be given whole", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId, { url: SLACK, format: "slack" });
  expect(await update(workspaceId, id, { format: "discord" })).toEqual({ result: "updated" });
  for (const fields of [{ format: "envelope" }, { format: "envelope", url: SHOWN }]) {
    expect(await update(workspaceId, id, fields)).toMatchObject({ result: "refused", field: "url" });
  }
  expect(await findEndpoint(workspaceId, id)).toMatchObject({ url: SHOWN, format: "discord" });
  expect(await update(workspaceId, id, { format: "envelope", url: "https://example.com/" })).toEqual({
    result: "updated",
  });
  expect(await update(workspaceId, id, { format: "slack", url: SLACK })).toEqual({ result: "updated" });
  expect(await auditText(workspaceId)).not.toContain("s3cr3t");
});

test("a URL that turns out to be a chat's is not written to the audit log by the change that says so", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId, { url: "https://example.com/" });
  await db().update(endpoint).set({ url: SLACK }).where(eq(endpoint.id, id));
  expect(await update(workspaceId, id, { format: "slack" })).toEqual({ result: "updated" });
  expect(await auditText(workspaceId)).not.toContain("s3cr3t");
});

test("a chat's URL cannot be read by searching for it piece by piece", async () => {
  const workspaceId = await aWorkspace();
  await make(workspaceId, { url: SLACK, format: "slack", description: "Team" });
  const found = async (search: string) => [
    (await listEndpoints(workspaceId, { search })).rows.length,
    (await findByText(workspaceId, search)).endpoints.length,
  ];
  expect(await found("s3cr3t")).toEqual([0, 0]);
  expect(await found("Team")).toEqual([1, 1]);
});

test.each([
  ["https://discord.com/api/webhooks/1/tok/slack", "discord", `https://discord.com/api/${MASK}`],
  [
    "https://prod-1.westeurope.logic.azure.com:443/workflows/a?sig=x",
    "teams",
    `https://prod-1.westeurope.logic.azure.com:443/workflows/${MASK}`,
  ],
  ["https://chat.example?token=x", "slack", `https://chat.example/${MASK}`],
  ["https://api.example.com/hooks?x=1", "envelope", "https://api.example.com/hooks?x=1"],
] as const)("%s of a %s endpoint is shown as %s, in lists too", async (url, format, shown) => {
  const workspaceId = await aWorkspace();
  expect(shownUrl({ url, format })).toBe(shown);
  const id = await make(workspaceId, { url, format });
  expect((await endpointNames(workspaceId, [id])).get(id)?.url).toBe(shown);
});

test("choosing a chat sets the pace its service takes, unless a limit is given", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId, { url: SLACK, format: "slack" });
  expect(await stored(id)).toMatchObject({ rateLimit: 1, rateBurst: 3 });
  const own = await make(workspaceId, { url: SLACK, format: "slack", rateLimit: 5 });
  expect(await stored(own)).toMatchObject({ rateLimit: 5, rateBurst: null });
  await update(workspaceId, id, { rateLimit: null, format: "slack" });
  // The burst went with the rate, without which it means nothing.
  expect(await stored(id)).toMatchObject({ rateLimit: null, rateBurst: null });
});

test("an app sets all of it over the API, gets it back masked, and may send the answer back as it is", async () => {
  const api = await anApiClient(await aWorkspace());
  const made = await api("POST", "/endpoints", {
    url: "https://example.com/hooks",
    format: "cloudevents",
    signature: "ed25519",
    authentication: oauth2,
    clientCertificate,
  });
  expect(made.status).toBe(201);
  const { format, signature, authentication, clientCertificate: shown } = made.body;
  expect({ format, signature, authentication, shown }).toEqual({
    format: "cloudevents",
    signature: "ed25519",
    authentication: { ...oauth2, clientSecret: MASK, scope: "", audience: "", clientAuthentication: "header" },
    shown: { certificate: CLIENT.certificate.trim(), key: MASK },
  });
  const path = `/endpoints/${made.body.id}`;
  const again = await api("PATCH", path, { format, signature, authentication, clientCertificate: shown });
  expect(again).toMatchObject({ status: 200, body: { authentication, clientCertificate: shown } });
  expect((await stored(parseId("ep", made.body.id) ?? "")).open).toMatchObject(oauth2);

  const { secret } = (await api("GET", `${path}/secret`)).body;
  const rotated = (await api("POST", `${path}/secret/rotate`, { overlapSeconds: 60 })).body;
  expect([secret, rotated.secret]).toEqual([expect.stringMatching(/^whpk_/), expect.stringMatching(/^whpk_/)]);
  expect((await api("GET", `${path}/secret`)).body).toMatchObject({ secret: rotated.secret, previous: [{ secret }] });
});

test.each([
  [{ authentication: { type: "basic", username: "a:b", password: "x" } }, "authentication.username"],
  [{ authentication: { type: "basic", username: "a", password: "x\ud800" } }, "authentication.password"],
  [{ authentication: { type: "bearer", token: "has spaces" } }, "authentication.token"],
  [{ authentication: { ...oauth2, tokenUrl: "http://169.254.169.254/" } }, "authentication.tokenUrl"],
  [{ authentication: { type: "digest" } }, "authentication.type"],
  [{ clientCertificate: { certificate: "x", key: "y" } }, "clientCertificate"],
  [{ format: "discord", batchSize: 5 }, "batchSize"],
  [{ signature: "rsa" }, "signature"],
])("the API refuses %j and names %s", async (fields, path) => {
  const api = await anApiClient(await aWorkspace());
  const answer = await api("POST", "/endpoints", { url: "https://example.com/hooks", ...fields });
  expect(answer).toMatchObject({ status: 422, body: { errors: [{ path }] } });
});
