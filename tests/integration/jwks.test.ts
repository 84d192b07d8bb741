import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { Call } from "../../lib/providers/call.ts";
import { providerOf } from "../../lib/providers/registry.ts";
import type { Settings } from "../../lib/providers/settings.ts";
import { keysOf, proveWithKeys } from "../../lib/sources/jwks.ts";
import { testDatabase } from "../support/database.ts";

await testDatabase();

const MINUTE = 60_000;
const START = Date.now();

/** What the provider's key server publishes at each path, and how often it was asked. */
const published = new Map<string, { status?: number; body: string }>();
const asked: string[] = [];
const server = http.createServer((request, response) => {
  asked.push(request.url ?? "");
  const { status = 404, body = "" } = { status: 200, ...published.get(request.url ?? "") };
  response.writeHead(published.has(request.url ?? "") ? status : 404, { "content-type": "application/json" }).end(body);
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(() => void server.close());
beforeEach(() => {
  asked.length = 0;
});

type Signer = Awaited<ReturnType<typeof aKey>>;
async function aKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: "RS256" } };
}

function publish(path: string, ...keys: { jwk: object }[]): Settings {
  published.set(path, { body: JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }) });
  return settingsFor(path);
}

function settingsFor(path: string): Settings {
  return { token: { algorithms: ["RS256"], keysUrl: `${base}${path}` } };
}

async function prove(settings: Settings, { kid, privateKey }: Signer, now = START) {
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: "RS256", kid })
    .setExpirationTime("2h")
    .sign(privateKey);
  const call: Call = {
    method: "POST",
    url: "https://hooks.example.com/in/x",
    headers: new Map([["authorization", `Bearer ${token}`]]),
    body: Buffer.from("{}"),
    receivedAt: new Date(START),
  };
  return proveWithKeys(settings, (filled) => providerOf("jwt").prove(call, [], filled), now);
}

const first = await aKey("first");
const second = await aKey("second");
const PROVEN = { proven: true, secret: null };

test("a token is proven by a key of the JWKS, which is fetched once for many calls", async () => {
  const settings = publish("/once", first);
  const proofs = await Promise.all(Array.from({ length: 20 }, () => prove(settings, first)));
  expect(proofs).toEqual(Array.from({ length: 20 }, () => PROVEN));
  expect(await keysOf(settings, START)).toMatchObject({ keys: [{ kid: "first" }] });
  expect(asked).toEqual(["/once"]);
});

test("a key that the provider has changed to is picked up with the first token it signs", async () => {
  const settings = publish("/rotated", first);
  expect(await prove(settings, first)).toEqual(PROVEN);
  publish("/rotated", second);
  expect(await prove(settings, second, START + MINUTE)).toEqual(PROVEN);
  expect(await prove(settings, first, START + 2 * MINUTE)).toEqual({ proven: false, fault: { code: "mismatch" } });
});

test("forged tokens make us ask the key server at most twice a minute", async () => {
  const settings = publish("/forged", first);
  for (let seconds = 0; seconds <= 60; seconds++) {
    const proof = await prove(settings, second, START + seconds * 1_000);
    expect(proof).toEqual({ proven: false, fault: { code: "mismatch" } });
  }
  expect(asked.length).toBeLessThanOrEqual(3);
});

test("a key server that is away is said to be the reason, and asked again half a minute later", async () => {
  const settings = settingsFor("/away");
  const refused = await prove(settings, first);
  expect(refused).toMatchObject({ proven: false, fault: { code: "token" } });
  expect(JSON.stringify(refused)).toContain("it answered 404");
  publish("/away", first);
  expect(await prove(settings, first, START + 29_999)).toMatchObject({ proven: false });
  expect(await prove(settings, first, START + 30_000)).toEqual(PROVEN);
});

test("kept keys go on proving for a day while the key server is away, and not longer", async () => {
  const settings = publish("/outlived", first);
  expect(await prove(settings, first)).toEqual(PROVEN);
  published.set("/outlived", { status: 500, body: "" });
  expect(await prove(settings, first, START + 24 * 60 * MINUTE)).toEqual(PROVEN);
  expect(await prove(settings, first, START + 24 * 60 * MINUTE + MINUTE)).toMatchObject({ proven: false });
});

test.each([
  ["what is no JSON", "<html>"],
  ["what has no keys", '{"jwks":[]}'],
  ["what is not an object", "null"],
  ["more keys than a set has", JSON.stringify({ keys: Array.from({ length: 101 }, () => first.jwk) })],
  ["more bytes than are read", JSON.stringify({ keys: [first.jwk], padding: "x".repeat(65_536) })],
])("%s is no JWKS", async (name, body) => {
  const path = `/${encodeURIComponent(name)}`;
  published.set(path, { body });
  expect(JSON.stringify(await prove(settingsFor(path), first))).toContain("is no JWKS");
});

test("a shared secret or a private key in a published set proves nothing", async () => {
  const settings = publish("/secrets", { jwk: { kty: "oct", k: "c2VjcmV0" } }, { jwk: { ...first.jwk, d: "AQAB" } });
  expect(await keysOf(settings, START)).toEqual({ keys: [] });
});

test.each(["http://169.254.169.254/jwks", "http://user:pass@example.com/jwks", "ftp://example.com/jwks"])(
  "the address guard refuses %s",
  async (keysUrl) => {
    const proof = await prove({ token: { algorithms: ["RS256"], keysUrl } }, first);
    expect(proof).toMatchObject({ proven: false, fault: { code: "token" } });
  },
);

test("a source without a JWKS address asks nobody", async () => {
  expect(await keysOf({ token: { algorithms: ["HS256"] } })).toBeNull();
  expect(asked).toEqual([]);
});
