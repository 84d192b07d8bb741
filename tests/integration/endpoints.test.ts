import { and, desc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { endpoint, endpointSecret, endpointState } from "../../drizzle/schema/configuration.ts";
import { auditEntry, workspace } from "../../drizzle/schema/people.ts";
import { delivery } from "../../drizzle/schema/traffic.ts";
import { db } from "../../lib/db.ts";
import * as commands from "../../lib/endpoints/commands.ts";
import { openHeaders } from "../../lib/endpoints/headers.ts";
import { endpointInput } from "../../lib/endpoints/input.ts";
import { countEffects, findEndpoint, listEndpoints } from "../../lib/endpoints/queries.ts";
import { MASK } from "../../lib/endpoints/reserved-headers.ts";
import { endOldSecrets, revealSecret, rotateSecret } from "../../lib/endpoints/secrets.ts";
import { formatId } from "../../lib/ids.ts";
import { testDatabase } from "../support/database.ts";
import { aDelivery, aWorkspace } from "../support/traffic.ts";

await testDatabase();
const author = { id: "usr_ada", name: "Ada", address: "127.0.0.1" };

async function make(workspaceId: string, fields: Record<string, unknown> = {}): Promise<string> {
  const input = endpointInput.parse({ url: "https://example.com/hooks", ...fields });
  const made = await commands.createEndpoint(workspaceId, input, author);
  if (made.result !== "created") throw new Error(made.result);
  return made.id;
}

async function lastEntry(workspaceId: string) {
  const [entry] = await db()
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.workspaceId, workspaceId))
    .orderBy(desc(auditEntry.id))
    .limit(1);
  return entry;
}

async function routingVersion(workspaceId: string): Promise<number> {
  const [row] = await db().select().from(workspace).where(eq(workspace.id, workspaceId));
  return row?.routingVersion ?? 0;
}

test("an endpoint is made with a secret of its own, an audit entry and a new routing version", async () => {
  const workspaceId = await aWorkspace();
  const before = await routingVersion(workspaceId);
  const id = await make(workspaceId, { headers: { "x-key": "s3cr3t-value" }, subscriptions: ["order.*"] });

  expect(await findEndpoint(workspaceId, id)).toMatchObject({
    subscriptions: ["order.*"],
    headers: [{ name: "x-key", value: MASK }],
    status: "active",
    secrets: [{ expiresAt: null }],
  });
  expect(await lastEntry(workspaceId)).toMatchObject({
    actor: "usr_ada",
    action: "endpoint.created",
    target: formatId("ep", id),
    targetName: "https://example.com/hooks",
  });
  expect(await routingVersion(workspaceId)).toBe(before + 1);
});

test("a change says what it changed, keeps what it does not name, and keeps a masked header's value", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId, { headers: { "x-key": "old", "x-other": "gone" }, description: "Orders" });
  const headers = [
    { name: "X-Key", value: MASK },
    { name: "x-new", value: "new" },
  ];
  expect(await commands.updateEndpoint(workspaceId, id, { timeoutSeconds: 30, headers }, author)).toEqual({
    result: "updated",
  });

  const [row] = await db().select().from(endpoint).where(eq(endpoint.id, id));
  expect(row).toMatchObject({ description: "Orders", timeoutSeconds: 30, version: 2 });
  expect(openHeaders(id, row?.headers ?? null)).toEqual([
    { name: "X-Key", value: "old" },
    { name: "x-new", value: "new" },
  ]);
  expect(await lastEntry(workspaceId)).toMatchObject({
    action: "endpoint.updated",
    detail: { timeoutSeconds: { from: 15, to: 30 }, headers: ["X-Key", "x-new"] },
  });
});

test("a masked header that was never stored asks for its value and changes nothing", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId);
  const headers = [{ name: "x-key", value: MASK }];
  expect(await commands.updateEndpoint(workspaceId, id, { url: "https://other.example", headers }, author)).toEqual({
    result: "refused",
    field: "headers.x-key",
    message: "is not stored yet: give its value",
  });
  expect(await findEndpoint(workspaceId, id)).toMatchObject({ url: "https://example.com/hooks", headers: [] });
});

test("pause, resume, disable and enable each work once, from where they make sense, by whom is kept", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId);
  await db()
    .insert(endpointState)
    .values({ endpointId: id, failingSince: new Date(0) });
  const steps = [
    [commands.resumeEndpoint, "unchanged", "active"],
    [commands.pauseEndpoint, "changed", "paused"],
    [commands.pauseEndpoint, "unchanged", "paused"],
    [commands.resumeEndpoint, "changed", "active"],
    [commands.disableEndpoint, "changed", "disabled"],
    [commands.pauseEndpoint, "unchanged", "disabled"],
    [commands.enableEndpoint, "changed", "active"],
    [commands.enableEndpoint, "unchanged", "active"],
  ] as const;
  for (const [command, result, status] of steps) {
    expect(await command(workspaceId, id, author)).toBe(result);
    expect(await findEndpoint(workspaceId, id)).toMatchObject({ status });
  }
  expect(await findEndpoint(workspaceId, id)).toMatchObject({ statusActor: "Ada", failingSince: null });
  const entries = await db()
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.workspaceId, workspaceId))
    .orderBy(auditEntry.id);
  expect(entries.map(({ action }) => action)).toEqual([
    "endpoint.created",
    "endpoint.paused",
    "endpoint.resumed",
    "endpoint.disabled",
    "endpoint.enabled",
  ]);
});

test("a deleted endpoint is gone from lists; what was not over is discarded with a reason, the rest stays", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId);
  const other = await make(workspaceId);
  for (const status of ["queued", "retrying", "held", "delivered", "failed"] as const) {
    await aDelivery(workspaceId, { endpointId: id, status, trouble: status !== "queued", parked: status === "held" });
  }
  const untouched = await aDelivery(workspaceId, { endpointId: other, status: "queued" });
  expect(await countEffects(workspaceId, id)).toEqual({ unfinished: 3, finishedLastDay: 2, atLeast: false });

  expect(await commands.deleteEndpoint(workspaceId, id, author)).toEqual({ result: "deleted", discarded: 3 });

  expect(await findEndpoint(workspaceId, id)).toBeNull();
  expect((await listEndpoints(workspaceId)).rows.map((row) => row.id)).toEqual([other]);
  const discarded = await db()
    .select()
    .from(delivery)
    .where(and(eq(delivery.endpointId, id), eq(delivery.status, "discarded")));
  expect(discarded).toHaveLength(3);
  for (const row of discarded)
    expect(row).toMatchObject({ reason: "The endpoint was deleted", parked: false, trouble: true });
  expect(await db().select().from(delivery).where(eq(delivery.id, untouched))).toMatchObject([{ status: "queued" }]);
  expect(await lastEntry(workspaceId)).toMatchObject({
    action: "endpoint.deleted",
    detail: { unfinishedDeliveries: 3 },
  });
  expect(await commands.deleteEndpoint(workspaceId, id, author)).toEqual({ result: "not_found" });
});

test("looking at the secret leaves an entry; rotation keeps the old one valid until its end", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId);
  const first = await revealSecret(workspaceId, id, author);
  expect(first?.secret).toMatch(/^whsec_/);
  expect(await lastEntry(workspaceId)).toMatchObject({ action: "endpoint.secret_revealed" });

  const rotated = await rotateSecret(workspaceId, id, { overlapSeconds: 3_600 }, author);
  expect(rotated?.secret).not.toBe(first?.secret);
  expect(await lastEntry(workspaceId)).toMatchObject({
    action: "endpoint.secret_rotated",
    detail: { overlapSeconds: 3_600 },
  });
  expect(await revealSecret(workspaceId, id, author)).toMatchObject({
    secret: rotated?.secret,
    previous: [{ secret: first?.secret, expiresAt: rotated?.previousExpiresAt }],
  });

  expect(await endOldSecrets(workspaceId, id, author)).toBe(1);
  expect(await lastEntry(workspaceId)).toMatchObject({ action: "endpoint.old_secrets_ended" });
  expect(await revealSecret(workspaceId, id, author)).toEqual({ secret: rotated?.secret, previous: [] });
});

test("rotation without an overlap ends the old secret at once; many rotations keep five", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId);
  await rotateSecret(workspaceId, id, { overlapSeconds: 0 }, author);
  expect(await revealSecret(workspaceId, id, author)).toMatchObject({ previous: [] });
  for (let times = 0; times < 8; times++) await rotateSecret(workspaceId, id, { overlapSeconds: 60 }, author);
  expect((await findEndpoint(workspaceId, id))?.secrets).toHaveLength(5);
});

test("no secret and no header value stands in clear in any table", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId, { headers: { "x-key": "very-secret-header" } });
  const revealed = await revealSecret(workspaceId, id, author);
  const rotated = await rotateSecret(workspaceId, id, { overlapSeconds: 60 }, author);
  const dump = JSON.stringify(
    await Promise.all([endpoint, endpointSecret, auditEntry, workspace].map((table) => dumpOf(table))),
  );
  for (const secret of ["very-secret-header", revealed?.secret, rotated?.secret]) expect(dump).not.toContain(secret);
});

/** Rows as text, bytes as latin1, so that a stored clear text would be seen. */
async function dumpOf(table: typeof endpoint | typeof endpointSecret | typeof auditEntry | typeof workspace) {
  const rows: Record<string, unknown>[] = await db().select().from(table);
  return rows.map((row) =>
    Object.values(row).map((value) => (Buffer.isBuffer(value) ? value.toString("latin1") : value)),
  );
}

test("lists are searched and paged, and a filter's wildcards are taken literally", async () => {
  const workspaceId = await aWorkspace();
  for (const name of ["alpha", "beta", "gamma_x"]) {
    await make(workspaceId, { url: `https://${name.replace("_", "")}.example.com`, description: name, customer: name });
  }
  const names = async (filter: Parameters<typeof listEndpoints>[1]) =>
    (await listEndpoints(workspaceId, filter)).rows.map((row) => row.description);
  expect(await names({})).toEqual(["gamma_x", "beta", "alpha"]);
  expect(await names({ search: "BETA" })).toEqual(["beta"]);
  expect(await names({ search: "_" })).toEqual(["gamma_x"]);
  expect(await names({ search: "%'\";--\\" })).toEqual([]);
  expect(await names({ customer: "alpha" })).toEqual(["alpha"]);
  const first = await listEndpoints(workspaceId, {}, { limit: 2 });
  const second = await listEndpoints(workspaceId, {}, { limit: 2, before: first.next });
  expect(second.rows.map((row) => row.description)).toEqual(["alpha"]);
  expect(second.next).toBeNull();
});

test("an endpoint whose headers cannot be read is still listed, and can be given new ones", async () => {
  const workspaceId = await aWorkspace();
  const id = await make(workspaceId, { headers: { "x-key": "1" } });
  const other = await make(workspaceId, { headers: { "x-key": "2" } });
  const [moved] = await db().select().from(endpoint).where(eq(endpoint.id, other));
  await db().update(endpoint).set({ headers: moved?.headers }).where(eq(endpoint.id, id));

  expect((await listEndpoints(workspaceId)).rows.map(({ headers }) => headers.length)).toEqual([1, 0]);
  const headers = [{ name: "x-key", value: "3" }];
  expect(await commands.updateEndpoint(workspaceId, id, { headers }, author)).toEqual({ result: "updated" });
  expect((await findEndpoint(workspaceId, id))?.headers).toEqual([{ name: "x-key", value: MASK }]);
});

test("a stranger's endpoint is not found, by any query or command", async () => {
  const id = await make(await aWorkspace());
  const stranger = await aWorkspace();
  expect(await findEndpoint(stranger, id)).toBeNull();
  expect(await commands.updateEndpoint(stranger, id, { description: "mine" }, author)).toEqual({ result: "not_found" });
  expect(await commands.pauseEndpoint(stranger, id, author)).toBe("not_found");
  expect(await commands.deleteEndpoint(stranger, id, author)).toEqual({ result: "not_found" });
  expect(await revealSecret(stranger, id, author)).toBeNull();
  expect(await rotateSecret(stranger, id, { overlapSeconds: 0 }, author)).toBeNull();
  expect(await endOldSecrets(stranger, id, author)).toBeNull();
  expect(await db().select().from(auditEntry).where(eq(auditEntry.workspaceId, stranger))).toEqual([]);
});
