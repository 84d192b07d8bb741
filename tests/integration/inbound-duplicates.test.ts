import { expect, test } from "vitest";
import { testDatabase } from "../support/database.ts";
import { openDoor } from "../support/door.ts";
import { aPosting, aSource, eventsFrom, PUBLIC_URL, requestsOf, send } from "../support/inbound.ts";
import { aWorkspace } from "../support/traffic.ts";

await testDatabase({ PUBLIC_URL });
const door = await openDoor();
const workspaceId = await aWorkspace();
const SECRET = "whsec_one";

test("the same delivery posted 50 times at once is one event and 50 answers of 200", async () => {
  const source = await aSource(workspaceId, { secrets: [SECRET] });
  const posting = await aPosting(door, source, "stripe");
  const answers = await Promise.all(Array.from({ length: 50 }, () => send(posting)));
  expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));

  const [event, ...others] = await eventsFrom(source.id);
  expect(others).toEqual([]);
  const requests = await requestsOf(source.id);
  const accepted = requests.filter(({ verdict }) => verdict === "accepted");
  expect(accepted.map(({ eventIds }) => eventIds)).toEqual([[event?.id]]);
  const duplicates = requests.filter(({ verdict }) => verdict === "duplicate");
  expect(duplicates).toHaveLength(49);
  expect(duplicates.every(({ duplicateOf, eventIds }) => duplicateOf === event?.id && eventIds.length === 0)).toBe(
    true,
  );
});

test("a delivery sent again, signed afresh, is a duplicate; the same id at another source is not", async () => {
  const [source, other] = [
    await aSource(workspaceId, { secrets: [SECRET] }),
    await aSource(workspaceId, { secrets: [SECRET] }),
  ];
  const earlier = new Date(Date.now() - 60_000);
  for (const [to, at] of [
    [source, earlier],
    [source, new Date()],
    [other, new Date()],
  ] as const) {
    expect((await send(await aPosting(door, to, "stripe", { at }))).status).toBe(200);
  }
  expect((await requestsOf(source.id)).map(({ verdict }) => verdict)).toEqual(["accepted", "duplicate"]);
  expect((await requestsOf(other.id)).map(({ verdict }) => verdict)).toEqual(["accepted"]);
});

test("a refused delivery does not make the genuine one a duplicate", async () => {
  const source = await aSource(workspaceId, { secrets: [SECRET] });
  expect((await send(await aPosting(door, source, "stripe", { secret: "forged" }))).status).toBe(401);
  expect((await send(await aPosting(door, source, "stripe"))).status).toBe(200);
  expect((await requestsOf(source.id)).map(({ verdict }) => verdict)).toEqual(["refused", "accepted"]);
});

test("two orders in one second share WooCommerce's id, and are two events", async () => {
  const source = await aSource(workspaceId, { provider: "woocommerce", secrets: ["hook-secret"] });
  for (const body of ['{"id":1}', '{"id":2}', '{"id":1}']) {
    expect((await send(await aPosting(door, source, "woocommerce", { body }))).status).toBe(200);
  }
  expect((await requestsOf(source.id)).map(({ verdict }) => verdict)).toEqual(["accepted", "accepted", "duplicate"]);
});

test("of events that come together each is taken once, however they are batched", async () => {
  const source = await aSource(workspaceId, { provider: "mandrill", secrets: ["mandrill-key"] });
  const batch = async (...ids: string[]) => {
    const events = ids.map((_id) => ({ event: "send", _id, ts: 1_700_000_000 }));
    const body = new URLSearchParams({ mandrill_events: JSON.stringify(events) }).toString();
    return (await send(await aPosting(door, source, "mandrill", { body }))).status;
  };
  expect([await batch("a", "b"), await batch("b", "c"), await batch("a", "c")]).toEqual([200, 200, 200]);
  const requests = await requestsOf(source.id);
  expect(requests.map(({ verdict, eventIds }) => [verdict, eventIds.length])).toEqual([
    ["accepted", 2],
    ["accepted", 1],
    ["duplicate", 0],
  ]);
  expect(await eventsFrom(source.id)).toHaveLength(3);
});
