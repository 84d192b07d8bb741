import { expect, test } from "vitest";
import { REDACTED, redactHeaders, redactUrl } from "../../../lib/share-links/redact.ts";

test.each([
  ["https://api.acme.io/hooks/posthorn", "https://api.acme.io/hooks/posthorn"],
  ["https://user:pass@api.acme.io/hooks", "https://api.acme.io/hooks"],
  ["https://api.acme.io/hooks?token=abc&x=1", "https://api.acme.io/hooks?redacted"],
  ["https://api.acme.io/hooks#frag", "https://api.acme.io/hooks"],
  ["https://hooks.example/T0AB12CD34EF56GH78/send", "https://hooks.example/redacted/send"],
  ["https://a.example/v1/customer-notifications", "https://a.example/v1/customer-notifications"],
  ["", ""],
])("of %s a stranger sees %s", (url, shown) => {
  expect(redactUrl(url)).toBe(shown);
});

test.each([
  "Authorization",
  "x-api-key",
  "set-cookie",
  "Cookie",
  "webhook-signature",
  "x-csrf",
  "x-auth-token",
  "X-Session",
])("the value of %s is kept back", (name) => {
  expect(redactHeaders([[name, "value"]])).toEqual([[name, REDACTED]]);
});

test("other headers stay, masked ones are said to be redacted", () => {
  expect(
    redactHeaders([
      ["content-type", "application/json"],
      ["x-own", "••••••"],
    ]),
  ).toEqual([
    ["content-type", "application/json"],
    ["x-own", REDACTED],
  ]);
  expect(redactHeaders(null)).toEqual([]);
});
