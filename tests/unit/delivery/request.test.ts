import { expect, test } from "vitest";
import { signedRequest } from "../../../lib/delivery/request.ts";
import { aConfiguration } from "../../support/claims.ts";

const BODY = Buffer.from("{}");

function requestWith(own: [string, string][], forwarded?: [string, string][]) {
  const formatted = { contentType: "application/json", body: BODY, ...(forwarded && { forwarded }) };
  return signedRequest("evt_1", formatted, aConfiguration({ headers: own }), null, new Date());
}

test("headers from a source stand beside ours; what the endpoint or we set comes first", () => {
  const forwarded: [string, string][] = [
    ["x-github-event", "push"],
    ["x-own", "theirs"],
    ["webhook-id", "forged"],
  ];
  const { headers, shownHeaders } = requestWith([["X-Own", "ours"]], forwarded);
  const named = (name: string) => headers.filter(([one]) => one.toLowerCase() === name).map(([, value]) => value);
  expect(named("x-github-event")).toEqual(["push"]);
  expect(named("x-own")).toEqual(["ours"]);
  expect(named("webhook-id")).toEqual(["evt_1"]);
  expect(shownHeaders).toContainEqual(["x-github-event", "push"]);
});

test("an event of an app has our headers alone", () => {
  expect(requestWith([]).headers.map(([name]) => name)).toEqual([
    "content-type",
    "user-agent",
    "accept-encoding",
    "webhook-id",
    "webhook-timestamp",
    "webhook-signature",
  ]);
});
