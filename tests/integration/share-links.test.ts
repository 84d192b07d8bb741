import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { shareLink } from "../../drizzle/schema/console.ts";
import { auditEntry, user } from "../../drizzle/schema/people.ts";
import { db } from "../../lib/db.ts";
import { formatId, newId } from "../../lib/ids.ts";
import { MOST_LINKS, makeShareLink, revokeShareLink } from "../../lib/share-links/commands.ts";
import { findShared, listShareLinks } from "../../lib/share-links/queries.ts";
import { testDatabase } from "../support/database.ts";
import { aFailedDelivery, anEndpoint, aWorkspace } from "../support/traffic.ts";

await testDatabase();
const author = { id: "usr_ada", name: "Ada" };
let workspaceId = "";
let deliveryId = "";
let sharer = { userId: "", author };

beforeEach(async () => {
  workspaceId = await aWorkspace();
  deliveryId = await aFailedDelivery(workspaceId, { endpointId: await anEndpoint(workspaceId) });
  sharer = { userId: newId(), author };
  await db()
    .insert(user)
    .values({ id: sharer.userId, name: "Ada", passwordHash: "x", email: `${sharer.userId}@example.com` });
});

async function aLink(hours = 1, showsBodies = false): Promise<string> {
  const made = await makeShareLink(workspaceId, deliveryId, { hours, showsBodies }, sharer);
  if (made.result !== "made") throw new Error(made.result);
  return made.token;
}

test("a link opens its delivery; of its token only the hash is kept, and no guess opens anything", async () => {
  const token = await aLink(24, true);
  expect(await findShared(token)).toMatchObject({ workspaceId, deliveryId, showsBodies: true });
  const [row] = await db().select().from(shareLink).where(eq(shareLink.deliveryId, deliveryId));
  expect(JSON.stringify(row)).not.toContain(token);
  for (const guess of ["", "x", token.slice(0, -1), `${token}=`, row!.tokenHash.toString("base64url")]) {
    expect(await findShared(guess)).toBeNull();
  }
});

test("a link that has ended, or was taken back, opens nothing and is listed no more", async () => {
  const [ended, revoked, alive] = [await aLink(), await aLink(), await aLink()];
  const links = await listShareLinks(workspaceId, deliveryId);
  expect(links).toHaveLength(3);
  expect(links[0]).toMatchObject({ by: "Ada", showsBodies: false });
  await db()
    .update(shareLink)
    .set({ expiresAt: new Date(Date.now() - 1) })
    .where(eq(shareLink.id, links[2]!.id));
  expect(await revokeShareLink(workspaceId, links[1]!.id, author)).toBe(true);
  expect(await revokeShareLink(workspaceId, links[1]!.id, author)).toBe(false);
  expect(await findShared(ended)).toBeNull();
  expect(await findShared(revoked)).toBeNull();
  expect(await findShared(alive)).not.toBeNull();
  expect(await listShareLinks(workspaceId, deliveryId)).toMatchObject([{ id: links[0]!.id }]);
});

test("a stranger can neither share, list nor end what is not theirs", async () => {
  const stranger = await aWorkspace();
  await aLink();
  const [link] = await listShareLinks(workspaceId, deliveryId);
  const asked = { hours: 1, showsBodies: false };
  expect(await makeShareLink(stranger, deliveryId, asked, sharer)).toEqual({ result: "not_found" });
  expect(await listShareLinks(stranger, deliveryId)).toEqual([]);
  expect(await revokeShareLink(stranger, link!.id, author)).toBe(false);
});

test("making and ending a link is on record, without its token", async () => {
  const token = await aLink(1, true);
  const [link] = await listShareLinks(workspaceId, deliveryId);
  await revokeShareLink(workspaceId, link!.id, author);
  const trail = await db()
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.workspaceId, workspaceId))
    .orderBy(auditEntry.id);
  const target = formatId("dlv", deliveryId);
  expect(trail).toMatchObject([
    { action: "share_link.made", target, detail: { bodies: true } },
    { action: "share_link.revoked", target },
  ]);
  expect(JSON.stringify(trail)).not.toContain(token);
});

test("a delivery has at most so many links that open", async () => {
  for (let made = 0; made < MOST_LINKS; made++) await aLink();
  const asked = { hours: 1, showsBodies: false };
  expect(await makeShareLink(workspaceId, deliveryId, asked, sharer)).toEqual({ result: "too_many" });
  const [newest] = await listShareLinks(workspaceId, deliveryId);
  await revokeShareLink(workspaceId, newest!.id, author);
  expect((await makeShareLink(workspaceId, deliveryId, asked, sharer)).result).toBe("made");
});
