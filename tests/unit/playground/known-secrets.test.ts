import { expect, test } from "vitest";
import { KnownSecrets } from "../../../lib/playground/known-secrets.ts";
import { shownAddress } from "../../../lib/playground/shown-address.ts";

test("whatever was sent as a credential is hidden, whole, behind its scheme and inside JSON", () => {
  const secrets = new KnownSecrets({ authentication: { type: "basic", username: "acme", password: 'pa"ss word' } });
  secrets.addFrom([
    ["authorization", "Bearer abc.def"],
    ["x-api-key", "k-123"],
    ["webhook-id", "evt_1"],
  ]);
  const echoed = 'abc.def {"password":"pa\\"ss word"} k-123 evt_1 Bearer abc.def';
  expect(secrets.hide(echoed)).toBe('•••••• {"password":"••••••"} •••••• evt_1 ••••••');
});

test("a secret that is part of another leaves nothing of the other, and bytes that are no text stay as they are", () => {
  const secrets = new KnownSecrets({ authentication: null });
  secrets.addFrom([
    ["x-short", "sesame"],
    ["x-long", "sesame-street"],
  ]);
  expect(secrets.hide("sesame-street")).toBe("••••••");
  const binary = Buffer.from([0, 255, 128, 10]);
  expect(secrets.hideIn(binary)).toEqual(binary);
  expect(secrets.hideIn(Buffer.from("über sesame")).toString()).toBe("über ••••••");
});

test("texts too short to be a secret are left alone", () => {
  const secrets = new KnownSecrets({ authentication: null });
  secrets.addFrom([["x-flag", "yes"]]);
  expect(secrets.hide("yes")).toBe("yes");
});

test.each([
  ["https://a.example/h?token=abc&page=2", "https://a.example/h?token=••••••••&page=2"],
  ["https://a.example/h?api_key=a=b", "https://a.example/h?api_key=••••••••"],
  ["https://a.example/h", "https://a.example/h"],
])("%s is kept as %s", (url, shown) => {
  expect(shownAddress(new URL(url), "envelope")).toBe(shown);
});

test("of a chat's URL only the beginning is kept", () => {
  expect(shownAddress(new URL("https://hooks.slack.com/services/T1/B2/x?y=1"), "slack")).toBe(
    "https://hooks.slack.com/services/••••••••",
  );
});
