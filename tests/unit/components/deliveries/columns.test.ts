import { expect, test } from "vitest";
import {
  areDefault,
  changeColumns,
  columnChoices,
  DEFAULT_COLUMNS,
  readColumns,
} from "../../../../components/deliveries/columns.ts";

test.each([
  ["id,status,type", ["status", "id", "type"]],
  ["created", ["status", "type", "created"]],
  ["type,nonsense,type,id", ["status", "type", "id"]],
  [
    ["endpoint", 7, "id"],
    ["status", "type", "endpoint", "id"],
  ],
])("the columns %j are shown as %j: status first, the type always there, each once", (names, columns) => {
  expect(readColumns(names)).toEqual(columns);
});

test.each(["", "nonsense", null, undefined, 12, { id: true }])("%j names no columns", (names) => {
  expect(readColumns(names)).toBeNull();
});

test("a column is hidden and comes back at the end", () => {
  const without = changeColumns(DEFAULT_COLUMNS, { column: "endpoint", to: "hidden" });
  expect(without).not.toContain("endpoint");
  expect(changeColumns(without, { column: "endpoint", to: "shown" }).at(-1)).toBe("endpoint");
});

test("status and event type cannot be hidden, and nothing takes the status's place", () => {
  expect(changeColumns(DEFAULT_COLUMNS, { column: "type", to: "hidden" })).toEqual(DEFAULT_COLUMNS);
  expect(changeColumns(DEFAULT_COLUMNS, { column: "status", to: "later" })).toEqual(DEFAULT_COLUMNS);
  expect(changeColumns(DEFAULT_COLUMNS, { column: "type", to: "earlier" })).toEqual(DEFAULT_COLUMNS);
});

test("a column moves by one place until it stands at the end", () => {
  expect(changeColumns(["status", "type", "id"], { column: "type", to: "later" })).toEqual(["status", "id", "type"]);
  expect(changeColumns(["status", "type", "id"], { column: "id", to: "earlier" })).toEqual(["status", "id", "type"]);
  expect(changeColumns(["status", "type", "id"], { column: "id", to: "later" })).toEqual(["status", "type", "id"]);
});

test("the menu lists what is shown in its order, then what is hidden", () => {
  const choices = columnChoices(["status", "type", "created"]);
  expect(choices.slice(0, 3).map(({ column }) => column)).toEqual(["status", "type", "created"]);
  expect(choices.filter(({ shown }) => !shown).map(({ column }) => column)).toContain("customer");
});

test("only the first order counts as unchanged", () => {
  expect(areDefault(DEFAULT_COLUMNS)).toBe(true);
  expect(areDefault(["status", "type"])).toBe(false);
});
