import { expect, test } from "vitest";
import { newId } from "../../../lib/ids.ts";
import { beatMessage, changeMessages, readMessage } from "../../../lib/live/channel.ts";

test("what is said is what is heard, topic by topic", () => {
  const [one, two] = [newId(), newId()];
  const messages = changeMessages({ deliveries: [one, two], jobs: [two] });
  expect(messages.map(readMessage)).toEqual([
    { topic: "deliveries", workspaceIds: [one, two] },
    { topic: "jobs", workspaceIds: [two] },
  ]);
});

test("a thousand workspaces take several messages, each short enough for a NOTIFY, and none is left out", () => {
  const ids = Array.from({ length: 1_000 }, newId);
  const messages = changeMessages({ deliveries: ids, jobs: [] });
  expect(Math.max(...messages.map((message) => message.length))).toBeLessThan(8_000);
  expect(messages.flatMap((message) => readMessage(message)?.workspaceIds ?? [])).toEqual(ids);
});

test.each(["", ":", "deliveries", "unheard-of:x", beatMessage("me")])("%j says nothing of a workspace", (message) => {
  expect(readMessage(message)).toBeNull();
});

test("nothing that changed is nothing to say", () => {
  expect(changeMessages({ deliveries: [], jobs: [] })).toEqual([]);
});
