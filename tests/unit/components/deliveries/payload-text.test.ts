import { expect, test } from "vitest";
import { payloadText } from "@/components/deliveries/payload-text";

test("JSON is shown with line breaks and copied as it was", () => {
  const { text, language, copy, notice } = payloadText(Buffer.from('{"a":1}'));
  expect({ text, language, copy, notice }).toEqual({
    text: '{\n  "a": 1\n}',
    language: "json",
    copy: '{"a":1}',
    notice: null,
  });
});

test("markup stays text", () => {
  expect(payloadText(Buffer.from("<script>alert(1)</script>")).text).toBe("<script>alert(1)</script>");
});

test.each([
  ["broken UTF-8", Buffer.from([0xff, 0xfe, 0x41])],
  ["a NUL", Buffer.from("a\0b")],
])("bytes with %s are shown as hex and copied as base64", (_name, bytes) => {
  const shown = payloadText(bytes);
  expect(shown.text).toMatch(/^000000 {2}[0-9a-f]{2} /);
  expect(shown.copy).toBe(bytes.toString("base64"));
  expect(shown.notice).toMatch(/^Not text/);
});

test("a long text is cut with a notice, even inside a character", () => {
  const shown = payloadText(Buffer.from(`x${"é".repeat(50_000)}`));
  expect(shown.text.length).toBeLessThanOrEqual(64 * 1024);
  expect(shown.text.endsWith("é")).toBe(true);
  expect(shown.notice).toBe("The first 64 KiB are shown and copied.");
});
