import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { config, contentSecurityPolicy, proxy } from "@/proxy";

test("only scripts with the nonce run in production, and nothing may frame a page", () => {
  const policy = contentSecurityPolicy("abc", false);
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("unsafe-eval");
});

const runsFor = (path: string) => config.matcher.some((source) => new RegExp(`^${source}$`).test(path));

test.each(["/", "/sign-in", "/w/acme/deliveries", "/w/acme/deliveries/refresh"])(
  "every page gets a policy: %s",
  (path) => {
    expect(runsFor(path)).toBe(true);
  },
);

test.each(["/_next/static/chunks/a.js", "/icon.svg", "/api/v1/events", "/in/token"])("%s is left alone", (path) => {
  expect(runsFor(path)).toBe(false);
});

test.each(["/w/acme/events?key=a%00", "/w/a%00/events"])("%s is refused: no page could look that up", (path) => {
  expect(proxy(new NextRequest(`http://posthorn.test${path}`)).status).toBe(400);
});
