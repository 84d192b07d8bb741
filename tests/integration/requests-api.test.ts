import { expect, test } from "vitest";
import { LONGEST_WAIT_SECONDS, listLaterRequests } from "../../lib/api/later-requests.ts";
import { formatId } from "../../lib/ids.ts";
import { announceChange } from "../../lib/live/announce.ts";
import { LiveHub } from "../../lib/live/hub.ts";
import { sampleCall } from "../../lib/providers/sample.ts";
import { anApiClient } from "../support/api.ts";
import { testDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { addSourceSecret, aSource, eventsFrom } from "../support/inbound.ts";
import { aRefusedRequest, aRequest, aSourceRow } from "../support/requests.ts";
import { anEndpoint, anEvent, aWorkspace } from "../support/traffic.ts";

await testDatabase();

const BYTES = Buffer.from([0xff, 0x00, 0x7b, 0x0a]);
const outside = (id: string) => formatId("req", id);

async function aSourceWithApi() {
  const workspaceId = await aWorkspace();
  return { workspaceId, sourceId: await aSourceRow(workspaceId), api: await anApiClient(workspaceId) };
}

test("a request comes with its headers, its body as it was, and as text when it is text", async () => {
  const { workspaceId, sourceId, api } = await aSourceWithApi();
  const headers: [string, string][] = [
    ["content-type", "text/plain"],
    ["authorization", "••••••••"],
  ];
  const text = await aRequest(workspaceId, sourceId, { body: Buffer.from("größe"), headers });
  const found = (await api("GET", `/requests/${outside(text)}`)).body;
  expect(found).toMatchObject({
    id: outside(text),
    source: formatId("src", sourceId),
    sourceName: "Payments",
    provider: "stripe",
    verdict: "accepted",
    headers,
    body: Buffer.from("größe").toString("base64"),
    text: "größe",
  });

  const binary = outside(await aRequest(workspaceId, sourceId, { body: BYTES }));
  expect((await api("GET", `/requests/${binary}`)).body).toMatchObject({ body: BYTES.toString("base64"), text: null });
});

test("the raw body is byte for byte, and no browser shows it", async () => {
  const { workspaceId, sourceId, api } = await aSourceWithApi();
  const id = await aRequest(workspaceId, sourceId, { body: BYTES, contentType: "text/html" });
  const answer = await api("GET", `/requests/${outside(id)}/body`);
  expect(answer.bytes.equals(BYTES)).toBe(true);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": "attachment",
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
  const empty = outside(await aRequest(workspaceId, sourceId, { body: Buffer.alloc(0) }));
  expect(await api("GET", `/requests/${empty}/body`)).toMatchObject({ status: 200, text: "" });
  const gone = outside(await aRequest(workspaceId, sourceId, { body: null, bodyBytes: 3 }));
  expect((await api("GET", `/requests/${gone}/body`)).body).toMatchObject({ status: 404, code: "not_found" });
});

test("requests are listed by source, verdict and type", async () => {
  const { workspaceId, sourceId, api } = await aSourceWithApi();
  const other = await aSourceRow(workspaceId);
  const refused = outside(await aRefusedRequest(workspaceId, sourceId));
  const accepted = outside(await aRequest(workspaceId, other));
  const listed = async (query: string) =>
    (await api("GET", `/requests?${query}`)).body.data.map(({ id }: { id: string }) => id);
  expect(await listed("")).toEqual([accepted, refused]);
  expect(await listed(`source=${formatId("src", sourceId)}`)).toEqual([refused]);
  expect(await listed("verdict=refused")).toEqual([refused]);
  expect(await listed("type=invoice.paid")).toEqual([accepted]);
  const [row] = (await api("GET", "/requests?verdict=refused")).body.data;
  expect(row).toMatchObject({ fault: { code: "mismatch" }, answerStatus: 401, events: [] });
});

test("what came after a request is answered oldest first, from the start on and a page at a time", async () => {
  const { workspaceId, sourceId, api } = await aSourceWithApi();
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) ids.push(outside(await aRequest(workspaceId, sourceId)));
  const later = async (query: string) => (await api("GET", `/requests?${query}`)).body;
  const page = await later("after=start&limit=2");
  expect(page).toMatchObject({ next: null, previous: null });
  expect(page.data.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2));
  const rest = await later(`after=${ids[1]}`);
  expect(rest.data.map(({ id }: { id: string }) => id)).toEqual(ids.slice(2));
  expect((await later(`after=${ids[4]}`)).data).toEqual([]);
});

test("a call that waits is answered with the first request that comes", async () => {
  const { workspaceId, sourceId, api } = await aSourceWithApi();
  const last = await aRequest(workspaceId, sourceId);
  const answer = api("GET", `/requests?after=${outside(last)}&wait=${LONGEST_WAIT_SECONDS}`);
  const next = await aRequest(workspaceId, sourceId);
  announceChange(workspaceId);
  expect((await answer).body.data).toMatchObject([{ id: outside(next) }]);
});

test("a call that waits is answered at once when the process ends, and waits no longer than it was told", async () => {
  const { workspaceId, sourceId, api } = await aSourceWithApi();
  const last = await aRequest(workspaceId, sourceId);
  expect((await api("GET", `/requests?after=${outside(last)}&wait=1`)).body.data).toEqual([]);
  const hub = new LiveHub();
  const asked = { after: last, limit: 50, waitSeconds: LONGEST_WAIT_SECONDS };
  const waiting = listLaterRequests(workspaceId, {}, asked, hub);
  await eventually(async () => expect(hub.isHearing).toBe(true));
  await hub.close();
  expect(await waiting).toEqual([]);
});

test.each(["wait=21", "wait=-1", "wait=x", "wait=1e1", "after=evt_1", "after=", "source=req_1", "verdict=lost"])(
  "the list refuses %s",
  async (query) => {
    const { api } = await aSourceWithApi();
    expect((await api("GET", `/requests?${query}`)).body.code).toBe("invalid_parameter");
  },
);

test("a replay delivers what the request became, or repeats; one that became nothing says so", async () => {
  const { workspaceId, sourceId, api } = await aSourceWithApi();
  const [endpointId, eventId] = [await anEndpoint(workspaceId), await anEvent(workspaceId)];
  const replay = (id: string, body: object = {}) => api("POST", `/requests/${outside(id)}/replay`, body);
  const became = await aRequest(workspaceId, sourceId, { eventIds: [eventId] });
  const repeat = await aRequest(workspaceId, sourceId, { verdict: "duplicate", duplicateOf: eventId });
  for (const id of [became, repeat]) {
    const answer = await replay(id, { endpoint: formatId("ep", endpointId) });
    expect([answer.status, answer.body.deliveries]).toEqual([202, [expect.stringMatching(/^dlv_/)]]);
    const [delivery] = answer.body.deliveries;
    expect((await api("GET", `/deliveries/${delivery}`)).body).toMatchObject({ event: formatId("evt", eventId) });
  }
  const none = await aRefusedRequest(workspaceId, sourceId);
  expect((await replay(none)).body).toMatchObject({ code: "conflict" });
  const strange = formatId("ep", await anEndpoint(await aWorkspace()));
  expect((await replay(became, { endpoint: strange })).body).toMatchObject({ code: "invalid_field" });
  expect((await replay(became, { endpoint: "x" })).body).toMatchObject({ code: "invalid_field" });
});

test("a refused request is verified again once its source has the right secret, and becomes one event", async () => {
  const workspaceId = await aWorkspace();
  const api = await anApiClient(workspaceId);
  const source = await aSource(workspaceId, { secrets: ["whsec_wrong"] });
  const asked = { url: "https://hooks.example.com/in/x", settings: {}, id: "abc", at: new Date() };
  const sampled = await sampleCall("stripe", ["whsec_right"], asked);
  if (!sampled.made) throw new Error(sampled.why);
  const { body, headers } = sampled.call;
  const id = await aRefusedRequest(workspaceId, source.id, { body, headers: Object.entries(headers) });
  const again = () => api("POST", `/requests/${outside(id)}/reverify`);

  expect(await again()).toMatchObject({ status: 202, body: { verdict: "refused", events: [], acceptedAt: null } });
  await addSourceSecret(source.id, "whsec_right");
  expect(await again()).toMatchObject({
    status: 202,
    body: { id: outside(id), verdict: "accepted", events: [expect.stringMatching(/^evt_/)] },
  });
  expect(await eventsFrom(source.id)).toHaveLength(1);
  expect((await again()).body).toMatchObject({ status: 409, code: "conflict" });
});
