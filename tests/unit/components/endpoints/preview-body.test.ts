import { expect, test } from "vitest";
import { previewBody } from "../../../../components/endpoints/preview-body.ts";
import { FORMATS } from "../../../../lib/formats/names.ts";
import { formatOf } from "../../../../lib/formats/registry.ts";
import { aFormattedEvent } from "../../../support/formatted.ts";

const example = '{"id":12345678901234567890,"name":"A & B + C","lines":[{"sku":"x"}]}';
const { type, occurredAt, source } = aFormattedEvent();
const shown = { type, example, timestamp: occurredAt.toISOString(), source };
const bare = (text: string) => text.replaceAll(/\s/g, "");

test.each(FORMATS)("the preview of %s shows what is sent, spread out", (format) => {
  const sent = formatOf(format).one(aFormattedEvent({ payload: Buffer.from(example) }));
  const text = format === "form" ? decodeURIComponent(sent.body.toString().replaceAll("+", " ")) : sent.body.toString();
  const preview = previewBody(format, shown);
  expect(bare(preview.text)).toBe(bare(text));
  expect(sent.contentType.startsWith(preview.contentType)).toBe(true);
});

test("an example that is no JSON takes nothing with it", () => {
  expect(previewBody("raw", { ...shown, example: "{" }).text).toBe("{}");
});
