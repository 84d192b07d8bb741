import { expect, test } from "vitest";
import { PROVIDERS } from "../../../lib/providers/names.ts";
import { providerOf } from "../../../lib/providers/registry.ts";
import { traitsOf } from "../../../lib/sources/provider-fields.ts";
import { setUpSteps } from "../../../lib/sources/set-up-steps.ts";

const URL_TO_PASTE = "https://hooks.example.com/in/abc";

test.each(PROVIDERS)(
  "the set-up of %s says where the URL goes and, when it has a secret, where that changes hands",
  (name) => {
    const steps = setUpSteps(name, URL_TO_PASTE);
    expect(steps.length).toBeGreaterThan(1);
    expect(steps.map(({ title, text }) => `${title} ${text}`).join(" ")).toMatch(/paste|URL/i);
    const needsSecret = providerOf(name).secret !== null;
    expect(steps.filter(({ secret }) => secret)).toHaveLength(needsSecret ? 1 : 0);
    expect(traitsOf(name).secret === "none").toBe(!needsSecret);
    expect(new Set(steps.map(({ title }) => title)).size).toBe(steps.length);
  },
);

test("a call that can be tried in a terminal goes to the source's own URL", () => {
  for (const name of ["hmac", "basic", "bearer", "jwt", "unsigned", "zapier"] as const) {
    const code = setUpSteps(name, URL_TO_PASTE).flatMap((step) => step.code ?? []);
    expect(code.join()).toContain(`curl ${URL_TO_PASTE}`);
  }
});
