import { expect, test } from "vitest";
import { isSetUpToken, setUpToken } from "../../../lib/accounts/set-up-token.ts";
import { parseEnvironment } from "../../../lib/env.ts";

const environment = (values: Record<string, string>) => parseEnvironment({ AUTH_SECRET: "s".repeat(40), ...values });

test.each([
  [{ HOST: "127.0.0.1" }, false],
  [{ HOST: "localhost" }, false],
  [{ HOST: "::1" }, false],
  [{ HOST: "0.0.0.0" }, true],
  [{ HOST: "192.168.1.5" }, true],
  [{ HOST: "127.0.0.1", PUBLIC_URL: "https://hooks.example.com" }, true],
  [{ HOST: "127.0.0.1", PUBLIC_URL: "http://localhost:3000" }, false],
  [{ HOST: "0.0.0.0", SIGN_UP: "open" }, false],
  [{ HOST: "0.0.0.0", SIGN_UP: "closed" }, false],
])("with %j a set-up token is asked for: %s", (values, asked) => {
  expect(setUpToken(environment(values)) !== null).toBe(asked);
});

test("the token is the same in every process of an installation, and another one elsewhere", () => {
  const here = environment({ HOST: "0.0.0.0" });
  expect(setUpToken(here)).toBe(setUpToken(environment({ HOST: "0.0.0.0", PORT: "4000" })));
  expect(setUpToken(here)).not.toBe(setUpToken({ ...here, AUTH_SECRET: "t".repeat(40) }));
});

test("only the whole token is the token", () => {
  const here = environment({ HOST: "0.0.0.0" });
  const token = setUpToken(here)!;
  expect(isSetUpToken(token, here)).toBe(true);
  for (const wrong of [undefined, "", token.slice(1), `${token}x`, "é".repeat(12)]) {
    expect(isSetUpToken(wrong, here)).toBe(false);
  }
});
