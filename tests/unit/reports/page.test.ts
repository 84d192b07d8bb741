import { expect, test } from "vitest";
import { MAX_PAGE_LIMIT, paged, pageLimit } from "../../../lib/reports/page.ts";

const rows = (...ids: string[]) => ids.map((id) => ({ id }));

test("the first page has no newer one, and an older one only when a further row was read", () => {
  expect(paged(rows("c", "b"), { limit: 2 })).toEqual({ rows: rows("c", "b"), next: null, previous: null });
  expect(paged(rows("c", "b", "a"), { limit: 2 })).toEqual({ rows: rows("c", "b"), next: "b", previous: null });
});

test("a newer page is read upwards and shown downwards", () => {
  const page = paged(rows("b", "c", "d"), { limit: 2, after: "a" });
  expect(page).toEqual({ rows: rows("c", "b"), next: "b", previous: "c" });
});

test("a page without rows leads nowhere", () => {
  expect(paged([], { before: "a" })).toEqual({ rows: [], next: null, previous: null });
});

test.each([
  [undefined, 51],
  [0, 51],
  [-3, 2],
  [10.9, 11],
  [1e9, MAX_PAGE_LIMIT + 1],
  [Number.NaN, 51],
])("a limit of %s reads %i rows", (limit, read) => {
  expect(pageLimit({ limit })).toBe(read);
});
