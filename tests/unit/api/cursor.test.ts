import { expect, test } from "vitest";
import { pageOf, pageOfNames } from "../../../lib/api/cursor.ts";
import { formatId, newId } from "../../../lib/ids.ts";

const names = ["a", "b", "c", "d", "e"];

test("names are paged forwards and backwards without a gap", () => {
  const first = pageOfNames(names, { limit: 2 });
  expect(first).toEqual({ names: ["a", "b"], next: "next.b", previous: null });
  const second = pageOfNames(names, { limit: 2, cursor: "next.b" });
  expect(second).toEqual({ names: ["c", "d"], next: "next.d", previous: "previous.c" });
  expect(pageOfNames(names, { limit: 2, cursor: "next.d" })).toEqual({
    names: ["e"],
    next: null,
    previous: "previous.e",
  });
  expect(pageOfNames(names, { limit: 2, cursor: "previous.c" })).toEqual(first);
  expect(pageOfNames(names, { limit: 2, cursor: "previous.e" })).toEqual(second);
});

test("a name that went in the meantime is still a place in the list", () => {
  const left = ["a", "c", "d"];
  expect(pageOfNames(left, { limit: 2, cursor: "next.b" }).names).toEqual(["c", "d"]);
  expect(pageOfNames(left, { limit: 2, cursor: "previous.b" }).names).toEqual(["a"]);
  expect(pageOfNames(left, { limit: 2, cursor: "next.z" })).toEqual({ names: [], next: null, previous: null });
  expect(pageOfNames([], { limit: 2 })).toEqual({ names: [], next: null, previous: null });
});

test("a cursor names a row of its own kind, or the beginning", () => {
  const id = newId();
  expect(pageOf({ limit: 5, cursor: `next.${formatId("dlv", id)}` }, "dlv")).toEqual({ limit: 5, before: id });
  expect(pageOf({ limit: 5, cursor: `previous.${formatId("dlv", id)}` }, "dlv")).toEqual({ limit: 5, after: id });
  expect(pageOf({ limit: 5, cursor: `next.${formatId("evt", id)}` }, "dlv")).toEqual({ limit: 5 });
});
