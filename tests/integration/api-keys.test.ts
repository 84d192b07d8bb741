import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { apiKey } from "../../drizzle/schema/people.ts";
import { createApiKey, revokeApiKey } from "../../lib/api-keys/commands.ts";
import { listApiKeys } from "../../lib/api-keys/queries.ts";
import { hashApiKey } from "../../lib/api-keys/secret.ts";
import { listAuditEntries } from "../../lib/audit/queries.ts";
import { db } from "../../lib/db.ts";
import { testDatabase } from "../support/database.ts";
import { aTeam } from "../support/people.ts";

await testDatabase();

test("a key's secret is in the answer alone: the database, the list and the audit log do not have it", async () => {
  const { workspaceId, people } = await aTeam("developer");

  const input = { name: "Shop", scopes: ["ingest", "read"], expiresInDays: 30 } as const;
  const { id, secret } = await createApiKey(workspaceId, { ...input, scopes: [...input.scopes] }, people[0]!.author);

  expect(secret).toMatch(/^ph_[0-9A-Za-z]{32}$/);
  const stored = await db().select().from(apiKey);
  expect(stored).toMatchObject([{ id, hash: hashApiKey(secret), lastFour: secret.slice(-4) }]);
  const [listed] = await listApiKeys(workspaceId);
  expect(listed).toMatchObject({ id, name: "Shop", scopes: ["ingest", "read"], works: true, createdBy: "developer" });
  const { rows } = await listAuditEntries(workspaceId, {}, {});
  expect(rows).toMatchObject([{ action: "api_key.created", targetName: "Shop" }]);
  expect(JSON.stringify([stored, listed, rows])).not.toContain(secret.slice(3));
});

test("revoking is for good, once, and only by its own workspace", async () => {
  const mine = await aTeam("developer");
  const theirs = await aTeam("owner");
  const author = mine.people[0]!.author;
  const { id } = await createApiKey(mine.workspaceId, { name: "Shop", scopes: ["ingest"] }, author);

  expect(await revokeApiKey(theirs.workspaceId, id, theirs.people[0]!.author)).toBe(false);
  expect(await listApiKeys(theirs.workspaceId)).toEqual([]);
  expect(await listApiKeys(mine.workspaceId)).toMatchObject([{ works: true, revokedAt: null }]);

  expect(await revokeApiKey(mine.workspaceId, id, author)).toBe(true);
  expect(await listApiKeys(mine.workspaceId)).toMatchObject([{ works: false, revokedAt: expect.any(Date) }]);
  expect(await revokeApiKey(mine.workspaceId, id, author)).toBe(false);
});

test("keys that work come first; an expired one does not", async () => {
  const { workspaceId, people } = await aTeam("developer");
  const make = (name: string) =>
    createApiKey(workspaceId, { name, scopes: ["ingest"], expiresInDays: 1 }, people[0]!.author);
  await make("live");
  const { id } = await make("expired");
  await db().update(apiKey).set({ expiresAt: sql`now() - interval '1 second'` }).where(sql`${apiKey.id} = ${id}`);

  expect((await listApiKeys(workspaceId)).map(({ name, works }) => [name, works])).toEqual([
    ["live", true],
    ["expired", false],
  ]);
});
