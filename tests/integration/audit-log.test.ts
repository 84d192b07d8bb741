import { expect, test } from "vitest";
import { listAuditChoices, listAuditEntries } from "../../lib/audit/queries.ts";
import { recordAudit, SYSTEM } from "../../lib/audit/record.ts";
import { db } from "../../lib/db.ts";
import { testDatabase } from "../support/database.ts";
import { aTeam } from "../support/people.ts";

await testDatabase();

async function aLog() {
  const { workspaceId, people } = await aTeam("owner");
  const entry = { target: "ep_1", targetName: "api.acme.io" };
  await recordAudit(db(), workspaceId, people[0]!.author, { ...entry, action: "endpoint.created" });
  await recordAudit(db(), workspaceId, SYSTEM, { ...entry, action: "endpoint.disabled" });
  await recordAudit(db(), workspaceId, SYSTEM, { target: "a", targetName: "a", action: "endpointx.y" });
  return { workspaceId, me: people[0]!.author };
}

test("the log is read newest first, page by page, both ways", async () => {
  const { workspaceId } = await aLog();
  const first = await listAuditEntries(workspaceId, {}, { limit: 2 });
  expect(first.rows.map((row) => row.action)).toEqual(["endpointx.y", "endpoint.disabled"]);

  const second = await listAuditEntries(workspaceId, {}, { limit: 2, before: first.next });
  expect(second.rows.map((row) => row.action)).toEqual(["endpoint.created"]);
  const back = await listAuditEntries(workspaceId, {}, { limit: 2, after: second.previous });
  expect(back.rows).toEqual(first.rows);
});

test("filters ask for exactly one person or one kind of thing", async () => {
  const { workspaceId, me } = await aLog();
  const actions = async (filter: Parameters<typeof listAuditEntries>[1]) =>
    (await listAuditEntries(workspaceId, filter, {})).rows.map((row) => row.action);

  expect(await actions({ actor: me.id })).toEqual(["endpoint.created"]);
  expect(await actions({ subject: "endpoint" })).toEqual(["endpoint.disabled", "endpoint.created"]);
  expect(await actions({ subject: "%" })).toEqual([]);
  expect(await actions({ subject: "endpoint_" })).toEqual([]);
  expect(await listAuditChoices(workspaceId)).toEqual({
    actors: [
      { id: "system", name: "Posthorn" },
      { id: me.id, name: me.name },
    ],
    subjects: ["endpoint", "endpointx"],
  });
});

test("another workspace's log is empty", async () => {
  await aLog();
  const { workspaceId } = await aTeam("owner");
  expect((await listAuditEntries(workspaceId, {}, {})).rows).toEqual([]);
  expect(await listAuditChoices(workspaceId)).toEqual({ actors: [], subjects: [] });
});
