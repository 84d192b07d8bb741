import { desc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "../../drizzle/schema/people.ts";
import { db } from "../../lib/db.ts";
import { createEndpoint } from "../../lib/endpoints/commands.ts";
import { endpointInput } from "../../lib/endpoints/input.ts";
import { formatId, newId } from "../../lib/ids.ts";
import { resolveId } from "../../lib/reports/resolve-id.ts";
import { COUNTED_REQUESTS, sourceFigures } from "../../lib/reports/source-figures.ts";
import * as commands from "../../lib/sources/commands.ts";
import { sourceInput, sourcePatch } from "../../lib/sources/input.ts";
import { openSource, openSourceByToken } from "../../lib/sources/open-source.ts";
import { findSource, listSources } from "../../lib/sources/queries.ts";
import { addSourceSecret, endSourceSecret, revealSourceSecrets } from "../../lib/sources/secrets.ts";
import type { Verdict } from "../../lib/sources/states.ts";
import { testDatabase } from "../support/database.ts";
import { aRequest } from "../support/requests.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase();
const author = { id: "usr_ada", name: "Ada", address: "127.0.0.1" };
const SECRET = "whsec_c2VjcmV0LW9mLXN0cmlwZQ==";

async function make(workspaceId: string, fields: Record<string, unknown> = {}): Promise<string> {
  const input = sourceInput.parse({ name: "Payments", provider: "stripe", ...fields });
  const made = await commands.createSource(workspaceId, input, author);
  if (made.result !== "created") throw new Error(made.result);
  return made.id;
}

async function entries(workspaceId: string) {
  return db().select().from(auditEntry).where(eq(auditEntry.workspaceId, workspaceId)).orderBy(desc(auditEntry.id));
}

test("a source is made with a URL of its own, its secret readable by the door alone, and an audit entry without it", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId, { secrets: [SECRET] });
  const found = await findSource(workspaceId, id);
  expect(found).toMatchObject({ status: "active", typePrefix: "stripe", version: 1, secrets: [{ ending: "ZQ==" }] });
  expect(JSON.stringify(found)).not.toContain(SECRET);
  expect(await openSourceByToken(found?.token ?? "")).toMatchObject({ id, secrets: [SECRET], sync: null });
  const [entry] = await entries(workspaceId);
  expect(entry).toMatchObject({ action: "source.created", target: formatId("src", id), targetName: "Payments" });
  expect(JSON.stringify(entry)).not.toContain(SECRET);
  expect(JSON.stringify(entry)).not.toContain(found?.token);
});

test("a secret is made where it is ours to choose, and waited for where it is the provider's", async () => {
  const workspaceId = await aWorkspace();
  const github = await revealSourceSecrets(workspaceId, await make(workspaceId, { provider: "github" }), author);
  expect(github).toMatchObject([{ secret: expect.stringMatching(/^[0-9A-Za-z]{32}$/) }]);
  for (const provider of ["stripe", "slack", "basic", "unsigned"]) {
    expect(await revealSourceSecrets(workspaceId, await make(workspaceId, { provider }), author)).toEqual([]);
  }
});

test("a change says what it changed, keeps what it does not name, and raises the version the door checks", async () => {
  const workspaceId = await aWorkspace();
  const made = await createEndpoint(workspaceId, endpointInput.parse({ url: "https://example.com/slack" }), author);
  const endpoint = made.result === "created" ? made.id : "";
  const id = await make(workspaceId, { description: "Card payments" });
  const patch = sourcePatch.parse({
    typeMap: { "invoice.paid": "billing.paid" },
    answer: { status: 201, headers: { "content-type": "text/xml" }, body: "<Response/>" },
    allowCidrs: ["203.0.113.7", "2001:db8::/32"],
    forwardHeaders: ["X-Request-Id"],
    sync: { endpoint: formatId("ep", endpoint), timeoutMs: 2_000, headers: ["X-Kind"] },
  });
  expect(await commands.updateSource(workspaceId, id, patch, author)).toEqual({ result: "updated" });
  expect(await openSource(id)).toMatchObject({
    name: "Payments",
    typeMap: [["invoice.paid", "billing.paid"]],
    answer: { status: 201, headers: [["content-type", "text/xml"]], body: "<Response/>" },
    allowCidrs: ["203.0.113.7/32", "2001:db8::/32"],
    forwardHeaders: ["x-request-id"],
    sync: { endpointId: endpoint, timeoutMs: 2_000, headers: ["x-kind"] },
    version: 2,
  });
  const [entry] = await entries(workspaceId);
  expect(entry?.detail).toMatchObject({ allowCidrs: { from: [], to: ["203.0.113.7/32", "2001:db8::/32"] } });
  expect(entry?.detail).not.toHaveProperty("description");
  await commands.updateSource(workspaceId, id, sourcePatch.parse({ sync: null }), author);
  expect((await openSource(id))?.sync).toBeNull();
});

test("a stranger's endpoint cannot answer for a source", async () => {
  const theirs = await createEndpoint(await aWorkspace(), endpointInput.parse({ url: "https://example.com" }), author);
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId);
  const sync = {
    endpoint: formatId("ep", theirs.result === "created" ? theirs.id : ""),
    timeoutMs: 1_000,
    headers: [],
  };
  const refused = { result: "refused", field: "sync.endpoint", message: "There is no such endpoint" };
  expect(await commands.updateSource(workspaceId, id, sourcePatch.parse({ sync }), author)).toEqual(refused);
  expect((await openSource(id))?.sync).toBeNull();
});

test("pause, resume, disable and enable each work once, from where they make sense", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId);
  const steps = [
    [commands.resumeSource, "unchanged", "active"],
    [commands.pauseSource, "changed", "paused"],
    [commands.pauseSource, "unchanged", "paused"],
    [commands.resumeSource, "changed", "active"],
    [commands.disableSource, "changed", "disabled"],
    [commands.pauseSource, "unchanged", "disabled"],
    [commands.enableSource, "changed", "active"],
  ] as const;
  for (const [command, result, status] of steps) {
    expect(await command(workspaceId, id, author)).toBe(result);
    expect(await findSource(workspaceId, id)).toMatchObject({ status });
  }
  const actions = (await entries(workspaceId)).map(({ action }) => action);
  expect(actions.filter((action) => action !== "source.created")).toHaveLength(4);
});

test("several secrets prove calls; the old ones end now, after a while or never, as was said", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId, { secrets: [SECRET] });
  const secretsNow = async () => (await openSource(id))?.secrets;
  const added = await addSourceSecret(workspaceId, id, { secret: "whsec_second0000000000" }, author);
  expect(await secretsNow()).toEqual(["whsec_second0000000000", SECRET]);
  expect(await addSourceSecret(workspaceId, id, { secret: SECRET }, author)).toMatchObject({ result: "known" });

  await addSourceSecret(workspaceId, id, { secret: "whsec_third", overlapSeconds: 3_600 }, author);
  expect((await findSource(workspaceId, id))?.secrets.map(({ expiresAt }) => expiresAt !== null)).toEqual([
    false,
    true,
    true,
  ]);
  const secretId = added.result === "added" ? added.id : "";
  expect(await endSourceSecret(workspaceId, id, { secretId }, author)).toBe(true);
  expect(await endSourceSecret(workspaceId, id, { secretId }, author)).toBe(false);
  expect(await secretsNow()).toEqual(["whsec_third", SECRET]);

  await addSourceSecret(workspaceId, id, { secret: "whsec_fourth", overlapSeconds: 0 }, author);
  expect(await secretsNow()).toContain("whsec_fourth");
  expect(await secretsNow()).not.toContain("whsec_third");
  expect(await addSourceSecret(workspaceId, id, { secret: "sk_live_abc" }, author)).toMatchObject({
    result: "refused",
  });
  const told = JSON.stringify(await entries(workspaceId));
  for (const secret of ["whsec_second0000000000", "whsec_fourth"]) expect(told).not.toContain(secret);
});

test("a source holds ten secrets and not one more, ended ones not counted", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId);
  const add = (n: number) => addSourceSecret(workspaceId, id, { secret: `whsec_${n}` }, author);
  for (let n = 0; n < 10; n++) expect(await add(n)).toMatchObject({ result: "added" });
  expect(await add(10)).toEqual({ result: "limit", limit: 10 });
  const [newest] = (await findSource(workspaceId, id))?.secrets ?? [];
  await endSourceSecret(workspaceId, id, { secretId: newest?.id ?? "" }, author);
  expect(await add(10)).toMatchObject({ result: "added" });
});

test("secrets given anew replace all the others, and one that stays keeps its row", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId, { secrets: ["whsec_one", "whsec_two"] });
  const before = await revealSourceSecrets(workspaceId, id, author);
  const two = before?.find(({ secret }) => secret === "whsec_two");
  await commands.updateSource(workspaceId, id, sourcePatch.parse({ secrets: ["whsec_two", "whsec_three"] }), author);
  const after = await revealSourceSecrets(workspaceId, id, author);
  expect(after?.map(({ secret }) => secret)).toEqual(["whsec_three", "whsec_two"]);
  expect(after?.find(({ secret }) => secret === "whsec_two")?.id).toBe(two?.id);
  expect(await commands.updateSource(workspaceId, id, { secrets: ["sk_test_1"] }, author)).toMatchObject({
    result: "refused",
    field: "secrets[0]",
  });
});

test("looking at the secrets leaves an audit entry", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId, { secrets: [SECRET] });
  expect(await revealSourceSecrets(workspaceId, id, author)).toMatchObject([{ secret: SECRET }]);
  expect((await entries(workspaceId))[0]).toMatchObject({ action: "source.secret_revealed", actor: "usr_ada" });
});

test("a new URL makes the old one nobody's, and a deleted source has neither URL nor secrets", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId, { secrets: [SECRET] });
  const old = (await findSource(workspaceId, id))?.token ?? "";
  const token = (await commands.rotateToken(workspaceId, id, author)) ?? "";
  expect(await openSourceByToken(old)).toBeNull();
  expect(await openSourceByToken(token)).toMatchObject({ id });
  expect(await commands.deleteSource(workspaceId, id, author)).toBe(true);
  expect(await openSourceByToken(token)).toBeNull();
  expect(await findSource(workspaceId, id)).toBeNull();
  expect(await commands.deleteSource(workspaceId, id, author)).toBe(false);
  expect(JSON.stringify(await entries(workspaceId))).not.toContain(token);
});

test("to a stranger a source is not there, whatever they try", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId, { secrets: [SECRET] });
  const stranger = await aWorkspace();
  expect(await findSource(stranger, id)).toBeNull();
  expect((await listSources(stranger)).rows).toEqual([]);
  expect((await sourceFigures(stranger, [id])).size).toBe(0);
  expect(await commands.updateSource(stranger, id, { name: "Mine" }, author)).toEqual({ result: "not_found" });
  expect(await commands.pauseSource(stranger, id, author)).toBe("not_found");
  expect(await commands.deleteSource(stranger, id, author)).toBe(false);
  expect(await commands.rotateToken(stranger, id, author)).toBeNull();
  expect(await revealSourceSecrets(stranger, id, author)).toBeNull();
  expect(await addSourceSecret(stranger, id, { secret: SECRET }, author)).toEqual({ result: "not_found" });
  const secretId = (await findSource(workspaceId, id))?.secrets[0]?.id ?? "";
  expect(await endSourceSecret(stranger, id, { secretId }, author)).toBe(false);
  expect(await entries(stranger)).toEqual([]);
  expect(await findSource(workspaceId, id)).toMatchObject({ name: "Payments", version: 1, status: "active" });
});

test("a source is found by its name, its description and its provider", async () => {
  const workspaceId = await aWorkspace();
  await make(workspaceId, { description: "100% card_payments" });
  await make(workspaceId, { name: "Shop", provider: "shopify" });
  const names = async (search: string) => (await listSources(workspaceId, { search })).rows.map(({ name }) => name);
  expect(await names("")).toEqual(["Shop", "Payments"]);
  expect(await names("pay")).toEqual(["Payments"]);
  expect(await names("0% card_")).toEqual(["Payments"]);
  expect(await names("SHOPIFY")).toEqual(["Shop"]);
  expect(await names("nothing")).toEqual([]);
});

test("a source's figures count the last day by verdict up to a bound, and name the newest request of any time", async () => {
  const workspaceId = await aWorkspace();
  const [busy, quiet] = [await make(workspaceId), await make(workspaceId)];
  const of = async (verdict: Verdict) => aRequest(workspaceId, busy, { verdict });
  for (const verdict of ["accepted", "refused", "accepted"] as const) await of(verdict);
  const last = await of("duplicate");
  const figures = await sourceFigures(workspaceId, [busy, quiet]);
  expect(figures.get(busy)).toMatchObject({
    verdicts: { accepted: 2, refused: 1, duplicate: 1 },
    total: 4,
    atLeast: false,
    last: { id: last, verdict: "duplicate" },
  });
  expect(figures.get(quiet)).toEqual({ verdicts: {}, total: 0, atLeast: false, last: null });
  expect(COUNTED_REQUESTS).toBeGreaterThan(1_000);
  const later = await sourceFigures(workspaceId, [busy], new Date(Date.now() + 2 * 86_400_000));
  expect(later.get(busy)).toMatchObject({ total: 0, last: { id: last } });
});

test("a pasted id of a source or of a request leads to it, and a stranger's to nothing", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId);
  const request = formatId("req", await aRequest(workspaceId, id));
  const source = formatId("src", id);
  expect(await resolveId(workspaceId, source)).toEqual({ result: "found", kind: "source", id: source });
  expect(await resolveId(workspaceId, request)).toEqual({ result: "found", kind: "request", id: request, source });
  const stranger = await aWorkspace();
  expect(await resolveId(stranger, source)).toEqual({ result: "unknown", prefix: "src" });
  expect(await resolveId(stranger, request)).toEqual({ result: "unknown", prefix: "req" });
  expect(await resolveId(workspaceId, formatId("req", newId()))).toEqual({ result: "unknown", prefix: "req" });
});
