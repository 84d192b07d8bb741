import { expect, test } from "vitest";
import { actionWords, detailLines } from "../../../lib/audit/wording.ts";

test.each([
  ["endpoint.paused", "Endpoint paused"],
  ["api_key.created", "API key created"],
  ["member.role_changed", "Member role changed"],
])("%s reads %s", (action, words) => {
  expect(actionWords(action)).toBe(words);
});

test("a change shows from and to, everything else its value", () => {
  const detail = {
    role: { from: "viewer", to: "admin" },
    scopes: ["ingest", "read"],
    expiresInDays: null,
    createsEventTypes: true,
  };
  expect(detailLines(detail)).toEqual([
    { name: "role", from: "viewer", to: "admin" },
    { name: "scopes", from: null, to: "ingest, read" },
    { name: "creates event types", from: null, to: "true" },
  ]);
  expect(detailLines({ subscriptions: { from: [], to: ["order.*"] } })).toEqual([
    { name: "subscriptions", from: "nothing", to: "order.*" },
  ]);
});

test.each([null, undefined, "text", 1])("%j has no lines", (detail) => {
  expect(detailLines(detail)).toEqual([]);
});
