import { expect, test } from "vitest";
import { parseJsonBatch, parseLines } from "../../../lib/ingest/posted-batch.ts";

const EVENT = '{"type":"a","data":{"n":1E2}}';
const arrayOf = (count: number) => Buffer.from(`[${Array(count).fill(EVENT).join(" ,\n")}]`);
const linesOf = (count: number) => Buffer.from(Array(count).fill(EVENT).join("\n"));

test.each([
  ["an array", parseJsonBatch, arrayOf],
  ["lines", parseLines, linesOf],
])("%s may hold 1 to 1,000 events", (_, parse, make) => {
  expect(parse(make(1_000))).toMatchObject({ ok: true, value: { length: 1_000 } });
  expect(parse(make(1_001))).toMatchObject({ ok: false, refusal: { code: "too_large" } });
  expect(parse(make(0))).toMatchObject({ ok: false });
});

test("each event's data is cut out of the batch's bytes", () => {
  for (const batch of [parseJsonBatch(arrayOf(3)), parseLines(linesOf(3))]) {
    const data = batch.ok ? batch.value.map((item) => item.ok && item.value.data.toString()) : [];
    expect(data).toEqual(['{"n":1E2}', '{"n":1E2}', '{"n":1E2}']);
  }
});

test("blank lines and carriage returns are nothing; a bad line spoils no other, and says which it is", () => {
  const parsed = parseLines(Buffer.from(`\r\n${EVENT}\r\n\n{"type":1,"data":2}\nnonsense\n`));
  expect(parsed).toMatchObject({
    ok: true,
    value: [
      { ok: true },
      { ok: false, refusal: { code: "invalid_field", errors: [{ path: "[1].type" }] } },
      { ok: false, refusal: { code: "invalid_json" } },
    ],
  });
});

test("an event of a batch may have 1 MiB, like any other", () => {
  const large = `{"type":"a","data":"${"x".repeat(1_024 * 1_024)}"}`;
  for (const batch of [
    parseJsonBatch(Buffer.from(`[${EVENT},${large}]`)),
    parseLines(Buffer.from(`${EVENT}\n${large}`)),
  ]) {
    expect(batch).toMatchObject({ ok: true, value: [{ ok: true }, { ok: false, refusal: { code: "too_large" } }] });
  }
});
