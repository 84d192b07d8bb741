import { expect, test } from "vitest";
import { progressWords, rateWords, remainingWords } from "@/components/jobs/job-words";

const running = { status: "running" as const, over: 6_012, total: 10_000, perSecond: 200 };

test("a job says how far it is, how fast it goes and how long it still takes", () => {
  expect(progressWords(running)).toBe("6\u202f012 of 10\u202f000");
  expect(progressWords({ ...running, status: "counting" })).toBe("10\u202f000 counted so far");
  expect(rateWords(running)).toBe("200/s");
  expect(rateWords({ perSecond: 0.25 })).toBe("0.3/s");
  expect(remainingWords(running)).toBe("20\u00a0s");
});

test("what cannot be told is not told", () => {
  expect(rateWords({ perSecond: null })).toBeNull();
  for (const other of [{ perSecond: 0 }, { perSecond: null }, { status: "stopped" as const }]) {
    expect(remainingWords({ ...running, ...other })).toBeNull();
  }
  expect(remainingWords({ ...running, over: 9_999 })).toBe("a moment");
});
