import { expect, test } from "vitest";
import { payloadText } from "@/components/deliveries/payload-text";

test("JSON is shown with line breaks, keys in their order and numbers in their digits", () => {
  const body = Buffer.from('{"b":1E2,"a":12345678901234567890,"b":1.0}');
  expect(payloadText(body)).toEqual({
    text: '{\n  "b": 1E2,\n  "a": 12345678901234567890,\n  "b": 1.0\n}',
    kind: "json",
    notice: null,
  });
});

test("asked for as it came, JSON keeps its one line", () => {
  expect(payloadText(Buffer.from('{"a":1}'), { pretty: false })).toEqual({
    text: '{"a":1}',
    kind: "json",
    notice: null,
  });
});

test("markup stays text", () => {
  expect(payloadText(Buffer.from("<script>alert(1)</script>")).text).toBe("<script>alert(1)</script>");
});

test.each([
  ["broken UTF-8", Buffer.from([0xff, 0xfe, 0x41])],
  ["a NUL", Buffer.from("a\0b")],
])("bytes with %s are shown as hex", (_name, bytes) => {
  const shown = payloadText(bytes);
  expect(shown.text).toMatch(/^000000 {2}[0-9a-f]{2} /);
  expect(shown.kind).toBe("hex");
  expect(shown.notice).toMatch(/^Not text/);
});

test("a long text is cut with a notice, even inside a character", () => {
  const shown = payloadText(Buffer.from(`x${"é".repeat(50_000)}`));
  expect(shown.text.length).toBeLessThanOrEqual(64 * 1024);
  expect(shown.text.endsWith("é")).toBe(true);
  expect(shown.notice).toMatch(/^The first 64 KiB are shown/);
});
