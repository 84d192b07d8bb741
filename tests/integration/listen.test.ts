import Stripe from "stripe";
import { afterAll, describe, expect, test } from "vitest";
import { formatId, newId } from "../../lib/ids.ts";
import { sampleCall } from "../../lib/providers/sample.ts";
import { testDatabase } from "../support/database.ts";
import { aKey } from "../support/door.ts";
import { eventually } from "../support/eventually.ts";
import { apiServer, listening, localReceiver, runCommand } from "../support/listening.ts";
import { aRefusedRequest, aRequest, aSourceRow } from "../support/requests.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase();
const server = await apiServer();
afterAll(server.close);

/** A workspace with a source, and a receiver on the developer's machine. */
async function aDeveloper() {
  const workspaceId = await aWorkspace();
  const sourceId = await aSourceRow(workspaceId);
  const { secret: key } = await aKey(workspaceId, ["read"]);
  const local = await localReceiver();
  return { workspaceId, sourceId, local, start: { url: server.url, key, to: `${local.url}/hooks` } };
}

const bodiesOf = ({ calls }: { calls: { body: Buffer }[] }) => calls.map(({ body }) => body.toString());
const numbered = (n: number) => ({ body: Buffer.from(String(n)) });

test("a request arrives as it came: method, bytes, type, query and signature, but no credential", async () => {
  const { workspaceId, sourceId, local, start } = await aDeveloper();
  const bytes = Buffer.from([0xff, 0x00, 0x0d, 0x0a, 0x7b]);
  const run = await listening({ ...start, to: `${start.to}?own=1` });
  const id = await aRequest(workspaceId, sourceId, {
    method: "PUT",
    path: "/in/••••••?a=b%20c&secret=••••••&a=d",
    body: bytes,
    headers: [
      ["Host", "hooks.example.com"],
      ["Content-Type", "application/x-odd"],
      ["Content-Length", "999"],
      ["X-Signature", "sha256=abc"],
      ["Authorization", "••••••"],
      ["Connection", "keep-alive, X-Hop"],
      ["X-Hop", "1"],
      ["X-Many", "1"],
      ["X-Many", "2"],
      ["Posthorn-Request", "forged"],
    ],
  });
  const [call] = await eventually(() => local.calls.length > 0 && local.calls);
  expect(call).toMatchObject({ method: "PUT", url: "/hooks?own=1&a=b%20c&a=d" });
  expect(call?.body.equals(bytes)).toBe(true);
  expect(call?.headers).toMatchObject({
    host: `127.0.0.1:${local.port}`,
    "content-type": "application/x-odd",
    "content-length": "5",
    "x-signature": "sha256=abc",
    "x-many": "1, 2",
    "posthorn-request": formatId("req", id),
  });
  expect(call?.headers).not.toHaveProperty("authorization");
  expect(call?.headers).not.toHaveProperty("x-hop");
  await eventually(() => /PUT invoice\.paid {2}req_\w+ {2}accepted {2}→ 200 in \d+ ms/.test(run.output()));
});

test("local code can verify what its provider signed", async () => {
  const { workspaceId, sourceId, local, start } = await aDeveloper();
  const asked = { url: "https://hooks.example.com/in/x", settings: {}, id: "abc", at: new Date() };
  const sampled = await sampleCall("stripe", ["whsec_one"], asked);
  if (!sampled.made) throw new Error(sampled.why);
  await listening(start);
  await aRequest(workspaceId, sourceId, { body: sampled.call.body, headers: Object.entries(sampled.call.headers) });
  const [call] = await eventually(() => local.calls.length > 0 && local.calls);
  const header = String(call?.headers["stripe-signature"]);
  const event = new Stripe("sk_test_1").webhooks.constructEvent(call?.body ?? "", header, "whsec_one");
  expect(event.type).toBe("payment_intent.succeeded");
});

test("started again, it goes on where it left off: nothing is left out, nothing comes twice", async () => {
  const { workspaceId, sourceId, local, start } = await aDeveloper();
  await aRequest(workspaceId, sourceId, numbered(0));
  const first = await listening(start);
  for (const n of [1, 2]) await aRequest(workspaceId, sourceId, numbered(n));
  await eventually(() => expect(bodiesOf(local)).toEqual(["1", "2"]));
  await eventually(() => /2.*\n.*→ 200/.test(first.output()));
  expect(await first.stop()).toBe(0);
  expect(first.output()).toContain("Stopped");
  for (const n of [3, 4]) await aRequest(workspaceId, sourceId, numbered(n));

  const second = await listening({ ...start, home: first.home });
  expect(second.output()).toContain("Going on where it left off");
  await aRequest(workspaceId, sourceId, numbered(5));
  await eventually(() => expect(bodiesOf(local).slice(2)).toEqual(["3", "4", "5"]));
});

test("while Posthorn restarts it waits, says so, and misses nothing", async () => {
  const { workspaceId, sourceId, local, start } = await aDeveloper();
  const run = await listening(start);
  await aRequest(workspaceId, sourceId, numbered(1));
  await eventually(() => expect(bodiesOf(local)).toEqual(["1"]));
  await server.away();
  await eventually(() => /Posthorn does not answer at .+trying again/.test(run.output()));
  await aRequest(workspaceId, sourceId, numbered(2));
  await server.back();
  await eventually(() => expect(bodiesOf(local)).toEqual(["1", "2"]));
  expect(run.output()).toContain("Posthorn is back");
});

test("while nothing listens on the machine it waits; what an answer says is shown and not repeated", async () => {
  const { workspaceId, sourceId, start, local } = await aDeveloper();
  const gone = await localReceiver();
  const run = await listening({ ...start, to: gone.url.replace(String(gone.port), "1") });
  await aRequest(workspaceId, sourceId, numbered(1));
  await eventually(() => run.output().includes("Nothing listens at http://127.0.0.1:1: waiting for it"));
  expect(await run.stop()).toBe(0);

  local.status = 500;
  const other = await listening(start);
  for (const n of [2, 3]) await aRequest(workspaceId, sourceId, numbered(n));
  await eventually(() => expect(other.output().match(/→ 500 in/g)).toHaveLength(2));
  expect(bodiesOf(local)).toEqual(["2", "3"]);
});

test("a request whose id is smaller than one that was seen still comes", async () => {
  const { workspaceId, sourceId, local, start } = await aDeveloper();
  await listening(start);
  const early = newId();
  await aRequest(workspaceId, sourceId, numbered(2));
  await eventually(() => expect(bodiesOf(local)).toEqual(["2"]));
  await aRequest(workspaceId, sourceId, { ...numbered(1), id: early });
  await eventually(() => expect(bodiesOf(local)).toEqual(["2", "1"]));
});

test("it begins at the start or behind a request, and sends on what was refused only when it is asked to", async () => {
  const { workspaceId, sourceId, local, start } = await aDeveloper();
  const first = await aRequest(workspaceId, sourceId, numbered(1));
  await aRefusedRequest(workspaceId, sourceId, numbered(2));
  await aRequest(workspaceId, sourceId, { ...numbered(3), verdict: "handshake" });
  await aRequest(workspaceId, sourceId, { ...numbered(4), verdict: "duplicate", providerAttempt: 2 });

  const believed = await listening({ ...start, args: ["--from", "start"] });
  await eventually(() => expect(bodiesOf(local)).toEqual(["1", "4"]));
  await eventually(() => expect(believed.output()).toMatch(/refused {2}→ not sent on\n.+handshake {2}→ not sent on/));
  expect(believed.output()).toContain("(attempt 2)");
  await believed.stop();
  local.calls.length = 0;
  await listening({ ...start, args: ["--all", "--from", formatId("req", first)] });
  await eventually(() => expect(bodiesOf(local)).toEqual(["2", "4"]));
});

test("only the sources that are named are listened to", async () => {
  const { workspaceId, sourceId, local, start } = await aDeveloper();
  const others = [await aSourceRow(workspaceId), await aSourceRow(workspaceId)];
  const [one = "", other = ""] = [sourceId, ...others];
  const args = [one, other].flatMap((id) => ["--source", formatId("src", id)]);
  await listening({ ...start, args: [...args, "--from", "start"] });
  for (const [n, id] of [sourceId, ...others].entries()) await aRequest(workspaceId, id, numbered(n));
  await aRequest(workspaceId, one, numbered(9));
  await eventually(() => expect(bodiesOf(local)).toContain("9"));
  await eventually(() => expect(bodiesOf(local).toSorted()).toEqual(["0", "1", "9"]));
});

test("nothing in a request moves the terminal", async () => {
  const { workspaceId, sourceId, start } = await aDeveloper();
  const run = await listening(start);
  const [esc, bell, turned] = [0x1b, 0x07, 0x202e].map((code) => String.fromCharCode(code));
  await aRequest(workspaceId, sourceId, { type: `${esc}[2J${esc}]0;pwned${bell}${turned}\nfake  line` });
  await eventually(() => run.output().includes("→ 200"));
  expect(run.output()).toContain("�[2J�]0;pwned���fake  line");
  for (const one of [esc, bell, turned]) expect(run.output()).not.toContain(one);
});

describe("it does not start, and says what is missing", () => {
  test("when it is not told what to do", async () => {
    for (const [args, sentence] of [
      [["listen"], "Say where to send requests: --forward http://localhost:4000/hooks"],
      [["dance"], 'There is no command "dance". There is: listen. See --help.'],
    ] as const) {
      const run = runCommand([...args]);
      expect([await run.ended, run.output().trim()]).toEqual([1, sentence]);
    }
  });

  test("when the key is unknown or may not read, the source is not theirs, or what answers is not Posthorn", async () => {
    const { workspaceId, local, start } = await aDeveloper();
    const limited = await aKey(workspaceId, ["ingest"]);
    const stranger = await aSourceRow(await aWorkspace());
    for (const [changed, sentence] of [
      [{ key: `ph_${"a".repeat(32)}` }, "There is no such API key"],
      [{ key: limited.secret }, 'it lacks the scope "read"'],
      [{ url: local.url }, "is not Posthorn"],
      [{ args: ["--source", formatId("src", stranger)] as string[] }, "There is no source src_"],
    ] as const) {
      const run = await listening({ ...start, ...changed });
      expect(await run.ended).toBe(1);
      expect(run.output()).toContain(sentence);
    }
  });

  test("help is no mistake", async () => {
    const run = runCommand(["listen", "--help"]);
    expect(await run.ended).toBe(0);
    expect(run.output()).toContain("--forward URL");
  });
});
