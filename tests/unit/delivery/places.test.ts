import { expect, test } from "vitest";
import { Places } from "../../../lib/delivery/places.ts";

test("what is taken is not free, and is again when it is given back", () => {
  const places = new Places(4);
  const holder = {};
  places.take(holder, 0);
  expect([places.taken, places.free(0), places.hasRoom(0)]).toEqual([1, 3, true]);
  places.giveBack(holder);
  expect([places.taken, places.free(0)]).toEqual([0, 4]);
});

test("calls that take longer than a second give their places to others, up to twice as many as there are", () => {
  const places = new Places(4);
  const take = (count: number, at: number) => {
    for (let n = 0; n < count; n++) places.take({}, at);
  };
  take(4, 0);
  expect([places.free(999), places.hasRoom(999)]).toEqual([0, false]);
  expect(places.free(1_099)).toBe(4);
  take(4, 1_100);
  expect(places.free(2_200)).toBe(4);
  take(4, 2_200);
  expect(places.free(3_300)).toBe(0);
});

test("a long call that ends leaves no place that is not there", () => {
  const places = new Places(1);
  const holder = {};
  places.take(holder, 0);
  expect(places.free(1_000)).toBe(1);
  places.giveBack(holder);
  expect(places.free(1_001)).toBe(1);
});

test("whoever has half of the places is known by name", () => {
  const places = new Places<{ owner: string }>(4);
  const ownerOf = ({ owner }: { owner: string }) => owner;
  const first = { owner: "one" };
  places.take(first);
  places.take({ owner: "other" });
  expect(places.mostlyTakenBy(ownerOf)).toBe(null);
  places.take({ owner: "one" });
  expect(places.mostlyTakenBy(ownerOf)).toBe("one");
  places.giveBack(first);
  expect(places.mostlyTakenBy(ownerOf)).toBe(null);
});
