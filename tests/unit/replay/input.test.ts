import { expect, test } from "vitest";
import { formatId, newId } from "../../../lib/ids.ts";
import { retryInput } from "../../../lib/replay/input.ts";

test("a delivery's outside id becomes its database id", () => {
  const id = newId();
  expect(retryInput.parse({ delivery: formatId("dlv", id) })).toEqual({ delivery: id });
});

test.each(["", "dlv_", "evt_01m7yga9nbep9av5e1pe7ra91c", newId()])("%j names no delivery", (delivery) => {
  expect(retryInput.safeParse({ delivery }).success).toBe(false);
});
