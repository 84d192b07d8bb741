import { expect, test } from "vitest";
import { pagesOf } from "../../../lib/exports/pages.ts";
import { exportStream } from "../../../lib/exports/write.ts";

test("an export that comes no further back breaks off instead of looking for ever", async () => {
  let reads = 0;
  const stuck = pagesOf(async () => {
    reads++;
    return { next: "05" };
  });
  await expect(Array.fromAsync(stuck)).rejects.toThrow("takes too long");
  expect(reads).toBe(2);
});

test("pages follow each other to the last", async () => {
  const next = new Map([
    [null, "05"],
    ["05", "03"],
    ["03", null],
  ]);
  const pages = await Array.fromAsync(pagesOf(async (before) => ({ before, next: next.get(before) ?? null })));
  expect(pages.map(({ before }) => before)).toEqual([null, "05", "03"]);
});

test("an export that nobody takes any more stops looking, although it has found nothing yet", async () => {
  let looked = 0;
  const empty = (async function* () {
    for (; looked < 1_000; looked++) {
      await new Promise(setImmediate);
      yield [];
    }
  })();
  const reader = exportStream("ndjson", ["id"], empty).getReader();
  const read = reader.read();
  while (looked === 0) await new Promise(setImmediate);
  await reader.cancel();
  await read;
  await new Promise(setImmediate);
  expect(looked).toBeLessThan(10);
});
