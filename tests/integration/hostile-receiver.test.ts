import tls from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EXPIRED, OTHER_NAME, SELF_SIGNED, TEST_AUTHORITY, TRUSTED } from "../support/certificate.ts";
import { testDatabase } from "../support/database.ts";
import type { TestWorker } from "../support/deliveries.ts";
import {
  aQueuedDelivery,
  aSignedEndpoint,
  attemptsOf,
  aWorker,
  firstAttempt,
  theDelivery,
} from "../support/deliveries.ts";
import { eventually } from "../support/eventually.ts";
import { type FaultReceiver, faultReceiver, silentServer } from "../support/receiver.ts";
import { aWorkspace } from "../support/traffic.ts";
import { aWorkerProcess } from "../support/worker.ts";

// Whatever a receiver does, an attempt ends with its own outcome, in time, without harm to the worker or the next one.

await testDatabase({ HOST: "127.0.0.1" });
tls.setDefaultCACertificates([...tls.getCACertificates("default"), TEST_AUTHORITY]);
const workspaceId = await aWorkspace();
const SECOND = 1;
/** The deadline of an attempt, and the time that ending and recording it may take on a busy machine. */
const IN_TIME_MS = 2_000;

let receiver: FaultReceiver;
let canary: FaultReceiver;
let worker: TestWorker;
const opened: { close: () => unknown }[] = [];

beforeAll(async () => {
  [receiver, canary] = await Promise.all([faultReceiver(), faultReceiver()]);
  opened.push(receiver, canary);
  worker = aWorker({ host: "127.0.0.1" });
});
afterAll(async () => {
  await worker.stop(0);
  await Promise.all(opened.map((one) => one.close()));
});

const anEndpointAt = (url: string, values: Partial<Parameters<typeof aSignedEndpoint>[1]> = {}) =>
  aSignedEndpoint(workspaceId, { url, timeoutSeconds: SECOND, ...values });

async function attemptAt(url: string) {
  const id = await aQueuedDelivery(workspaceId, await anEndpointAt(url));
  worker.pump.wake();
  const attempt = await eventually(() => firstAttempt(id));
  return { attempt, delivery: await theDelivery(id) };
}

test.each([
  ["/hang", "timeout", null, "did not answer within 1 s"],
  ["/drip-headers", "timeout", null, "did not answer within 1 s"],
  ["/early-hints", "timeout", null, "did not answer within 1 s"],
  ["/drip", "success", 200, "not complete within 1 s"],
  ["/endless", "success", 200, "longer than 64 KiB"],
  ["/gzip-bomb", "success", 200, null],
  ["/huge-header", "too_large", null, "larger than 16 KiB"],
  ["/many-headers", "too_large", null, "larger than 16 KiB"],
  ["/reset-before", "reset", null, "closed the connection"],
  ["/reset?status=500", "http_error", 500, "broke before"],
  ["/short", "success", 200, "broke before"],
  ["/garbage", "protocol", null, "not valid HTTP"],
  ["/redirect-loop", "redirect", 307, "never followed"],
  ["/down/60000", "reset", null, "closed the connection"],
  ["/xss", "http_error", 500, null],
  ["/binary", "http_error", 500, null],
  ["/set-cookie", "success", 200, null],
])("%s ends as %s, in time", async (path, outcome, statusCode, words) => {
  const { attempt } = await attemptAt(`${receiver.url}${path}`);
  expect(attempt).toMatchObject({ outcome, statusCode });
  expect(attempt.totalMs).toBeLessThan(IN_TIME_MS);
  if (words) expect(attempt.detail).toContain(words);
  else expect(attempt.detail).toBeNull();
  expect(attempt.responseBody?.length ?? 0).toBeLessThanOrEqual(65_536);
  expect(receiver.calls.filter((call) => path.startsWith(call.path))).toHaveLength(1);
});

test("a redirect to somewhere else is told, not followed", async () => {
  const to = `${canary.url}/ok`;
  const { attempt } = await attemptAt(`${receiver.url}/redirect?to=${encodeURIComponent(to)}`);
  expect(attempt).toMatchObject({ outcome: "redirect", statusCode: 302, detail: expect.stringContaining(to) });
  expect(canary.calls).toEqual([]);
});

test("what a receiver writes is kept byte for byte and looked at by nobody", async () => {
  const { attempt: binary } = await attemptAt(`${receiver.url}/binary`);
  expect(binary.responseBody).toEqual(Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)));
  const { attempt: script } = await attemptAt(`${receiver.url}/xss`);
  expect(script.responseBody?.toString()).toBe("<script>alert(1)</script>");
});

test("a port that accepts and says nothing ends at the deadline, with TLS and without", async () => {
  const silent = await silentServer();
  opened.push(silent);
  const answers = await Promise.all(
    ["http", "https"].map((scheme) => attemptAt(`${scheme}://127.0.0.1:${silent.port}/`)),
  );
  expect(answers.map(({ attempt }) => [attempt.outcome, attempt.detail])).toEqual([
    ["timeout", "The receiver did not answer within 1 s"],
    ["timeout", "The TLS handshake was not done within 1 s"],
  ]);
  for (const { attempt } of answers) expect(attempt.totalMs).toBeLessThan(IN_TIME_MS);
});

const OLD_PROTOCOL = {
  ...TRUSTED,
  minVersion: "TLSv1",
  maxVersion: "TLSv1.1",
  ciphers: "DEFAULT@SECLEVEL=0",
} as const;

test.each([
  ["a certificate in order", TRUSTED, "success", null],
  ["a self-signed certificate", SELF_SIGNED, "tls", "self-signed"],
  ["an expired certificate", EXPIRED, "tls", "has expired"],
  ["another name's certificate", OTHER_NAME, "tls", "belongs to another name"],
  ["only TLS 1.1", OLD_PROTOCOL, "tls", "handshake failed"],
])("a receiver with %s ends as such, and nothing is sent in clear instead", async (_, options, outcome, words) => {
  const secure = await faultReceiver(options);
  opened.push(secure);
  const { attempt } = await attemptAt(`${secure.url}/ok`);
  expect(attempt.outcome, attempt.detail ?? "").toBe(outcome);
  if (words) expect(attempt.detail).toContain(words);
  expect(secure.calls).toHaveLength(outcome === "success" ? 1 : 0);
});

test.each(["POST", "PUT"] as const)(
  "a connection that the receiver closes as it is used again is a counted attempt, not a hidden second %s",
  async (method) => {
    const path = `/keep-alive-race/${method}`;
    const endpointId = await anEndpointAt(`${receiver.url}${path}`, { method });
    const calls = () => receiver.calls.filter((call) => call.path === path).length;
    const first = await aQueuedDelivery(workspaceId, endpointId);
    worker.pump.wake();
    await eventually(async () => (await theDelivery(first)).status === "delivered");
    const second = await aQueuedDelivery(workspaceId, endpointId);
    worker.pump.wake();
    const attempt = await eventually(() => firstAttempt(second));
    expect(attempt).toMatchObject({ outcome: "reset", reusedConnection: true });
    expect(calls()).toBe(2);
    expect(await attemptsOf(second)).toHaveLength(1);
  },
);

test.skipIf(process.platform !== "linux")(
  "bodies without end, bombs and swarms of headers leave the worker's memory flat",
  async () => {
    // A worker of its own: the one in this process would take part of the work.
    await worker.stop(5_000);
    const ownWorker = await aWorkerProcess();
    opened.push({ close: () => ownWorker.child.kill("SIGKILL") });
    const paths = ["/endless", "/gzip-bomb", "/huge-header", "/many-headers"];
    const endpoints = await Promise.all(
      paths.map((path) => anEndpointAt(`${receiver.url}${path}`, { timeoutSeconds: 20, retrySchedule: [] })),
    );
    const round = async () => {
      const ids = await Promise.all(
        Array.from({ length: 40 }, (_, n) => aQueuedDelivery(workspaceId, endpoints[n % paths.length]!)),
      );
      const statuses = async () => (await Promise.all(ids.map(theDelivery))).map(({ status }) => status);
      await eventually(async () => !(await statuses()).includes("queued"), { withinMs: 30_000, everyMs: 100 });
    };
    // Until the young generation has its full size.
    for (let warm = 0; warm < 20; warm++) await round();
    const before = ownWorker.residentMb();
    for (let more = 0; more < 3; more++) await round();
    expect(ownWorker.residentMb() - before).toBeLessThan(20);
  },
);
