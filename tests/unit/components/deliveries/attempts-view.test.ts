import { expect, test } from "vitest";
import { attemptsView } from "@/components/deliveries/attempts-view";

test.each([
  ["before the first", { attempts: 0, scheduleStep: 0, maxAttempts: 3, status: "queued" }, "0/3", 0, "ooo"],
  ["delivered at once", { attempts: 1, scheduleStep: 0, maxAttempts: 3, status: "delivered" }, "1/3", 0, "soo"],
  ["delivered after a failure", { attempts: 2, scheduleStep: 1, maxAttempts: 3, status: "delivered" }, "2/3", 0, "fso"],
  ["exhausted", { attempts: 3, scheduleStep: 2, maxAttempts: 3, status: "failed" }, "3/3", 0, "fff"],
  ["manual after exhausted", { attempts: 4, scheduleStep: 2, maxAttempts: 3, status: "failed" }, "3/3", 1, "fff"],
  ["a schedule shortened since", { attempts: 5, scheduleStep: 4, maxAttempts: 2, status: "failed" }, "5/5", 0, "fffff"],
] as const)("%s: planned calls, those beside the schedule, and a dot each", (_name, row, planned, extra, dots) => {
  expect(attemptsView(row)).toEqual({ planned, extra, dots });
});

test("a long schedule has no dots", () => {
  expect(attemptsView({ attempts: 1, scheduleStep: 0, maxAttempts: 20, status: "retrying" }).dots).toBe("");
});
