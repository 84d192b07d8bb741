import { expect, test } from "vitest";
import { SYSTEM } from "../../lib/audit/record.ts";
import { createEndpoint, disableEndpoint } from "../../lib/endpoints/commands.ts";
import { endpointInput } from "../../lib/endpoints/input.ts";
import { sendTest } from "../../lib/endpoints/send-test.ts";
import { createEventType } from "../../lib/event-types/commands.ts";
import { eventTypeInput } from "../../lib/event-types/input.ts";
import { eventTypeVolumes } from "../../lib/reports/event-type-volumes.ts";
import { testDatabase } from "../support/database.ts";
import { anEvent, aWorkspace, idAt } from "../support/traffic.ts";

await testDatabase();

const HOUR_MS = 3_600_000;

test("a type's volume counts its events of the last 24 hours, without tests and without strangers'", async () => {
  const [mine, other, now] = [await aWorkspace(), await aWorkspace(), new Date()];
  await anEvent(mine, { id: idAt(now.getTime() - HOUR_MS), type: "order.created" });
  await anEvent(mine, { id: idAt(now.getTime() - 2 * HOUR_MS), type: "order.created" });
  await anEvent(mine, { id: idAt(now.getTime() - 25 * HOUR_MS), type: "order.paid" });
  await anEvent(mine, { id: idAt(now.getTime() - HOUR_MS, 1), type: "ping", test: true });
  await anEvent(other, { id: idAt(now.getTime() - HOUR_MS, 2), type: "order.created" });

  const { exact, byType } = await eventTypeVolumes(mine, now);
  expect(exact).toBe(true);
  const hours = Array.from({ length: 24 }, (_, hour) => (hour === 22 || hour === 23 ? 1 : 0));
  expect([...byType]).toEqual([["order.created", { perDay: 2, lastSeenAt: new Date(now.getTime() - HOUR_MS), hours }]]);
});

test("a test send makes a test event for the endpoint that was named, whatever it subscribes to", async () => {
  const workspaceId = await aWorkspace();
  await createEventType(workspaceId, eventTypeInput.parse({ name: "ping", example: "{}" }), SYSTEM);
  const made = await createEndpoint(
    workspaceId,
    endpointInput.parse({ url: "https://example.com/hooks", subscriptions: ["order.*"] }),
    SYSTEM,
  );
  const id = made.result === "created" ? made.id : "";

  expect(await sendTest(workspaceId, "ping", [id])).toMatchObject({
    result: "sent",
    deliveryIds: [expect.any(String)],
  });
  expect(await sendTest(workspaceId, "ping", null)).toEqual({ result: "no_endpoint" });
  expect(await sendTest(workspaceId, "pong", [id])).toEqual({ result: "unknown_type" });
  await disableEndpoint(workspaceId, id, SYSTEM);
  expect(await sendTest(workspaceId, "ping", [id])).toEqual({ result: "no_endpoint" });
});
