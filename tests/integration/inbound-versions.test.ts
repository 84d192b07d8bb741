import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { sourceSecret, source as sourceTable } from "../../drizzle/schema/inbound.ts";
import { db } from "../../lib/db.ts";
import { newId } from "../../lib/ids.ts";
import { openSource } from "../../lib/sources/open-source.ts";
import { receive } from "../../lib/sources/receive.ts";
import { testDatabase } from "../support/database.ts";
import {
  addSourceSecret,
  aPosting,
  aSource,
  eventsFrom,
  PUBLIC_URL,
  requestsOf,
  type TestSource,
} from "../support/inbound.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase({ PUBLIC_URL });
const workspaceId = await aWorkspace();

async function opened({ id }: TestSource) {
  const source = await openSource(id);
  if (!source) throw new Error("The source is gone");
  return source;
}

async function incoming(to: TestSource, secret: string, id: string) {
  const body = JSON.stringify({ id, type: "invoice.paid" });
  const posting = await aPosting({ url: "" }, to, "stripe", { secret, body });
  const head = { target: posting.url, headers: Object.entries(posting.headers) };
  return { id: newId(), method: "POST", head, body: Buffer.from(body), address: null };
}

test.each(["the older first", "the newer first"])(
  "calls judged before and after a secret ended, stored together, %s: the ended secret proves nothing",
  async (order) => {
    const source = await aSource(workspaceId, { secrets: ["whsec_stolen"] });
    const before = await opened(source);
    await db().update(sourceTable).set({ version: sql`version + 1` }).where(eq(sourceTable.id, source.id));
    await db().delete(sourceSecret).where(eq(sourceSecret.sourceId, source.id));
    await addSourceSecret(source.id, "whsec_new");
    const after = await opened(source);
    const calls = [
      receive(before, await incoming(source, "whsec_stolen", "forged")),
      receive(after, await incoming(source, "whsec_new", "genuine")),
    ];
    await Promise.all(order === "the older first" ? calls : calls.toReversed());
    const kept = await requestsOf(source.id);
    expect(kept.map(({ externalId, verdict }) => [externalId, verdict]).sort()).toEqual([
      ["forged", "refused"],
      ["genuine", "accepted"],
    ]);
    expect(await eventsFrom(source.id)).toHaveLength(1);
  },
);
