import { expect, test } from "vitest";
import { MAX_WAITING_BYTES } from "../../../lib/ingest/limits.ts";
import { heldBytes, holdBytes, releaseBytes } from "../../../lib/ingest/waiting-budget.ts";

test("what waits in memory is bounded, and what is released can be held again", () => {
  expect(holdBytes(MAX_WAITING_BYTES)).toBe(true);
  expect(holdBytes(1)).toBe(false);
  expect(heldBytes()).toBe(64 * 1_024 * 1_024);
  releaseBytes(10);
  expect(holdBytes(10)).toBe(true);
  releaseBytes(MAX_WAITING_BYTES);
  expect(heldBytes()).toBe(0);
});
