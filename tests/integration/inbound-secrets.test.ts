import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { request, sourceSecret, source as sourceTable } from "../../drizzle/schema/inbound.ts";
import { db } from "../../lib/db.ts";
import { newId } from "../../lib/ids.ts";
import { writeRefusedCalls } from "../../lib/ingest/refused-calls.ts";
import { listRefusedCalls } from "../../lib/reports/refused-calls.ts";
import { judge } from "../../lib/sources/judge.ts";
import { openSource, openSourceByToken } from "../../lib/sources/open-source.ts";
import { hasRoom, tellLeftOut } from "../../lib/sources/quarantine-room.ts";
import { openSealed } from "../../lib/sources/sealed.ts";
import { testDatabase } from "../support/database.ts";
import { openDoor } from "../support/door.ts";
import { eventually } from "../support/eventually.ts";
import {
  addSourceSecret,
  aPosting,
  aSource,
  PUBLIC_URL,
  requestsOf,
  send,
  type TestSource,
} from "../support/inbound.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase({ PUBLIC_URL });
const door = await openDoor();
const workspaceId = await aWorkspace();

async function changeSecret(source: TestSource, secret: string, expiresAt: Date | null = null) {
  await addSourceSecret(source.id, secret, expiresAt);
  await db().update(sourceTable).set({ version: sql`version + 1` }).where(eq(sourceTable.id, source.id));
}

test("a secret that was added counts for the very next call, though the source was in memory", async () => {
  const source = await aSource(workspaceId, { secrets: ["whsec_old"] });
  const post = async (secret: string, id: string) => {
    const body = JSON.stringify({ id, type: "invoice.paid" });
    return (await send(await aPosting(door, source, "stripe", { secret, body }))).status;
  };
  expect([await post("whsec_old", "1"), await post("whsec_new", "2")]).toEqual([200, 401]);
  await changeSecret(source, "whsec_new");
  expect([await post("whsec_new", "3"), await post("whsec_old", "4")]).toEqual([200, 200]);
});

test("a secret proves calls until its time is over, and no longer", async () => {
  const source = await aSource(workspaceId, { secrets: ["whsec_new"] });
  await changeSecret(source, "whsec_over", new Date(Date.now() - 1));
  await changeSecret(source, "whsec_ending", new Date(Date.now() + 3_600_000));
  const open = await openSourceByToken(source.token);
  expect(open?.secrets).toEqual(["whsec_ending", "whsec_new"]);
  expect(open?.secretsUntil?.getTime()).toBeGreaterThan(Date.now());
  const status = async (secret: string) => (await send(await aPosting(door, source, "stripe", { secret }))).status;
  expect([await status("whsec_over"), await status("whsec_ending")]).toEqual([401, 200]);
});

test("tokens, passwords and secrets in a URL are nowhere to be read; a refused call can still be judged again", async () => {
  const source = await aSource(workspaceId, { provider: "mailchimp" });
  const secret = "s3cr3t-in-the-url";
  const answer = await fetch(`${door.url}${source.path}?a=1&secret=${secret}`, {
    method: "POST",
    headers: { authorization: "Basic cGFzc3dvcmQ6MQ==", cookie: "session=abc", "x-said": "yes" },
    body: new URLSearchParams({ type: "subscribe" }),
  });
  expect(answer.status).toBe(401);
  const [kept] = await requestsOf(source.id);
  expect(kept?.path).toBe("/in/••••••?a=1&secret=••••••");
  const headers = new Map(kept?.headers);
  expect([headers.get("authorization"), headers.get("cookie"), headers.get("x-said")]).toEqual([
    "••••••",
    "••••••",
    "yes",
  ]);
  const [row] = await db()
    .select({ text: sql<string>`request::text` })
    .from(request)
    .where(eq(request.id, kept?.id ?? ""));
  for (const word of [secret, source.token, "cGFzc3dvcmQ6MQ"]) expect(row?.text).not.toContain(word);

  await changeSecret(source, secret);
  const open = await openSource(source.id);
  if (!open || !kept?.body) throw new Error("It is not kept");
  const call = openSealed({ ...kept, body: kept.body });
  expect(call.url).toBe(`${PUBLIC_URL}${source.path}?a=1&secret=${secret}`);
  expect(await judge(open, call)).toMatchObject({ verdict: "accepted", reading: { type: "subscribe" } });
});

test("a token in a header that the source names is masked as well, and an accepted call keeps no copy of it", async () => {
  const source = await aSource(workspaceId, {
    provider: "zapier",
    settings: { header: "X-Zap-Token" },
    secrets: ["token-1"],
  });
  expect((await send(await aPosting(door, source, "zapier"))).status).toBe(200);
  const [kept] = await requestsOf(source.id);
  expect(kept?.sealed).toBeNull();
  expect(kept?.headers.find(([name]) => name.toLowerCase() === "x-zap-token")?.[1]).toBe("••••••");
});

test("a signature is kept as it came: it proves this one call and nothing else", async () => {
  const source = await aSource(workspaceId, { secrets: ["whsec_one"] });
  const posting = await aPosting(door, source, "stripe");
  await send(posting);
  const [kept] = await requestsOf(source.id);
  expect(kept?.headers).toContainEqual(["stripe-signature", posting.headers["stripe-signature"]]);
});

test("when its quarantine is full a source answers the same, keeps no more, and says how many; a new secret counts at once", async () => {
  const source = await aSource(workspaceId, { secrets: ["whsec_old"] });
  const status = async (secret: string) => (await send(await aPosting(door, source, "stripe", { secret }))).status;
  expect(await status("whsec_new")).toBe(401);
  while (hasRoom(source.id, 0));
  expect([await status("whsec_new"), await status("whsec_new")]).toEqual([401, 401]);
  expect(await requestsOf(source.id)).toHaveLength(1);
  tellLeftOut();
  await eventually(async () => {
    await writeRefusedCalls();
    const [noted] = (await listRefusedCalls(workspaceId, {})).rows;
    expect(noted?.detail).toMatch(/^My stripe: 2 more unverified requests were answered and not kept/);
    return true;
  });
  await changeSecret(source, "whsec_new");
  expect(await status("whsec_new")).toBe(200);
});

test("a damaged secret stops neither its source's other secrets nor other sources", async () => {
  const [damaged, other] = [
    await aSource(workspaceId, { secrets: ["whsec_lost"] }),
    await aSource(workspaceId, { secrets: ["whsec_other"] }),
  ];
  await db()
    .update(sourceSecret)
    .set({ encrypted: Buffer.alloc(64) })
    .where(eq(sourceSecret.sourceId, damaged.id));
  await addSourceSecret(damaged.id, "whsec_new", null);
  const statuses = await Promise.all(
    [
      [damaged, "whsec_new"],
      [damaged, "whsec_lost"],
      [other, "whsec_other"],
    ].map(async ([source, secret]) => {
      const body = JSON.stringify({ id: newId(), type: "invoice.paid" });
      const posting = await aPosting(door, source as TestSource, "stripe", { secret: secret as string, body });
      return (await send(posting)).status;
    }),
  );
  expect(statuses).toEqual([200, 401, 200]);
});
