import { describe, expect, test } from "vitest";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
  formatRelative,
  shortId,
  urlParts,
} from "@/components/ui/format";

const plain = (text: string) => text.replaceAll("\u00a0", " ").replaceAll("\u202f", "_");

test.each([
  [0, "0"],
  [999, "999"],
  [12_418, "12_418"],
  [1_234_567.891, "1_234_567.89"],
])("the number %d is written %s, thousands parted by a narrow no-break space", (value, text) => {
  expect(plain(formatNumber(value))).toBe(text);
});

test.each([
  [1, "100 %"],
  [0, "0 %"],
  [0.9894, "98.9 %"],
  [0.99999, "99.99 %"],
  [0.00001, "0.1 %"],
  [0.5, "50 %"],
])("a share of %d is %s: never rounded up to all or down to none", (share, text) => {
  expect(plain(formatPercent(share))).toBe(text);
});

test.each([
  [0, "0 ms"],
  [84.4, "84 ms"],
  [999.6, "1 s"],
  [1_240, "1.24 s"],
  [5_200, "5.2 s"],
  [15_000, "15 s"],
  [59_970, "1 m"],
  [969_000, "16 m 9 s"],
  [5_220_000, "1 h 27 m"],
  [172_800_000, "2 d"],
  [273_600_000, "3 d 4 h"],
  [-1_500, "−1.5 s"],
])("%d ms lasts %s", (ms, text) => {
  expect(plain(formatDuration(ms))).toBe(text);
});

test.each([
  [148, "148 B"],
  [1536, "1.5 KiB"],
  [1_048_576, "1 MiB"],
])("%d bytes are %s", (bytes, text) => {
  expect(plain(formatBytes(bytes))).toBe(text);
});

test.each([
  [0, "now"],
  [240_000, "in 4 m"],
  [-1_140_000, "19 m ago"],
  [-5_220_000, "1 h 25 m ago"],
  [-11_000, "11 s ago"],
  [-200_000_000, "2 d ago"],
])("%d ms from now is %s", (ms, text) => {
  const now = new Date("2026-10-14T10:41:00Z");
  expect(plain(formatRelative(new Date(now.getTime() + ms), now))).toBe(text);
});

test("one is singular, everything else plural", () => {
  expect([0, 1, 41].map((count) => plain(formatCount(count, "delivery", "deliveries")))).toEqual([
    "0 deliveries",
    "1 delivery",
    "41 deliveries",
  ]);
});

describe("what a person tells apart", () => {
  test("an id keeps its prefix and its last seven characters", () => {
    expect(shortId("dlv_01m7yga9nbep9av5e1pe7ra91c")).toBe("dlv_…e7ra91c");
    expect(shortId("order.created")).toBe("order.created");
  });

  test("a URL falls into scheme, host and path", () => {
    expect(urlParts("https://api.acme.io:8443/hooks?a=1")).toEqual({
      scheme: "https://",
      host: "api.acme.io:8443",
      path: "/hooks?a=1",
    });
  });
});
