import { expect, test } from "vitest";
import { highlight, LANGUAGES, MAX_HIGHLIGHTED_BYTES } from "@/components/ui/highlight";

test("JSON is cut into coloured pieces that spell the same text", async () => {
  const code = '{\n  "a": [1, true, null, "x"]\n}';
  const lines = await highlight(code, "json");
  expect(lines?.map((line) => line.map(({ text }) => text).join("")).join("\n")).toBe(code);
  const classes = Object.fromEntries((lines ?? []).flat().map(({ text, className }) => [text.trim(), className]));
  expect(classes).toMatchObject({
    '"a"': "text-code-key",
    "1": "text-code-number",
    true: "text-code-bool",
    null: "text-code-null",
    '"x"': "text-code-string",
  });
});

test.each(LANGUAGES)("%s has a grammar", async (language) => {
  expect(await highlight("a", language)).toHaveLength(1);
});

test("a long text stays plain", async () => {
  expect(await highlight("1".repeat(MAX_HIGHLIGHTED_BYTES + 1), "json")).toBeNull();
});
