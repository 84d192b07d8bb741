import { expect, test } from "vitest";
import { waitSeconds } from "../../../lib/doors/preferences.ts";

test.each<[string, number | null]>([
  ["wait=5", 5],
  ["Wait=0", 0],
  ['wait="7"', 7],
  ["respond-async, wait=10", 10],
  ["wait=10; really, respond-async", 10],
  ["wait=3, wait=9", 3],
  ["wait=30", 30],
  ["wait=31", 30],
  ["wait=999999999", 30],
  ["respond-async", null],
  ["return=minimal", null],
  ['foo="bar, wait=5"', null],
  ['foo; some="a, wait=5, b"', null],
  ["waiting=5", null],
  ["", null],
])("Prefer: %s waits %j seconds", (prefer, seconds) => {
  expect(waitSeconds({ prefer }, false)).toBe(seconds);
});

test.each(["wait", "wait=", "wait=soon", "wait=-1", "wait=1.5", "wait=1e1", "wait=9999999999", 'wait="x"'])(
  "Prefer: %s is refused",
  (prefer) => {
    expect(waitSeconds({ prefer }, false)).toMatchObject({ code: "invalid_parameter", errors: [{ path: "Prefer" }] });
  },
);

test("a batch is not waited for, and takes other preferences", () => {
  expect(waitSeconds({ prefer: "wait=5" }, true)).toMatchObject({ code: "invalid_parameter" });
  expect(waitSeconds({ prefer: "respond-async" }, true)).toBeNull();
});

test("a header of 16 KiB is read in no time, whatever it is made of", () => {
  const started = performance.now();
  for (const part of ['"', "a ", 'a="', "a;", "\\", 'a="\\', "a", " ", '"\\"']) {
    for (const end of ["", '"', "\\", '="', ","]) {
      waitSeconds({ prefer: part.repeat(16_384 / part.length) + end }, false);
    }
  }
  expect(performance.now() - started).toBeLessThan(1_000);
});
