import { expect, test } from "vitest";
import { ByteBudget } from "../../../lib/delivery/byte-budget.ts";
import { deliver, type Tools } from "../../../lib/delivery/deliver.ts";
import { aClaim, aConfiguration, anEndpointNow, anEventRow } from "../../support/claims.ts";

test("a large payload that finds no room in time is put back unsent, long before its claim ends", async () => {
  const claimed = aClaim({
    event: anEventRow({ payload: null, bytes: 80 }),
    endpoint: anEndpointNow({ configuration: aConfiguration() }),
  });
  const budget = new ByteBudget(100, 10);
  await budget.take(60);
  const stopped = new AbortController().signal;
  const tools = { budget, stopped } as Tools;
  expect(await deliver(claimed, tools)).toMatchObject({ change: null, attempts: [], next: { job: { d: "d" } } });
});
