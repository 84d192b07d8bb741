import { expect, test } from "vitest";
import { contradiction, NOTHING_STORED } from "../../../lib/endpoints/stored-values.ts";

const plain = {
  ...NOTHING_STORED,
  id: "e",
  url: "https://example.com/",
  builtIn: false,
  batchSize: null,
  ordering: "best_effort",
} as const;

test("strict ordering and batches exclude each other, and each alone is fine", () => {
  expect(contradiction({ ...plain, batchSize: 10, ordering: "strict" })).toMatchObject({ field: "batchSize" });
  expect(contradiction({ ...plain, batchSize: 10 })).toBeNull();
  expect(contradiction({ ...plain, ordering: "strict" })).toBeNull();
});
