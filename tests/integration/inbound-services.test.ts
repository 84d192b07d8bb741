import { afterAll, expect, test } from "vitest";
import type { ProviderName } from "../../lib/providers/names.ts";
import { testDatabase } from "../support/database.ts";
import { aSignedEndpoint, aWorker } from "../support/deliveries.ts";
import { openDoor } from "../support/door.ts";
import { eventually } from "../support/eventually.ts";
import { aPosting, aSource, eventsFrom, type Posting, PUBLIC_URL, requestsOf, send } from "../support/inbound.ts";
import { GENUINE, twilioJson } from "../support/provider-calls.ts";
import { faultReceiver } from "../support/receiver.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase({ PUBLIC_URL });
const door = await openDoor();
const receiver = await faultReceiver();
const worker = aWorker();
afterAll(async () => {
  await worker.stop();
  await receiver.close();
});

const SIGNING = Object.keys(GENUINE) as ProviderName[];

test.each(SIGNING)("a genuine call of %s becomes an event, which is delivered byte for byte", async (provider) => {
  const workspaceId = await aWorkspace();
  const { secrets = [], settings, body } = GENUINE[provider] ?? {};
  const source = await aSource(workspaceId, { provider, settings, secrets: [...secrets] });
  const path = `/ok/${provider}`;
  await aSignedEndpoint(workspaceId, { url: `${receiver.url}${path}`, format: "raw" });

  const answer = await send(await aPosting(door, source, provider));
  expect([answer.status, await answer.text()]).toEqual([200, ""]);

  const [request] = await requestsOf(source.id);
  const [event] = await eventsFrom(source.id);
  expect(request).toMatchObject({ verdict: "accepted", fault: null, answerStatus: 200, eventIds: [event?.id] });
  await eventually(() => receiver.calls.some((call) => call.path === path));
  const call = receiver.calls.find((one) => one.path === path);
  if (provider === "mandrill") expect(call?.body.toString()).toBe('{"event":"send","_id":"abc","ts":1700000000}');
  else expect(call?.body.toString()).toBe(body);
});

test.each(SIGNING)("a call of %s with another secret is refused, and kept as it came", async (provider) => {
  const workspaceId = await aWorkspace();
  const { secrets: [first, second] = ["", ""], settings, body } = GENUINE[provider] ?? {};
  const source = await aSource(workspaceId, { provider, settings, secrets: [first] });

  const answer = await send(await aPosting(door, source, provider, { secret: second }));
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ code: "not_verified" });

  const [request] = await requestsOf(source.id);
  expect(request).toMatchObject({ verdict: "refused", fault: { code: "mismatch" }, answerStatus: 401, eventIds: [] });
  expect(request?.body?.toString()).toBe(body);
  expect(await eventsFrom(source.id)).toEqual([]);
});

/** What a stranger, a proxy or a late copy makes of a genuine call. */
async function tampered(provider: ProviderName, genuine: Posting, stale: (seconds: number) => Promise<Posting>) {
  const { proof, body, secrets = ["", ""], credential, timed } = GENUINE[provider] ?? {};
  const proving = Object.keys((await proof?.(body ?? "", secrets[0], new Date(), genuine.url)) ?? {});
  const without = (name: string) => ({ ...genuine, headers: omit(genuine.headers, name) });
  const cut = (name: string) => ({
    ...genuine,
    headers: { ...genuine.headers, [name]: (genuine.headers[name] ?? "").slice(0, -1) },
  });
  const changed = [`${body}x`, String(body).replace(/1/, "2"), String(body).slice(0, -2), ""];
  return [
    ...proving.map(without),
    ...proving.map(cut),
    ...(credential ? [] : changed.filter((text) => text !== body).map((text) => ({ ...genuine, body: text }))),
    ...(timed ? [await stale(-301), await stale(302)] : []),
  ];
}

function omit(headers: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
}

test.each(SIGNING)(
  "every tampered form of a call of %s is refused and kept, and none becomes an event",
  async (provider) => {
    const workspaceId = await aWorkspace();
    const { secrets = ["", ""], settings } = GENUINE[provider] ?? {};
    const source = await aSource(workspaceId, { provider, settings, secrets: [secrets[0]] });
    const posting = (seconds = 0) => aPosting(door, source, provider, { at: new Date(Date.now() + seconds * 1_000) });
    const forms = await tampered(provider, await posting(), posting);

    const answers = await Promise.all(forms.map(send));
    expect(answers.map(({ status }) => status)).toEqual(forms.map(() => 401));
    const kept = await requestsOf(source.id);
    expect(kept).toHaveLength(forms.length);
    expect(new Set(kept.map(({ verdict }) => verdict))).toEqual(new Set(["refused"]));
    const bodies = (all: (string | Uint8Array | undefined)[]) => all.map(String).sort();
    expect(bodies(kept.map(({ body }) => body?.toString()))).toEqual(bodies(forms.map(({ body }) => body)));
    expect(await eventsFrom(source.id)).toEqual([]);
  },
);

test("Mailchimp proves itself by the secret in its URL", async () => {
  const workspaceId = await aWorkspace();
  const source = await aSource(workspaceId, { provider: "mailchimp", secrets: ["long-text-in-the-url"] });
  await aSignedEndpoint(workspaceId, { url: `${receiver.url}/ok/mailchimp`, format: "raw" });
  const body = "type=subscribe&fired_at=2026-03-26+21%3A35%3A57&data%5Bmerges%5D%5BFNAME%5D=Mara";
  const post = (query: string) =>
    send({
      url: `${door.url}${source.path}${query}`,
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
      body,
    });
  for (const query of ["", "?secret=", "?secret=long-text-in-the-ur", "?secret=other"]) {
    expect((await post(query)).status, query).toBe(401);
  }
  expect((await post("?secret=long-text-in-the-url")).status).toBe(200);
  await eventually(() => receiver.calls.some((call) => call.path === "/ok/mailchimp"));
  expect(receiver.calls.find((call) => call.path === "/ok/mailchimp")?.body.toString()).toBe(body);
  expect(await eventsFrom(source.id)).toMatchObject([{ type: "mailchimp.subscribe" }]);
});

test("Twilio's JSON is believed only with its hash in the signed URL", async () => {
  const source = await aSource(await aWorkspace(), { provider: "twilio", secrets: ["12345"] });
  const body = '{"type":"com.twilio.messaging","id":"EZ1"}';
  const { url, headers } = twilioJson(body, "12345", PUBLIC_URL + source.path);
  const to = door.url + url.slice(PUBLIC_URL.length);
  const call = { url: to, method: "POST", headers: Object.fromEntries(headers), body };
  expect((await send({ ...call, body: `${body} ` })).status).toBe(401);
  expect((await send({ ...call, url: to.split("?")[0] ?? "" })).status).toBe(401);
  expect((await send(call)).status).toBe(200);
});
