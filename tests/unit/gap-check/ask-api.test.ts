import { expect, test } from "vitest";
import { pauseOf } from "../../../lib/gap-check/ask-api.ts";

const NOW = Date.parse("2026-11-21T12:00:00Z");

function waitOf(statusCode: number, headers: Record<string, string>): number | null {
  const until = pauseOf({ statusCode, responseHeaders: Object.entries(headers) }, NOW);
  return until && (until.getTime() - NOW) / 1_000;
}

const SOON = String(NOW / 1_000 + 90);

test.each([
  [429, { "retry-after": "5" }, 5],
  [429, { "Retry-After": "5" }, 5],
  [429, {}, 60],
  [429, { "retry-after": "soon" }, 60],
  [403, { "retry-after": "30" }, 30],
  [403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": SOON }, 90],
  [429, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "0" }, 60],
  [429, { "retry-after": "99999999" }, 86_400],
])("an API that answers %i with %j is left alone for %i s", (status, headers, seconds) => {
  expect(waitOf(status, headers)).toBe(seconds);
});

test.each([
  [403, {}],
  [403, { "x-ratelimit-remaining": "12", "x-ratelimit-reset": SOON }],
  [401, { "retry-after": "5" }],
  [500, {}],
])("an answer %i with %j asks for no pause", (status, headers) => {
  expect(waitOf(status, headers)).toBeNull();
});
