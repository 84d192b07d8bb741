import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { endpointState } from "../../drizzle/schema/configuration.ts";
import { auditEntry } from "../../drizzle/schema/people.ts";
import { db } from "../../lib/db.ts";
import { probeNow } from "../../lib/endpoints/probe-now.ts";
import { formatId } from "../../lib/ids.ts";
import { anApiClient } from "../support/api.ts";
import { testDatabase } from "../support/database.ts";
import { aPerson } from "../support/people.ts";
import { anEndpoint, aWorkspace } from "../support/traffic.ts";

await testDatabase();

const LATER = new Date(Date.now() + 300_000);

async function anEndpointWith(circuit: "open" | "half_open" | "closed") {
  const workspaceId = await aWorkspace();
  const id = await anEndpoint(workspaceId);
  await db().insert(endpointState).values({ endpointId: id, circuit, probeAt: LATER });
  return { workspaceId, id };
}

async function probeAt(id: string): Promise<Date | null | undefined> {
  const [row] = await db().select().from(endpointState).where(eq(endpointState.endpointId, id));
  return row?.probeAt;
}

test("the probe of an open circuit is due at once when somebody asks for it, who stands in the audit log", async () => {
  const { author } = await aPerson();
  const { workspaceId, id } = await anEndpointWith("open");
  expect(await probeNow(workspaceId, id, author)).toBe("asked");
  expect((await probeAt(id))?.getTime()).toBeLessThanOrEqual(Date.now());
  const entries = await db().select().from(auditEntry).where(eq(auditEntry.workspaceId, workspaceId));
  expect(entries).toMatchObject([{ action: "endpoint.probed", actorName: author.name }]);
});

test.each(["closed", "half_open"] as const)("a circuit that is %s is left as it is", async (circuit) => {
  const { author } = await aPerson();
  const { workspaceId, id } = await anEndpointWith(circuit);
  expect(await probeNow(workspaceId, id, author)).toBe("unchanged");
  expect(await probeAt(id)).toEqual(LATER);
});

test("a stranger's endpoint is not found and not probed", async () => {
  const { author } = await aPerson();
  const { id } = await anEndpointWith("open");
  expect(await probeNow(await aWorkspace(), id, author)).toBe("not_found");
  expect(await probeAt(id)).toEqual(LATER);
});

test("the API asks for the probe as well, and shows since when it is due", async () => {
  const { workspaceId, id } = await anEndpointWith("open");
  const api = await anApiClient(workspaceId);
  const { status, body } = await api("POST", `/endpoints/${formatId("ep", id)}/probe`);
  expect([status, body.circuit]).toEqual([200, "open"]);
  expect(Date.parse(body.probeAt)).toBeLessThanOrEqual(Date.now());
});
