import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formatId } from "../../lib/ids.ts";
import { testDatabase } from "../support/database.ts";
import {
  aQueuedDelivery,
  aSignedEndpoint,
  attemptsOf,
  aWorker,
  firstAttempt,
  hurry,
  liveJobs,
  SECRET,
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
  worker = aWorker();
});
afterAll(async () => {
  await worker.stop(0);
  await receiver.close();
});

async function deliverTo(path: string, values: Parameters<typeof aSignedEndpoint>[1] = {}, payload?: string) {
  const endpointId = await aSignedEndpoint(workspaceId, {
    url: `${receiver.url}${path}`,
    timeoutSeconds: 1,
    ...values,
  });
  const id = await aQueuedDelivery(workspaceId, endpointId, { payload });
  worker.pump.wake();
  return id;
}

/** The delivery and its first attempt, once that is on record. */
async function recorded(deliveryId: string) {
  const attempt = await eventually(() => firstAttempt(deliveryId));
  return { attempt, delivery: await theDelivery(deliveryId) };
}

test("a delivery arrives once, signed as the Standard Webhooks library expects, with the payload byte for byte", async () => {
  const payload = '{"b":1E2,  "a":9007199254740993,"a":"\\u0000"}';
  const id = await deliverTo("/ok/first", {}, payload);
  const { attempt, delivery } = await recorded(id);

  expect(delivery).toMatchObject({ status: "delivered", attempts: 1, trouble: false, lastStatusCode: 200 });
  expect(attempt).toMatchObject({ number: 1, trigger: "first", outcome: "success", statusCode: 200, detail: null });
  expect(attempt.responseBody?.toString()).toBe("thank you");
  expect(await liveJobs(id)).toEqual([]);

  const [call, ...others] = receiver.calls.filter(({ path }) => path === "/ok/first");
  expect(others).toEqual([]);
  expect(call!.headers["webhook-id"]).toBe(formatId("evt", delivery.eventId));
  expect(call!.headers["user-agent"]).toMatch(/^Posthorn\/\d/);
  expect(call!.body.toString()).toMatch(/^\{"type":"order.created","timestamp":"[^"]+","data":/);
  expect(call!.body.toString().endsWith(`"data":${payload}}`)).toBe(true);
  expect(() =>
    new Webhook(SECRET).verify(call!.body.toString(), call!.headers as Record<string, string>),
  ).not.toThrow();
});

test.each([
  ["/status/500", "http_error", 500, null],
  ["/status/404", "http_error", 404, null],
  ["/hang", "timeout", null, /did not answer within 1 s/],
  ["/drip-headers", "timeout", null, /did not answer within 1 s/],
  ["/early-hints", "timeout", null, /did not answer within 1 s/],
  ["/reset-before", "reset", null, /closed the connection/],
  ["/garbage", "protocol", null, /not valid HTTP/],
  ["/huge-header", "too_large", null, /larger than 16 KiB/],
  ["/redirect?to=http://127.0.0.1:1/canary", "redirect", 302, /never followed/],
  ["/nul", "http_error", 500, null],
  ["/reset?status=500", "http_error", 500, /broke before/],
])("%s ends as %s, in time, with its own sentence, and is planned again", async (path, outcome, statusCode, detail) => {
  const id = await deliverTo(path);
  const { attempt, delivery } = await recorded(id);

  expect(attempt).toMatchObject({ outcome, statusCode });
  expect(attempt.totalMs).toBeLessThan(1_600);
  if (detail) expect(attempt.detail).toMatch(detail);
  else expect(attempt.detail).toBeNull();
  expect(delivery).toMatchObject({
    status: "retrying",
    trouble: true,
    attempts: 1,
    scheduleStep: 0,
    lastOutcome: outcome,
  });
  expect(await liveJobs(id)).toHaveLength(1);
});

test.each([
  ["/drip", /not complete within 1 s/],
  ["/endless", /longer than 64 KiB/],
  ["/gzip-bomb", null],
  ["/reset", /broke before/],
  ["/short", /broke before/],
  ["/set-cookie", null],
])("%s answered 2xx and counts as delivered, whatever its body did", async (path, detail) => {
  const { attempt, delivery } = await recorded(await deliverTo(path));

  expect(attempt).toMatchObject({ outcome: "success", statusCode: 200, responseCut: detail !== null });
  if (detail) expect(attempt.detail).toMatch(detail);
  expect(attempt.responseBody?.length ?? 0).toBeLessThanOrEqual(65_536);
  expect(delivery.status).toBe("delivered");
});

test("NUL bytes of a response are stored as they came", async () => {
  const { attempt } = await recorded(await deliverTo("/nul"));
  expect(attempt.responseBody).toEqual(Buffer.from([0, 1, 2, 0, 255, 0]));
});

test.each([
  ["/retry-after/429/20", 20, 22],
  ["/retry-date/503/20", 19, 22],
  ["/retry-after/429/999999999", 3_600, 3_960],
  ["/retry-after/429/-7", 4.5, 5.5],
  ["/retry-after/429/soon", 4.5, 5.5],
])("%s waits between %d and %d seconds", async (path, least, most) => {
  const id = await deliverTo(path);
  const { delivery } = await recorded(id);
  const [job] = await liveJobs(id);
  const seconds = (delivery.nextAttemptAt!.getTime() - (await firstAttempt(id))!.startedAt.getTime()) / 1_000;
  expect(seconds).toBeGreaterThanOrEqual(least);
  expect(seconds).toBeLessThan(most + 1.5);
  expect(Math.abs(job!.startAfter.getTime() - delivery.nextAttemptAt!.getTime())).toBeLessThan(50);
});

test("a flaky receiver gets the same id and body each time, with a fresh signature, until it is delivered", async () => {
  const id = await deliverTo("/flaky/2");
  for (const number of [1, 2]) {
    await eventually(async () => (await theDelivery(id)).attempts === number && (await liveJobs(id)).length === 1);
    await hurry(id);
    worker.pump.wake();
  }
  await eventually(async () => (await theDelivery(id)).status === "delivered");

  expect(await attemptsOf(id)).toMatchObject([
    { number: 1, trigger: "first", outcome: "http_error" },
    { number: 2, trigger: "schedule", outcome: "http_error" },
    { number: 3, trigger: "schedule", outcome: "success" },
  ]);
  expect(await theDelivery(id)).toMatchObject({ attempts: 3, scheduleStep: 2, trouble: false, reason: null });
  const calls = receiver.calls.filter(({ path }) => path === "/flaky/2");
  expect(new Set(calls.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(new Set(calls.map(({ body }) => body.toString())).size).toBe(1);
});

test("an exhausted schedule leaves the delivery failed, without a job", async () => {
  const id = await deliverTo("/status/500", { retrySchedule: [] });
  const { delivery } = await recorded(id);
  expect(delivery).toMatchObject({ status: "failed", reason: expect.stringContaining("no retries") });
  expect(delivery.finishedAt).not.toBeNull();
  expect(await liveJobs(id)).toEqual([]);
});
