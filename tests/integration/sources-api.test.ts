import { desc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "../../drizzle/schema/people.ts";
import { db } from "../../lib/db.ts";
import { openSourceByToken } from "../../lib/sources/open-source.ts";
import { anApiClient } from "../support/api.ts";
import { testDatabase } from "../support/database.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase();

type Client = Awaited<ReturnType<typeof anApiClient>>;
const SECRET = "whsec_0123456789abcdef";

async function aSourceOf(api: Client, fields: object = {}) {
  const { status, body } = await api("POST", "/sources", { name: "Payments", provider: "stripe", ...fields });
  expect(status).toBe(201);
  return body;
}

const secretsBehind = async (url: string) => (await openSourceByToken(url.split("/in/")[1] ?? ""))?.secrets;

test("a source is created with name, provider, secrets and config, and answers with its id and URL", async () => {
  const api = await anApiClient(await aWorkspace());
  const config = { signature: { header: "X-Acme", algorithm: "sha512", prefix: "v1=" }, typeAt: "event.name" };
  const source = await aSourceOf(api, { provider: "hmac", secrets: [SECRET], config });
  expect(source).toMatchObject({
    id: expect.stringMatching(/^src_/),
    url: expect.stringMatching(/\/in\/[A-Za-z0-9_-]{20,}$/),
    provider: "hmac",
    config: {
      signature: { header: "x-acme", algorithm: "sha512", encoding: "hex", prefix: "v1=" },
      typeAt: "event.name",
    },
    status: "active",
    secrets: [{ ending: "cdef", expiresAt: null }],
  });
  expect(JSON.stringify(source)).not.toContain(SECRET);
  expect(await secretsBehind(source.url)).toEqual([SECRET]);
  expect((await api("GET", `/sources/${source.id}`)).body).toEqual(source);
});

test.each([
  [{ provider: "paypal" }, "provider"],
  [{ secrets: ["sk_live_1"] }, "secrets[0]"],
  [{ answer: { headers: { "set-cookie": "a=b" } } }, "answer.headers"],
  [{ typeMap: { "invoice.paid": "billing paid" } }, "typeMap"],
  [{ sync: { endpoint: "ep_01hzzzzzzzfghrfnmeyjh5dqvm" } }, "sync.endpoint"],
  [{ config: { token: { algorithms: ["none"] } } }, "config.token.algorithms[0]"],
])("a source with %j is refused, and the field is named", async (fields, field) => {
  const api = await anApiClient(await aWorkspace());
  const { status, body } = await api("POST", "/sources", { name: "Payments", provider: "stripe", ...fields });
  expect([status, body.code]).toEqual([422, "invalid_field"]);
  expect(body.errors[0].path).toContain(field);
  expect((await api("GET", "/sources")).body.data).toEqual([]);
});

test("a change keeps what it leaves out; secrets given anew are all of them", async () => {
  const api = await anApiClient(await aWorkspace());
  const { id, url } = await aSourceOf(api, { secrets: [SECRET], typeMap: { a: "b" }, rateLimit: 5 });
  const changed = await api("PATCH", `/sources/${id}`, { secrets: ["whsec_new"], answer: { status: 204 } });
  expect(changed.body).toMatchObject({
    name: "Payments",
    typeMap: { a: "b" },
    rateLimit: 5,
    answer: { status: 204, headers: {}, body: "" },
  });
  expect(await secretsBehind(url)).toEqual(["whsec_new"]);
  expect((await api("PATCH", `/sources/${id}`, { answer: null, rateLimit: null })).body).toMatchObject({
    answer: null,
    rateLimit: null,
  });
});

test("pause and resume say what state the source is in, and resume ends a disabling too", async () => {
  const api = await anApiClient(await aWorkspace());
  const { id } = await aSourceOf(api);
  for (const _ of [1, 2]) expect((await api("POST", `/sources/${id}/pause`)).body.status).toBe("paused");
  for (const _ of [1, 2]) expect((await api("POST", `/sources/${id}/resume`)).body.status).toBe("active");
  expect((await api("GET", "/sources?status=paused")).body.data).toEqual([]);
  expect((await api("GET", "/sources?provider=stripe&status=active")).body.data).toHaveLength(1);
});

test("secrets are added, shown and ended with the scope for secrets alone", async () => {
  const workspaceId = await aWorkspace();
  const api = await anApiClient(workspaceId);
  const { id, url } = await aSourceOf(api, { secrets: [SECRET] });
  const added = await api("POST", `/sources/${id}/secrets`, { secret: "whsec_second", overlapSeconds: 60 });
  expect(added.body.secrets).toMatchObject([{ expiresAt: null }, { expiresAt: expect.any(String) }]);
  const { secrets } = (await api("GET", `/sources/${id}/secrets`)).body;
  expect(secrets.map(({ secret }: { secret: string }) => secret)).toEqual(["whsec_second", SECRET]);
  expect((await api("DELETE", `/sources/${id}/secrets/${secrets[1].id}`)).status).toBe(204);
  expect((await api("DELETE", `/sources/${id}/secrets/${secrets[1].id}`)).status).toBe(404);
  expect((await api("DELETE", `/sources/${id}/secrets/nonsense`)).status).toBe(404);
  expect(await secretsBehind(url)).toEqual(["whsec_second"]);
  const [entry] = await db()
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.workspaceId, workspaceId))
    .orderBy(desc(auditEntry.id));
  expect(entry).toMatchObject({ action: "source.secret_ended", actor: expect.stringMatching(/^key_/) });

  const writer = await anApiClient(workspaceId, ["read", "write"]);
  for (const [method, path] of [
    ["GET", "secrets"],
    ["POST", "url"],
    ["DELETE", `secrets/${secrets[0].id}`],
  ] as const) {
    expect((await writer(method, `/sources/${id}/${path}`)).status, path).toBe(403);
  }
});

test("a key that may only read is not told the whole URL", async () => {
  const workspaceId = await aWorkspace();
  const { id, url } = await aSourceOf(await anApiClient(workspaceId));
  const reader = await anApiClient(workspaceId, ["read"]);
  const seen = [(await reader("GET", `/sources/${id}`)).body.url, (await reader("GET", "/sources")).body.data[0].url];
  for (const shown of seen) expect(shown).toMatch(/\/in\/•+$/);
  const writer = await anApiClient(workspaceId, ["read", "write"]);
  expect((await writer("GET", `/sources/${id}`)).body.url).toBe(url);
});

test("a new URL is answered, and a deleted source is gone", async () => {
  const api = await anApiClient(await aWorkspace());
  const { id, url } = await aSourceOf(api);
  const { body } = await api("POST", `/sources/${id}/url`);
  expect(body.url).not.toBe(url);
  expect(await secretsBehind(url)).toBeUndefined();
  expect(await secretsBehind(body.url)).toEqual([]);
  expect((await api("DELETE", `/sources/${id}`)).status).toBe(204);
  expect((await api("GET", `/sources/${id}`)).status).toBe(404);
  expect(await secretsBehind(body.url)).toBeUndefined();
});
