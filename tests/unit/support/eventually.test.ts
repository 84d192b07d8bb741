import { expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";

test("the first answer that is there is returned, however often the probe had none or threw", async () => {
  const answers: (() => unknown)[] = [() => null, () => false, () => expect(1).toBe(2), () => 0];
  expect(await eventually(() => answers.shift()?.(), { everyMs: 1 })).toBe(0);
});

test("at the deadline the last failure is reported", async () => {
  const never = eventually(() => expect("queued").toBe("delivered"), { withinMs: 30, everyMs: 5 });
  await expect(never).rejects.toThrow("delivered");
});
