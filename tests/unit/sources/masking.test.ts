import { expect, test } from "vitest";
import { maskHead, maskTarget } from "../../../lib/sources/sealed.ts";

test.each([
  ["/in/abc", "/in/••••••"],
  ["/in/abc/more?a=1", "/in/••••••/more?a=1"],
  ["/in/abc?secret=x&a=1&TOKEN=y", "/in/••••••?secret=••••••&a=1&TOKEN=••••••"],
  ["/in/abc?%73ecret=x", "/in/••••••?%73ecret=••••••"],
  ["/in/abc?secret=x=y&secret=z", "/in/••••••?secret=••••••&secret=••••••"],
  ["/in/abc?secrets=x&monkey=1&bodySHA256=ab", "/in/••••••?secrets=x&monkey=1&bodySHA256=ab"],
  ["/in/abc?secret&api_key=", "/in/••••••?secret&api_key=••••••"],
  ["/in/?", "/in/••••••?"],
])("%s is shown as %s", (target, shown) => {
  expect(maskTarget(target)).toBe(shown);
});

test("passwords, cookies and the source's own header are masked in any spelling; signatures are not", () => {
  const headers: [string, string][] = [
    ["AUTHORIZATION", "Basic abc"],
    ["Cookie", "a=1"],
    ["X-Mine", "token"],
    ["Stripe-Signature", "t=1"],
    ["Authorization", "again"],
  ];
  expect(maskHead({ target: "/in/a", headers }, { header: "x-mine" }).headers.map(([, value]) => value)).toEqual([
    "••••••",
    "••••••",
    "••••••",
    "t=1",
    "••••••",
  ]);
});
