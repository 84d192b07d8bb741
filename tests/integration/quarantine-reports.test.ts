import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { source } from "../../drizzle/schema/inbound.ts";
import { db } from "../../lib/db.ts";
import { attention } from "../../lib/reports/attention.ts";
import type { Piece } from "../../lib/sources/diagnosis-words.ts";
import { lookAgainAt } from "../../lib/sources/look-again.ts";
import { testDatabase } from "../support/database.ts";
import { openDoor } from "../support/door.ts";
import { addSourceSecret, aPosting, aSource, PUBLIC_URL, requestsOf, send } from "../support/inbound.ts";
import { aRefusedRequest } from "../support/requests.ts";
import { aWorkspace } from "../support/traffic.ts";

// Why requests wait in quarantine, from what was really posted.

await testDatabase({ PUBLIC_URL });
const door = await openDoor();

const body = (id: string, type: string) => JSON.stringify({ id, type, data: {} });
const text = (lines: Piece[][]) =>
  lines
    .map((pieces) =>
      pieces
        .map((piece) =>
          typeof piece === "string" ? piece : "code" in piece ? piece.code : "name" in piece ? piece.name : "",
        )
        .join(""),
    )
    .join("\n");
const idsOf = async (sourceId: string) => (await requestsOf(sourceId)).map(({ id }) => id);

test("a second webhook that posts here is told by its type, while the others verify", async () => {
  const workspaceId = await aWorkspace();
  const to = await aSource(workspaceId, { secrets: ["whsec_one"] });
  const post = async (id: string, type: string, secret: string) =>
    (await send(await aPosting(door, to, "stripe", { body: body(id, type), secret }))).status;
  expect(await post("evt_1", "charge.refunded", "whsec_two")).toBe(401);
  expect(await post("evt_2", "invoice.paid", "whsec_one")).toBe(200);
  expect(await post("evt_3", "charge.refunded", "whsec_two")).toBe(401);
  const [first = ""] = await idsOf(to.id);

  const looked = await lookAgainAt(workspaceId, first);
  expect(looked?.diagnosis).toMatchObject({
    label: "Bad signature",
    why: "Signed with a secret this source does not have.",
    remedy: "add_secret",
  });
  expect(text(looked?.diagnosis.evidence ?? [])).toContain(
    "are charge.refunded. Other types verify, so a second webhook probably posts here.",
  );
  expect(looked?.proof?.received).toMatchObject([{ header: "stripe-signature" }]);
  expect(looked?.proof?.signed?.begins).toMatch(/^\d+\.\{"id":"evt_1"/);
  expect(Math.abs(looked?.proof?.skewSeconds ?? 999)).toBeLessThan(5);
});

test("a request signed for another source of the workspace names it; a stranger's source is never named", async () => {
  const [workspaceId, stranger] = [await aWorkspace(), await aWorkspace()];
  const to = await aSource(workspaceId, { secrets: ["whsec_one"] });
  await aSource(stranger, { name: "A stranger's", secrets: ["whsec_two"] });
  await send(await aPosting(door, to, "stripe", { secret: "whsec_two" }));
  const [id = ""] = await idsOf(to.id);
  expect((await lookAgainAt(workspaceId, id))?.diagnosis.remedy).toBe("add_secret");
  await aSource(workspaceId, { name: "Shop two", secrets: ["whsec_two"] });
  expect((await lookAgainAt(workspaceId, id))?.diagnosis).toMatchObject({
    why: "Signed for another source of this workspace: Shop two.",
    remedy: "open_other",
  });
  expect(await lookAgainAt(stranger, id)).toBeNull();
});

test("a password that was refused is looked at as it came, and never shown", async () => {
  const workspaceId = await aWorkspace();
  const to = await aSource(workspaceId, { provider: "bearer", secrets: ["Bearer s3cret-token"] });
  const answer = await fetch(door.url + to.path, {
    method: "POST",
    headers: { authorization: "Bearer s3cret-token" },
    body: "{}",
  });
  expect(answer.status).toBe(401);
  const [id = ""] = await idsOf(to.id);
  const looked = await lookAgainAt(workspaceId, id);
  expect(looked?.diagnosis.why).toBe("The secret of this source was stored with the word that stands before it.");
  expect(JSON.stringify(looked)).not.toContain("s3cret");
});

test("once the secret is there, it says so; an accepted request has no diagnosis", async () => {
  const workspaceId = await aWorkspace();
  const to = await aSource(workspaceId, { secrets: ["whsec_one"] });
  await send(await aPosting(door, to, "stripe", { secret: "whsec_two" }));
  await addSourceSecret(to.id, "whsec_two");
  await db().update(source).set({ version: 2 }).where(eq(source.id, to.id));
  await send(await aPosting(door, to, "stripe", { secret: "whsec_two" }));
  const [refused = "", accepted = ""] = await idsOf(to.id);
  expect((await lookAgainAt(workspaceId, refused))?.diagnosis.remedy).toBe("reverify");
  expect(await lookAgainAt(workspaceId, accepted)).toBeNull();
});

test("a source that refused requests within the last day is on the overview, with how many and since when", async () => {
  const workspaceId = await aWorkspace();
  const to = await aSource(workspaceId, { name: "Payments", secrets: ["whsec_one"] });
  const quiet = await aSource(workspaceId, { secrets: ["whsec_one"] });
  await send(await aPosting(door, quiet, "stripe", { secret: "whsec_one" }));
  expect(await attention(workspaceId)).toEqual([]);
  await aRefusedRequest(workspaceId, to.id);
  await aRefusedRequest(workspaceId, to.id);
  const [item, ...others] = await attention(workspaceId);
  expect(others).toEqual([]);
  expect(item).toMatchObject({
    kind: "refused",
    sourceId: to.id,
    name: "Payments",
    waiting: { count: 2, atLeast: false },
  });
  expect(await attention(workspaceId, new Date(Date.now() + 2 * 86_400_000))).toEqual([]);
  expect(await attention(await aWorkspace())).toEqual([]);
});
