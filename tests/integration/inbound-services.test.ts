import { afterAll, expect, test } from "vitest";
import type { ProviderName } from "../../lib/providers/names.ts";
import { testDatabase } from "../support/database.ts";
import { aSignedEndpoint, aWorker } from "../support/deliveries.ts";
import { openDoor } from "../support/door.ts";
import { eventually } from "../support/eventually.ts";
import { aPosting, aSource, eventsFrom, PUBLIC_URL, requestsOf, send } from "../support/inbound.ts";
import { GENUINE } from "../support/provider-calls.ts";
import { faultReceiver } from "../support/receiver.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase({ PUBLIC_URL });
const door = await openDoor();
const receiver = await faultReceiver();
const worker = aWorker();
afterAll(async () => {
  await worker.stop();
  await receiver.close();
});

const SIGNING = Object.keys(GENUINE) as ProviderName[];

test.each(SIGNING)("a genuine call of %s becomes an event, which is delivered byte for byte", async (provider) => {
  const workspaceId = await aWorkspace();
  const { secrets = [], settings, body } = GENUINE[provider] ?? {};
  const source = await aSource(workspaceId, { provider, settings, secrets: [...secrets] });
  const path = `/ok/${provider}`;
  await aSignedEndpoint(workspaceId, { url: `${receiver.url}${path}`, format: "raw" });

  const answer = await send(await aPosting(door, source, provider));
  expect([answer.status, await answer.text()]).toEqual([200, ""]);

  const [request] = await requestsOf(source.id);
  const [event] = await eventsFrom(source.id);
  expect(request).toMatchObject({ verdict: "accepted", fault: null, answerStatus: 200, eventIds: [event?.id] });
  await eventually(() => receiver.calls.some((call) => call.path === path));
  const call = receiver.calls.find((one) => one.path === path);
  if (provider === "mandrill") expect(call?.body.toString()).toBe('{"event":"send","_id":"abc","ts":1700000000}');
  else expect(call?.body.toString()).toBe(body);
});

test.each(SIGNING)("a call of %s with another secret is refused, and kept as it came", async (provider) => {
  const workspaceId = await aWorkspace();
  const { secrets: [first, second] = ["", ""], settings, body } = GENUINE[provider] ?? {};
  const source = await aSource(workspaceId, { provider, settings, secrets: [first] });

  const answer = await send(await aPosting(door, source, provider, { secret: second }));
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ code: "not_verified" });

  const [request] = await requestsOf(source.id);
  expect(request).toMatchObject({ verdict: "refused", fault: { code: "mismatch" }, answerStatus: 401, eventIds: [] });
  expect(request?.body?.toString()).toBe(body);
  expect(await eventsFrom(source.id)).toEqual([]);
});
