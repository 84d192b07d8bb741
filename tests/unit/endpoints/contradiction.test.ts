import { expect, test } from "vitest";
import { contradiction, NOTHING_STORED } from "../../../lib/endpoints/stored-values.ts";

const plain = {
  ...NOTHING_STORED,
  id: "e",
  url: "https://example.com/",
  builtIn: false,
  batchSize: null,
  batchSeconds: null,
  rateLimit: null,
  rateBurst: null,
  ordering: "best_effort",
} as const;

test("strict ordering and batches exclude each other, and each alone is fine", () => {
  expect(contradiction({ ...plain, batchSize: 10, ordering: "strict" })).toMatchObject({ field: "batchSize" });
  expect(contradiction({ ...plain, batchSize: 10 })).toBeNull();
  expect(contradiction({ ...plain, ordering: "strict" })).toBeNull();
});

test("a burst without a rate, and a time to gather without a batch, are refused: they would mean nothing", () => {
  expect(contradiction({ ...plain, rateBurst: 5 })).toMatchObject({ field: "rateBurst" });
  expect(contradiction({ ...plain, rateBurst: 5, rateLimit: 1 })).toBeNull();
  expect(contradiction({ ...plain, batchSeconds: 5 })).toMatchObject({ field: "batchSeconds" });
  expect(contradiction({ ...plain, batchSeconds: 5, batchSize: 10 })).toBeNull();
});
