import { eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { endpoint } from "../../drizzle/schema/configuration.ts";
import { auditEntry } from "../../drizzle/schema/people.ts";
import { db } from "../../lib/db.ts";
import { formatId } from "../../lib/ids.ts";
import { verifyAndEnable } from "../../lib/playground/verify-and-enable.ts";
import { testDatabase } from "../support/database.ts";
import { aSignedEndpoint } from "../support/deliveries.ts";
import { aTeam } from "../support/people.ts";
import { faultReceiver } from "../support/receiver.ts";

await testDatabase();
const receiver = await faultReceiver();
afterAll(() => receiver.close());

async function aDisabledEndpoint(path: string) {
  const { workspaceId: id, slug, people } = await aTeam("owner");
  const values = { url: receiver.url + path, status: "disabled", statusReason: "Answered 410" } as const;
  const endpointId = await aSignedEndpoint(id, values);
  const statusNow = async () => {
    const [row] = await db().select().from(endpoint).where(eq(endpoint.id, endpointId));
    return row?.status;
  };
  return { workspace: { id, slug }, endpointId, author: people[0]!.author, statusNow };
}

test("an endpoint that answers the signed ping is enabled, which is on record", async () => {
  const { workspace, endpointId, author, statusNow } = await aDisabledEndpoint("/ok");
  const before = receiver.calls.length;
  expect(await verifyAndEnable(workspace, endpointId, author)).toEqual({ result: "enabled" });
  expect(await statusNow()).toBe("active");
  const [ping] = receiver.calls.slice(before);
  expect(ping?.headers["webhook-signature"]).toMatch(/^v1,/);
  const entries = await db().select().from(auditEntry).where(eq(auditEntry.workspaceId, workspace.id));
  const target = formatId("ep", endpointId);
  expect(entries.filter((entry) => entry.target === target).map(({ action }) => action)).toEqual([
    "endpoint.verified",
    "endpoint.enabled",
  ]);
});

test("one that still fails stays disabled, and its answer is told", async () => {
  const { workspace, endpointId, author, statusNow } = await aDisabledEndpoint("/status/500");
  expect(await verifyAndEnable(workspace, endpointId, author)).toMatchObject({
    result: "unanswered",
    verification: { answer: { outcome: "http_error", statusCode: 500 } },
  });
  expect(await statusNow()).toBe("disabled");
});

test("a stranger's endpoint is not found, and gets no ping", async () => {
  const { endpointId, statusNow } = await aDisabledEndpoint("/ok");
  const stranger = await aDisabledEndpoint("/ok");
  const before = receiver.calls.length;
  expect(await verifyAndEnable(stranger.workspace, endpointId, stranger.author)).toEqual({ result: "not_found" });
  expect(receiver.calls.length).toBe(before);
  expect(await statusNow()).toBe("disabled");
});
