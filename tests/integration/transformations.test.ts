import { afterAll, beforeAll, expect, test } from "vitest";
import { updateEndpoint } from "../../lib/endpoints/commands.ts";
import { closeTransformations } from "../../lib/transformations/pool.ts";
import { testDatabase } from "../support/database.ts";
import {
  aQueuedDelivery,
  aSignedEndpoint,
  attemptsOf,
  aWorker,
  firstAttempt,
  hurry,
  liveJobs,
  type TestWorker,
  theDelivery,
} from "../support/deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { type FaultReceiver, faultReceiver } from "../support/receiver.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase();
const workspaceId = await aWorkspace();
let receiver: FaultReceiver;
let worker: TestWorker;

beforeAll(async () => {
  receiver = await faultReceiver();
  worker = aWorker({ releases: true });
});
afterAll(async () => {
  await worker.stop(0);
  await receiver.close();
  closeTransformations();
});

const anEndpointAt = (path: string, transformation: string | null, values = {}) =>
  aSignedEndpoint(workspaceId, { url: `${receiver.url}${path}`, transformation, ...values });

async function deliver(endpointId: string, payload?: string): Promise<string> {
  const id = await aQueuedDelivery(workspaceId, endpointId, { payload });
  worker.pump.wake();
  return id;
}

const callsAt = (path: string) => receiver.calls.filter((call) => call.path === path);
/** On a busy machine code waits for its turn: a while, and not for ever. */
const patient = { withinMs: 45_000 };
const over = (id: string) =>
  eventually(async () => {
    const row = await theDelivery(id);
    return row.finishedAt && row;
  }, patient);

test("the receiver gets what the transformation returned, under the type it gave, signed and in the endpoint's format", async () => {
  const code = `function transform({ id, type, data }) {
    return { type: type + ".v2", data: { from: id.slice(0, 4), doubled: data.n * 2 } };
  }`;
  const id = await deliver(await anEndpointAt("/ok/envelope", code), '{"n":21}');
  expect(await over(id)).toMatchObject({ status: "delivered", attempts: 1, eventType: "order.created" });
  const [call] = callsAt("/ok/envelope");
  expect(JSON.parse(String(call?.body))).toEqual({
    type: "order.created.v2",
    timestamp: expect.any(String),
    data: { from: "evt_", doubled: 42 },
  });
  const raw = await deliver(await anEndpointAt("/ok/raw", code, { format: "raw" }), '{"n":1}');
  await over(raw);
  expect(String(callsAt("/ok/raw")[0]?.body)).toBe('{"from":"evt_","doubled":2}');
});

test("null drops the event: discarded with the reason, without a call, and no trouble", async () => {
  const id = await deliver(await anEndpointAt("/ok/dropped", "function transform() { return null }"));
  expect(await over(id)).toMatchObject({
    status: "discarded",
    reason: "Dropped by the endpoint's transformation",
    trouble: false,
    attempts: 0,
  });
  expect(callsAt("/ok/dropped")).toEqual([]);
  expect(await liveJobs(id)).toEqual([]);
});

test("a transformation that fails is an attempt that says where, retried as planned, and delivered once it is corrected", async () => {
  const endpointId = await anEndpointAt("/ok/corrected", "function transform(event) {\n  return event.data.a.b;\n}");
  const id = await deliver(endpointId);
  expect(await eventually(() => firstAttempt(id))).toMatchObject({
    outcome: "cancelled",
    detail: "The transformation failed: TypeError: cannot read property 'b' of undefined (line 2)",
  });
  await eventually(async () => (await liveJobs(id)).length === 1);
  expect(await theDelivery(id)).toMatchObject({ status: "retrying", trouble: true, attempts: 1 });

  const transformation = "function transform({ data }) { return { data } }";
  await updateEndpoint(workspaceId, endpointId, { transformation }, { id: "usr_ada", name: "Ada" });
  await hurry(id);
  worker.pump.wake();
  expect(await over(id)).toMatchObject({ status: "delivered", attempts: 2 });
  expect((await attemptsOf(id)).map(({ outcome }) => outcome)).toEqual(["cancelled", "success"]);
});

test("every attempt sends the same body, whatever the code asks of clock and chance", async () => {
  const code = "function transform() { return { data: [Date.now(), Math.random()] } }";
  const id = await deliver(await anEndpointAt("/flaky/1", code, { format: "raw" }));
  await eventually(async () => (await theDelivery(id)).attempts === 1 && (await liveJobs(id)).length === 1);
  await hurry(id);
  worker.pump.wake();
  await over(id);
  const bodies = callsAt("/flaky/1").map(({ body }) => String(body));
  expect(bodies).toHaveLength(2);
  expect(bodies[0]).toBe(bodies[1]);
});

test("endpoints whose code never ends do not hold up the deliveries of others, with or without code", async () => {
  const stuck = await Promise.all([
    anEndpointAt("/ok/stuck", "function transform() { while (true); }", { retrySchedule: [] }),
    anEndpointAt("/ok/deaf", "function transform() { new Array(4294967295).indexOf(1) }", { retrySchedule: [] }),
  ]);
  const plain = await anEndpointAt("/ok/plain", null);
  const coded = await anEndpointAt("/ok/coded", "function transform({ data }) { return { data } }");
  const blocked = await Promise.all(Array.from({ length: 20 }, (_, n) => deliver(stuck[n % 2] ?? "")));

  const began = performance.now();
  await Promise.all((await Promise.all(Array.from({ length: 20 }, () => deliver(plain)))).map(over));
  expect(performance.now() - began).toBeLessThan(5_000);
  await over(await deliver(coded));
  const attempts = await eventually(async () => {
    const made = (await Promise.all(blocked.map(firstAttempt))).filter((attempt) => attempt !== undefined);
    return made.length > 1 && made;
  }, patient);
  for (const { outcome, detail } of attempts) {
    expect(outcome).toBe("cancelled");
    expect(detail).toMatch(/^The transformation failed: It ran for more than 500 ms/);
  }
  expect(callsAt("/ok/stuck").concat(callsAt("/ok/deaf"))).toEqual([]);
});
