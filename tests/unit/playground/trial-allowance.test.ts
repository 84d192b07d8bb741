import { expect, test } from "vitest";
import { MOST_AT_ONCE, MOST_PER_MINUTE, TrialAllowance } from "../../../lib/playground/trial-allowance.ts";

test(`${MOST_AT_ONCE} calls of a workspace run at once, and no more until one is over`, () => {
  const allowance = new TrialAllowance();
  const first = allowance.take("a", MOST_AT_ONCE - 1, 0);
  expect(allowance.take("a", 2, 0)).toMatchObject({ granted: false });
  expect(allowance.take("a", 1, 0)).toMatchObject({ granted: true });
  expect(allowance.take("a", 1, 0)).toMatchObject({ granted: false });
  if (first.granted) first.giveBack();
  expect(allowance.take("a", 1, 0)).toMatchObject({ granted: true });
});

test("a minute later a workspace may go on, and others never had to wait", () => {
  const allowance = new TrialAllowance();
  for (let call = 0; call < MOST_PER_MINUTE; call++) {
    const grant = allowance.take("a", 1, 1_000);
    if (grant.granted) grant.giveBack();
  }
  expect(allowance.take("a", 1, 60_999)).toMatchObject({ granted: false });
  expect(allowance.take("b", 1, 60_999)).toMatchObject({ granted: true });
  expect(allowance.take("a", 1, 61_000)).toMatchObject({ granted: true });
});
