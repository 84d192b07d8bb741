import { expect, test } from "vitest";
import { ByteBudget } from "../../../lib/delivery/byte-budget.ts";

test("who asks for more than is free waits until it is given back, in order", async () => {
  const budget = new ByteBudget(100, 60_000);
  const served: string[] = [];
  const take = (name: string, bytes: number) => budget.take(bytes).then(() => served.push(name));
  await take("first", 60);
  const second = take("second", 60);
  const third = take("third", 10);
  await Promise.resolve();
  expect(served).toEqual(["first"]);
  budget.giveBack(60);
  await Promise.all([second, third]);
  expect(served).toEqual(["first", "second", "third"]);
});

test("more than there are in all is served alone, not never", async () => {
  const budget = new ByteBudget(100, 60_000);
  await budget.take(1_000);
  budget.giveBack(1_000);
  await budget.take(100);
});

test("who waits too long is told so and holds nothing, and those behind it that ask for less are served", async () => {
  const budget = new ByteBudget(100, 20);
  expect(await budget.take(60)).toBe(true);
  expect(await Promise.all([budget.take(60), budget.take(40)])).toEqual([false, true]);
  budget.giveBack(60);
  budget.giveBack(40);
  expect(await budget.take(100)).toBe(true);
});
