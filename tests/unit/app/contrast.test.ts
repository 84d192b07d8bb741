import fs from "node:fs";
import { expect, test } from "vitest";

const css = fs.readFileSync(new URL("../../../app/globals.css", import.meta.url), "utf8");
const tokens = new Map(
  [...css.matchAll(/--color-([a-z0-9-]+): (?:light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)|(#[0-9a-f]{6}));/g)].map(
    ([, name, light, dark, both]) => [name, { light: light ?? both ?? "", dark: dark ?? both ?? "" }],
  ),
);

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function pair(over: string, under: string, theme: "light" | "dark"): number {
  const [one, other] = [tokens.get(over)?.[theme], tokens.get(under)?.[theme]];
  if (!one || !other) throw new Error(`globals.css has no ${over} or ${under}`);
  return contrast(one, other);
}

const GROUNDS = ["bg", "surface", "muted", "hover", "selected"];
const TONES = ["ok", "bad", "warn", "info", "idle"];
const CODE = ["key", "string", "number", "bool", "null", "punct"].map((kind) => `code-${kind}`);

const TEXT = [
  ...["fg", "fg-2", "fg-3", "accent-fg"].flatMap((text) => GROUNDS.map((ground) => [text, ground])),
  ...TONES.flatMap((tone) => [
    [tone, `${tone}-tint`],
    [tone, "bg"],
  ]),
  ...CODE.flatMap((kind) => [
    [kind, "surface"],
    [kind, "muted"],
  ]),
  ...["accent", "accent-hover", "danger-fill", "danger-fill-hover"].map((fill) => ["white", fill]),
  ["accent-fg", "accent-subtle"],
  ["bad", "hover"],
  ["bad", "selected"],
  ["fg", "hit"],
] as [string, string][];

const GRAPHICS = [
  ["control", "bg"],
  ["ring", "bg"],
  ["ring", "surface"],
  ["ring", "selected"],
  ["accent", "bg"],
  ...["ok", "failed", "retry", "pending"].map((mark) => [`chart-${mark}`, "bg"]),
] as [string, string][];

for (const theme of ["light", "dark"] as const) {
  test.each(TEXT)(`${theme}: the text %s on %s has a contrast of at least 4.5`, (text, ground) => {
    expect(pair(text, ground, theme)).toBeGreaterThanOrEqual(4.5);
  });
  test.each(GRAPHICS)(`${theme}: the control or mark %s on %s has a contrast of at least 3`, (mark, ground) => {
    expect(pair(mark, ground, theme)).toBeGreaterThanOrEqual(3);
  });
}
