import { expect, test } from "vitest";
import { groupsOf } from "../../../../lib/delivery/gate/batches.ts";

const notDue = () => 400;
const due = () => 0;

test("without batches each delivery goes alone", () => {
  expect(groupsOf([1, 2], null, notDue)).toEqual({ groups: [[1], [2]], againInMs: null });
});

test("full batches go at once; what is left waits until its oldest is due", () => {
  expect(groupsOf([1, 2, 3, 4, 5], 2, notDue)).toEqual({
    groups: [
      [1, 2],
      [3, 4],
    ],
    againInMs: 400,
  });
  expect(groupsOf([1, 2, 3, 4, 5], 2, due)).toEqual({ groups: [[1, 2], [3, 4], [5]], againInMs: null });
  expect(groupsOf([1, 2], 2, notDue)).toEqual({ groups: [[1, 2]], againInMs: null });
});

test("one that is due takes the others of its batch along", () => {
  expect(groupsOf([1, 2], 3, (n) => (n === 2 ? 0 : 400)).groups).toEqual([[1, 2]]);
});
