import { afterEach, beforeEach } from "vitest";

// The product logs on standard output, where a test run's own words would drown: lines are shown for the test that failed.

let lines: string[] = [];

process.stdout.write = (chunk: string | Uint8Array): boolean => {
  lines.push(chunk.toString());
  return true;
};

beforeEach(() => {
  lines = [];
});

afterEach(({ task }) => {
  if (task.result?.state === "fail") process.stderr.write(lines.join(""));
});
