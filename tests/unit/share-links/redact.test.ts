import { expect, test } from "vitest";
import { harmlessDetail, REDACTED, redactHeaders, redactUrl } from "../../../lib/share-links/redact.ts";

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

test.each([
  ["location", "https://login.acme.io/?session=s3cret", "https://login.acme.io/?redacted"],
  ["Location", "/reset?token=s3cret", "/reset?redacted"],
  ["link", '<https://files.acme.io/a?sig=s3cret>; rel="next"', '<https://files.acme.io/a?redacted>; rel="next"'],
  ["refresh", "5; url=http://u:s3cret@acme.io/x", "5; url=http://acme.io/x"],
  ["server", "nginx/1.27", "nginx/1.27"],
])("an address in the header %s is shown without what may open it", (name, value, shown) => {
  expect(redactHeaders([[name, value]])).toEqual([[name, shown]]);
});

test("what an attempt says of our own side, or of where a receiver leads, is kept back", () => {
  for (const outcome of ["cancelled", "blocked", "redirect"] as const) {
    expect(harmlessDetail({ outcome, detail: "to https://login.acme.io/?session=s3cret" })).toBeNull();
  }
  expect(harmlessDetail({ outcome: "dns", detail: "The name does not exist" })).toBe("The name does not exist");
});
