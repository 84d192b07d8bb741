import { desc, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { auditEntry } from "../../drizzle/schema/people.ts";
import { SYSTEM } from "../../lib/audit/record.ts";
import { db } from "../../lib/db.ts";
import { formatId } from "../../lib/ids.ts";
import { PROVIDERS, type ProviderName } from "../../lib/providers/names.ts";
import { previewTestRequest, sendTestRequest } from "../../lib/sources/test-request.ts";
import { testDatabase } from "../support/database.ts";
import { aSource, eventsFrom, PUBLIC_URL, requestsOf } from "../support/inbound.ts";
import { GENUINE } from "../support/provider-calls.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase({ PUBLIC_URL });

const setUp = (provider: ProviderName) => ({
  provider,
  settings: GENUINE[provider]?.settings ?? {},
  secrets: provider === "unsigned" ? [] : [...(GENUINE[provider]?.secrets ?? ["a-long-text"])],
});

test.each(PROVIDERS)("a test request of %s is believed, and becomes an event that is a test", async (provider) => {
  const workspaceId = await aWorkspace();
  const { id } = await aSource(workspaceId, setUp(provider));
  const sent = await sendTestRequest(workspaceId, id, SYSTEM);
  const [request] = await requestsOf(id);
  expect(sent).toEqual({ result: "sent", requestId: request?.id });
  expect(request).toMatchObject({ verdict: "accepted", fault: null, answerStatus: 200, remoteAddress: null });
  expect(await eventsFrom(id)).toMatchObject([{ test: true, sourceId: id, requestId: request?.id }]);
});

test("a second one is another event, not a repeat", async () => {
  const workspaceId = await aWorkspace();
  const { id } = await aSource(workspaceId, setUp("github"));
  for (let n = 0; n < 2; n++) await sendTestRequest(workspaceId, id, SYSTEM);
  expect(await eventsFrom(id)).toHaveLength(2);
});

test("it comes from us, so ranges of addresses do not stop it, and no secret stands in what is kept", async () => {
  const workspaceId = await aWorkspace();
  const { id, token } = await aSource(workspaceId, { ...setUp("mailchimp"), allowCidrs: ["203.0.113.0/24"] });
  expect(await sendTestRequest(workspaceId, id, SYSTEM)).toMatchObject({ result: "sent" });
  const [request] = await requestsOf(id);
  expect(request?.path).toBe("/in/••••••?secret=••••••");
  expect(JSON.stringify(request)).not.toMatch(new RegExp(`a-long-text|${token}`));
});

test("a preview shows what it says, sends nothing, and has no proof in it", async () => {
  const workspaceId = await aWorkspace();
  const { id } = await aSource(workspaceId, setUp("twilio"));
  const preview = await previewTestRequest(workspaceId, id);
  expect(preview).toMatchObject({ type: "message.delivered", contentType: "application/x-www-form-urlencoded" });
  expect(JSON.stringify(preview)).not.toContain("signature");
  expect(await requestsOf(id)).toEqual([]);
});

test("it stands in the audit log", async () => {
  const workspaceId = await aWorkspace();
  const { id } = await aSource(workspaceId, setUp("stripe"));
  await sendTestRequest(workspaceId, id, SYSTEM);
  const [entry] = await db()
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.workspaceId, workspaceId))
    .orderBy(desc(auditEntry.id));
  expect(entry).toMatchObject({ action: "source.tested", target: formatId("src", id), targetName: "My stripe" });
});

describe("nothing is sent, and it is said why,", () => {
  test.each([
    ["without a secret", { provider: "stripe" }, "no_secret"],
    ["when a key can only verify", { provider: "svix", secrets: [`whpk_${"A".repeat(43)}=`] }, "verify_only"],
    [
      "when the keys are the sender's",
      { provider: "jwt", settings: keysAt("https://example.com/jwks") },
      "verify_only",
    ],
    ["to a paused source", { ...setUp("github"), status: "paused" }, "closed"],
    ["to a disabled source", { ...setUp("github"), status: "disabled" }, "closed"],
  ] as [string, Parameters<typeof aSource>[1], string][])("%s", async (_, values, result) => {
    const workspaceId = await aWorkspace();
    const { id } = await aSource(workspaceId, values);
    expect(await sendTestRequest(workspaceId, id, SYSTEM)).toEqual({ result });
    expect(await previewTestRequest(workspaceId, id)).toEqual({ result });
    expect(await requestsOf(id)).toEqual([]);
  });

  test("to a stranger's source", async () => {
    const { id } = await aSource(await aWorkspace(), setUp("github"));
    expect(await sendTestRequest(await aWorkspace(), id, SYSTEM)).toEqual({ result: "not_found" });
    expect(await requestsOf(id)).toEqual([]);
  });
});

function keysAt(keysUrl: string) {
  return { token: { algorithms: ["RS256"], keysUrl } };
}
