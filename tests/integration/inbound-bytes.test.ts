import { randomBytes } from "node:crypto";
import http from "node:http";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { testDatabase } from "../support/database.ts";
import { aSignedEndpoint, aWorker } from "../support/deliveries.ts";
import { openDoor } from "../support/door.ts";
import { eventually } from "../support/eventually.ts";
import { aSource } from "../support/inbound.ts";
import { faultReceiver } from "../support/receiver.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase();
const door = await openDoor();
const receiver = await faultReceiver();
const worker = aWorker();
const agent = new http.Agent({ keepAlive: true, maxSockets: 32 });
afterAll(async () => {
  agent.destroy();
  await worker.stop();
  await receiver.close();
});

const BODIES = 10_000;
const AT_ONCE = 32;
const TYPES = ["application/json", "application/x-www-form-urlencoded", "text/plain", "application/xml", "image/png"];

/** What senders and their mistakes put into bodies: bytes, broken and odd JSON, bad UTF-8, nested and enormous numbers. */
const body = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.json().map((text) => Buffer.from(text)),
  fc.string({ unit: "binary", maxLength: 100 }).map((text) => Buffer.from(text)),
  fc
    .bigInt({ max: 10n ** 60n })
    .map((number) => Buffer.from(`{"id":${number},"id":-${number}e308,"__proto__":{"a":1}}`)),
  fc.nat({ max: 3_000 }).map((depth) => Buffer.from("[".repeat(depth) + "]".repeat(depth))),
  fc.json().map((text) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])),
  fc.json().map((text) => Buffer.from(text.slice(0, -1))),
  fc.string({ maxLength: 50 }).map((text) => Buffer.from(`type=${text}&a[__proto__]=\0&%zz=%`)),
  fc.constantFrom(
    Buffer.from([0xff, 0xfe, 0]),
    Buffer.from('"\ud800"'),
    Buffer.from('{"type":"\\u0000"}'),
    Buffer.alloc(0),
  ),
);

function post(path: string, contentType: string, bytes: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": contentType, "content-length": bytes.length };
    const request = http.request(door.url + path, { method: "POST", agent, headers }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode ?? 0));
    });
    request.on("error", reject);
    request.end(bytes);
  });
}

test(`${BODIES} bodies of every kind come out at an endpoint byte for byte`, async () => {
  const workspaceId = await aWorkspace();
  const source = await aSource(workspaceId, { provider: "unsigned", typePrefix: "" });
  await aSignedEndpoint(workspaceId, { url: `${receiver.url}/ok`, format: "raw" });
  const seed = randomBytes(4).readInt32LE();
  const bodies = fc.sample(body, { numRuns: BODIES, seed });
  const statuses = new Map<number, number>();
  const lines = Array.from({ length: AT_ONCE }, async (_, line) => {
    for (let at = line; at < bodies.length; at += AT_ONCE) {
      const status = await post(source.path, TYPES[at % TYPES.length] ?? "", bodies[at] ?? Buffer.alloc(0));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  });
  await Promise.all(lines);
  expect(Object.fromEntries(statuses), `seed ${seed}`).toEqual({ 200: BODIES });

  await eventually(() => receiver.calls.length === BODIES, { withinMs: 50_000 });
  const sorted = (all: Buffer[]) => all.map((bytes) => bytes.toString("hex")).sort();
  const [sent, received] = [sorted(bodies), sorted(receiver.calls.map((call) => call.body))];
  expect(
    received.findIndex((hex, at) => hex !== sent[at]),
    `seed ${seed}`,
  ).toBe(-1);
}, 180_000);
