import { createHmac } from "node:crypto";
import twilio from "twilio";
import { expect, test } from "vitest";
import { testDatabase } from "../support/database.ts";
import { openDoor } from "../support/door.ts";
import { aPosting, aSource, eventsFrom, PUBLIC_URL, requestsOf, send, type TestSource } from "../support/inbound.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase({ PUBLIC_URL });
const door = await openDoor();
const workspaceId = await aWorkspace();
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const post = (to: TestSource, body: string, headers: Record<string, string>) =>
  fetch(door.url + to.path, { method: "POST", body, headers });

async function expectHandshake(source: TestSource, count = 1) {
  const verdicts = (await requestsOf(source.id)).map(({ verdict }) => verdict);
  expect(verdicts).toEqual(Array(count).fill("handshake"));
  expect(await eventsFrom(source.id)).toEqual([]);
}

const CHALLENGE = JSON.stringify({ type: "url_verification", challenge: "3eZbrw1aB" });

test("Slack's challenge is echoed when it is signed, and no event", async () => {
  const source = await aSource(workspaceId, { provider: "slack", secrets: ["signing"] });
  const answer = await send(await aPosting(door, source, "slack", { secret: "signing", body: CHALLENGE }));
  expect([answer.status, await answer.text()]).toEqual([200, "3eZbrw1aB"]);
  await expectHandshake(source);
});

test("Slack's challenge is not echoed to one that cannot sign it", async () => {
  const source = await aSource(workspaceId, { provider: "slack", secrets: ["signing"] });
  const answer = await send(await aPosting(door, source, "slack", { secret: "guessed", body: CHALLENGE }));
  expect(answer.status).toBe(401);
  expect(await answer.text()).not.toContain("3eZbrw1aB");
});

test("WooCommerce's unsigned ping gets exactly 200; anything near it does not", async () => {
  const source = await aSource(workspaceId, { provider: "woocommerce", secrets: ["secret"] });
  expect((await post(source, "webhook_id=42", FORM)).status).toBe(200);
  await expectHandshake(source);
  for (const body of ["webhook_id=42&x=1", "webhook_id=", "webhook_id=4a"]) {
    expect((await post(source, body, FORM)).status, body).toBe(401);
  }
});

test("Mandrill's check gets 200, before a key is known; its key is good for nothing else", async () => {
  const source = await aSource(workspaceId, { provider: "mandrill" });
  const signed = (events: string) => {
    const signature = twilio.getExpectedTwilioSignature("test-webhook", PUBLIC_URL + source.path, {
      mandrill_events: events,
    });
    const body = new URLSearchParams({ mandrill_events: events }).toString();
    return post(source, body, { ...FORM, "x-mandrill-signature": signature });
  };
  expect((await signed("[]")).status).toBe(200);
  await expectHandshake(source);
  expect((await signed('[{"event":"send"}]')).status).toBe(401);
});

test("Mailchimp's look at the address gets 200, with and without a body", async () => {
  const source = await aSource(workspaceId, { provider: "mailchimp", secrets: ["in-url"] });
  expect((await fetch(door.url + source.path)).status).toBe(200);
  expect((await post(source, "", FORM)).status).toBe(200);
  await expectHandshake(source, 2);
});

test("GitHub's ping is signed like the rest, and an event", async () => {
  const source = await aSource(workspaceId, { provider: "github", secrets: ["secret"] });
  const body = '{"zen":"Keep it logically awesome."}';
  const signature = `sha256=${createHmac("sha256", "secret").update(body).digest("hex")}`;
  const headers = { "content-type": "application/json", "x-github-event": "ping", "x-hub-signature-256": signature };
  expect((await post(source, body, headers)).status).toBe(200);
  expect(await eventsFrom(source.id)).toMatchObject([{ type: "github.ping" }]);
});

test("Twilio may put everything into the query of a GET", async () => {
  const source = await aSource(workspaceId, { provider: "twilio", secrets: ["12345"] });
  const query = "?MessageSid=SM1&MessageStatus=sent";
  const signature = twilio.getExpectedTwilioSignature("12345", PUBLIC_URL + source.path + query, {});
  const answer = await fetch(door.url + source.path + query, { headers: { "x-twilio-signature": signature } });
  expect(answer.status).toBe(200);
  expect(await requestsOf(source.id)).toMatchObject([{ method: "GET", verdict: "accepted", type: "message.sent" }]);
});
