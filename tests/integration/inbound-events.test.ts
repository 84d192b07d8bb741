import { afterAll, expect, test } from "vitest";
import { formatId } from "../../lib/ids.ts";
import { replayEdited } from "../../lib/replay/edit.ts";
import { replayEvent } from "../../lib/replay/replay.ts";
import { findEvent, listEvents } from "../../lib/reports/events.ts";
import { suggestEvents } from "../../lib/reports/suggest-events.ts";
import { testDatabase } from "../support/database.ts";
import { aSignedEndpoint, aWorker } from "../support/deliveries.ts";
import { openDoor } from "../support/door.ts";
import { eventually } from "../support/eventually.ts";
import { aPosting, aSource, eventsFrom, PUBLIC_URL, requestsOf, send } from "../support/inbound.ts";
import { GENUINE } from "../support/provider-calls.ts";
import { faultReceiver } from "../support/receiver.ts";
import { anEvent, aWorkspace } from "../support/traffic.ts";

await testDatabase({ PUBLIC_URL });
const door = await openDoor();
const receiver = await faultReceiver();
const worker = aWorker();
afterAll(async () => {
  await worker.stop(0);
  await receiver.close();
});

const AUTHOR = { id: "key_1", name: "Ops" };
const callsAt = (path: string, count = 1) =>
  eventually(async () => {
    const calls = receiver.calls.filter((call) => call.path === path);
    return calls.length >= count && calls;
  });

async function aGithubSource(values = {}) {
  const workspaceId = await aWorkspace();
  const secrets = [...(GENUINE.github?.secrets ?? [])];
  return { workspaceId, source: await aSource(workspaceId, { provider: "github", secrets, ...values }) };
}

test("an endpoint hears who sent it and how that was proven, gets the named headers, and no signature but ours", async () => {
  const forwardHeaders = ["x-github-event", "x-github-delivery", "x-hub-signature-256", "authorization", "x-own"];
  const { workspaceId, source } = await aGithubSource({ forwardHeaders });
  await aSignedEndpoint(workspaceId, { url: `${receiver.url}/ok/github`, format: "raw" });
  const posting = await aPosting(door, source, "github");
  const headers = { ...posting.headers, authorization: "Bearer x", "x-own": "1", "posthorn-source": "forged" };

  expect((await send({ ...posting, headers })).status).toBe(200);

  const [call] = await callsAt("/ok/github");
  const [request] = await requestsOf(source.id);
  const said = `github; id=${formatId("src", source.id)}; request=${formatId("req", request!.id)}; verified=signature`;
  expect(call?.headers).toMatchObject({
    "posthorn-source": said,
    "x-github-event": "pull_request",
    "x-own": "1",
    "content-type": posting.headers["content-type"],
    "webhook-signature": expect.stringMatching(/^v1,/),
  });
  expect(call?.headers).not.toHaveProperty("x-hub-signature-256");
  expect(call?.headers).not.toHaveProperty("authorization");
});

test("a replay says the same of where it came from; an edited event is nobody's proof any more", async () => {
  const { workspaceId, source } = await aGithubSource({ forwardHeaders: ["x-github-event"] });
  await aSignedEndpoint(workspaceId, { url: `${receiver.url}/ok/again`, format: "raw" });
  await send(await aPosting(door, source, "github"));
  await callsAt("/ok/again");
  const [event] = await eventsFrom(source.id);
  expect(event?.type).toBe("github.pull_request.opened");

  await replayEvent(workspaceId, event!.id, AUTHOR);
  const [first, second] = await callsAt("/ok/again", 2);
  expect(second?.headers["posthorn-source"]).toBe(first?.headers["posthorn-source"]);
  expect(second?.headers["x-github-event"]).toBe("pull_request");

  const edited = await replayEdited(workspaceId, event!.id, { data: Buffer.from('{"edited":1}') }, AUTHOR);
  const calls = await callsAt("/ok/again", 3);
  expect(calls[2]?.headers["posthorn-source"]).toMatch(/verified=none; edited$/);
  expect(await findEvent(workspaceId, "eventId" in edited ? edited.eventId : "")).toMatchObject({
    sourceId: source.id,
    requestId: event?.requestId,
  });
});

test("a CloudEvent names the source it came from", async () => {
  const { workspaceId, source } = await aGithubSource();
  await aSignedEndpoint(workspaceId, { url: `${receiver.url}/ok/cloud`, format: "cloudevents" });
  await send(await aPosting(door, source, "github"));
  const [call] = await callsAt("/ok/cloud");
  const said = JSON.parse(String(call?.body));
  expect(said.source).toMatch(new RegExp(`^${PUBLIC_URL}/w/.+/sources/${formatId("src", source.id)}$`));
});

test("events are found by the source they came from, in their own workspace", async () => {
  const { workspaceId, source } = await aGithubSource();
  await send(await aPosting(door, source, "github"));
  await anEvent(workspaceId);
  const [event] = await eventsFrom(source.id);
  const found = async (workspace: string) =>
    (await listEvents(workspace, { sourceId: source.id })).rows.map(({ id, requestId }) => [id, requestId]);
  expect(await found(workspaceId)).toEqual([[event?.id, event?.requestId]]);
  expect(await found(await aWorkspace())).toEqual([]);
  expect(await suggestEvents(workspaceId, "source:my", {})).toEqual([
    { text: `source:${formatId("src", source.id)}`, label: "My github" },
  ]);
});

test("an event goes to the endpoints of the customer that its body names", async () => {
  const { workspaceId, source } = await aGithubSource({ customerAt: "repository.owner" });
  const at = (customer: string) =>
    aSignedEndpoint(workspaceId, { url: `${receiver.url}/ok/${customer}`, customer, format: "raw" });
  await at("acme");
  await at("other");
  const body = '{"action":"opened","repository":{"owner":"acme"}}';
  await send(await aPosting(door, source, "github", { body }));
  await callsAt("/ok/acme");
  const [event] = await eventsFrom(source.id);
  expect(event?.customer).toBe("acme");
  expect((await findEvent(workspaceId, event!.id))?.deliveries).toHaveLength(1);
});
