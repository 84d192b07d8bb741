import { afterAll, expect, test } from "vitest";
import { addressPolicy } from "../../lib/delivery/address-policy.ts";
import type { CallResult } from "../../lib/delivery/call.ts";
import type { Lookup } from "../../lib/delivery/connect.ts";
import { Lines } from "../../lib/delivery/lines.ts";
import { sendOver } from "../../lib/delivery/send.ts";
import { SELF_SIGNED } from "../support/certificate.ts";
import { faultReceiver, silentServer } from "../support/receiver.ts";

const canary = await faultReceiver();
const closers: (() => void)[] = [];
afterAll(async () => {
  await canary.close();
  for (const close of closers) close();
});

type Setting = {
  host?: string;
  allow?: string[];
  lookup?: Lookup;
  builtIn?: boolean;
  receiverPort?: number;
  timeoutMs?: number;
};

/** One call, from a worker whose Posthorn listens on `host`. */
async function call(url: string, setting: Setting = {}): Promise<CallResult> {
  const { host = "0.0.0.0", allow = [], lookup = never, builtIn = false, receiverPort, timeoutMs = 2_000 } = setting;
  const environment = {
    HOST: host,
    PORT: 1,
    RECEIVER_PORT: receiverPort,
    DATABASE_URL: undefined,
    DELIVERY_ALLOW_CIDRS: allow,
  };
  const lines = new Lines({ policy: addressPolicy(environment), lookup, receiverPort });
  const target = {
    endpointId: "e",
    version: 1,
    url: new URL(url),
    builtIn,
    method: "POST" as const,
    timeoutMs,
    expectedStatuses: [],
  };
  const result = await sendOver(lines)({ target, headers: [["x-test", "1"]], body: Buffer.from("{}") });
  lines.close();
  return result!;
}

const never: Lookup = async (name) => {
  throw new Error(`${name} was looked up`);
};

function resolvesTo(...addresses: string[]): Lookup {
  return async () => addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
}

test.each(["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]", "2130706433", "0x7f000001", "127.1"])(
  "a literal %s is refused before a connection is made",
  async (host) => {
    const before = canary.calls.length;
    expect(await call(`http://${host}:${canary.port}/ok`)).toMatchObject({ outcome: "blocked", statusCode: null });
    expect(canary.calls.length).toBe(before);
  },
);

test.each([
  [["127.0.0.1"]],
  [["8.8.8.8", "127.0.0.1"]],
  [["169.254.169.254"]],
  [["::ffff:127.0.0.1"]],
  [["64:ff9b::7f00:1"]],
])("a name that resolves to %j is refused, whichever of the addresses is bad", async (addresses) => {
  const result = await call(`http://hooks.example:${canary.port}/ok`, { lookup: resolvesTo(...addresses) });
  expect(result).toMatchObject({ outcome: "blocked", detail: expect.stringContaining("hooks.example resolves to") });
});

test("an answer that changes between looks is used as it was vetted: there is no second look", async () => {
  let looks = 0;
  const rebinding: Lookup = async () => [{ address: looks++ === 0 ? "10.255.255.1" : "127.0.0.1", family: 4 }];
  const result = await call(`http://hooks.example:${canary.port}/ok`, {
    lookup: rebinding,
    allow: ["10.0.0.0/8"],
    timeoutMs: 300,
  });
  expect(result.outcome).not.toBe("success");
  expect(looks).toBe(1);
});

test("metadata stays closed in a range the operator has opened", async () => {
  expect(await call("http://169.254.169.254/latest", { allow: ["169.254.0.0/16"] })).toMatchObject({
    outcome: "blocked",
  });
});

test("loopback is reached when Posthorn itself listens on loopback, and a redirect to it is not followed", async () => {
  const url = `http://127.0.0.1:${canary.port}`;
  expect(await call(`${url}/ok`, { host: "127.0.0.1" })).toMatchObject({
    outcome: "success",
    remoteAddress: "127.0.0.1",
  });
  const before = canary.calls.length;
  expect(await call(`${url}/redirect?to=${url}/canary`, { host: "127.0.0.1" })).toMatchObject({ outcome: "redirect" });
  expect(canary.calls.length).toBe(before + 1);
});

test("only endpoints of the product's own reach its receiver", async () => {
  const port = canary.port;
  expect(await call("http://receiver.posthorn.internal/ok", { builtIn: true, receiverPort: port })).toMatchObject({
    outcome: "success",
  });
  expect(await call(`http://127.0.0.1:${port}/ok`, { host: "127.0.0.1", receiverPort: port })).toMatchObject({
    outcome: "blocked",
    detail: expect.stringContaining("Posthorn itself"),
  });
  const lookup: Lookup = () => Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" }));
  expect(await call("http://receiver.posthorn.internal/ok", { receiverPort: port, lookup })).toMatchObject({
    outcome: "dns",
  });
});

test("phases are timed per connection, and a second call says that it reused it", async () => {
  const policy = addressPolicy({
    HOST: "127.0.0.1",
    PORT: 1,
    RECEIVER_PORT: undefined,
    DATABASE_URL: undefined,
    DELIVERY_ALLOW_CIDRS: [],
  });
  const lines = new Lines({ policy, lookup: resolvesTo("127.0.0.1"), receiverPort: undefined });
  const target = {
    endpointId: "e",
    version: 1,
    url: new URL(`http://localhost:${canary.port}/ok`),
    builtIn: false,
    method: "POST" as const,
    timeoutMs: 2_000,
    expectedStatuses: [],
  };
  const send = () => sendOver(lines)({ target, headers: [], body: Buffer.from("{}") });
  const [first, second] = [await send(), await send()];
  expect(first).toMatchObject({
    reusedConnection: false,
    dnsMs: expect.any(Number),
    connectMs: expect.any(Number),
    tlsMs: null,
  });
  expect(second).toMatchObject({ reusedConnection: true, dnsMs: null, connectMs: null, outcome: "success" });
  lines.close();
});

test("a name that does not exist is dns, a closed port is connect", async () => {
  const lookup: Lookup = () => Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" }));
  expect(await call("http://nowhere.example/", { lookup })).toMatchObject({ outcome: "dns" });
  const closed = await silentServer();
  closed.close();
  expect(await call(`http://127.0.0.1:${closed.port}/`, { host: "127.0.0.1" })).toMatchObject({ outcome: "connect" });
});

test("a name server that never answers ends at the deadline", async () => {
  const result = await call("http://slow.example/", { lookup: () => new Promise(() => {}), timeoutMs: 200 });
  expect(result).toMatchObject({ outcome: "timeout", detail: expect.stringContaining("not resolved") });
  expect(result.totalMs).toBeLessThan(600);
});

test("a TLS server that hangs ends at the deadline", async () => {
  const silent = await silentServer();
  closers.push(silent.close);
  const result = await call(`https://127.0.0.1:${silent.port}/`, { host: "127.0.0.1", timeoutMs: 300 });
  expect(result).toMatchObject({ outcome: "timeout", detail: expect.stringContaining("TLS handshake") });
});

test("a self-signed certificate is refused, with the reason", async () => {
  const receiver = await faultReceiver(SELF_SIGNED);
  const result = await call(`${receiver.url}/ok`, { host: "127.0.0.1" });
  expect(result).toMatchObject({ outcome: "tls", detail: expect.stringContaining("self-signed") });
  expect(receiver.calls).toEqual([]);
  await receiver.close();
});

test("plain HTTP behind an https address is a TLS failure", async () => {
  expect(await call(`https://127.0.0.1:${canary.port}/ok`, { host: "127.0.0.1" })).toMatchObject({ outcome: "tls" });
});
