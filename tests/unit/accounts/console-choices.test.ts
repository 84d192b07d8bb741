import { expect, test } from "vitest";
import { choicesFrom, choiceText } from "../../../lib/accounts/console-choices.ts";

const from = (cookies: Record<string, string>) => choicesFrom((name) => cookies[name]);

test("who chose nothing has the defaults", () => {
  expect(from({})).toEqual({
    theme: "system",
    zone: "UTC",
    times: "clock",
    density: "comfortable",
    keys: true,
    patterns: false,
  });
});

test("what was chosen is read back", () => {
  const chosen = {
    theme: "dark",
    zone: "America/Argentina/Buenos_Aires",
    times: "relative",
    density: "compact",
    keys: false,
    patterns: true,
  } as const;
  const { zone, ...others } = chosen;
  const cookies = Object.fromEntries(Object.entries(others).map(([name, value]) => [name, choiceText(value)]));
  expect(from({ ...cookies, tz: zone })).toEqual(chosen);
});

test.each([
  ["theme", "pink"],
  ["density", "0"],
  ["times", "<script>"],
  ["tz", "Europe/Berlin; path=/"],
  ["tz", "x".repeat(65)],
  ["keys", ""],
  ["patterns", "yes"],
])("a cookie %s=%s that nobody could choose changes nothing", (name, value) => {
  expect(from({ [name]: value })).toEqual(from({}));
});
