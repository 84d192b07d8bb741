import { expect, test } from "vitest";
import { troubleOf, typeSentence } from "../../../lib/reports/type-trouble.ts";

const counted = (type: string, delivered: number, bad: number) => ({ type, delivered, bad });
const answered = (type: string, statusCode: number) => ({ type, outcome: "http_error" as const, statusCode });

test("one type that fails altogether is named, with its answer and how many others are fine", () => {
  const trouble = troubleOf(
    [counted("order.created", 9, 0), counted("invoice.failed", 0, 4), counted("order.paid", 2, 0)],
    [answered("invoice.failed", 500)],
  );
  expect(typeSentence(trouble)).toEqual({ cause: "answers 500", types: ["invoice.failed"], fine: 2 });
});

test("two types with different answers are named without one", () => {
  const trouble = troubleOf(
    [counted("a", 0, 1), counted("b", 0, 5), counted("c", 1, 0)],
    [answered("a", 500), answered("b", 404)],
  );
  expect(typeSentence(trouble)).toEqual({ cause: "fails", types: ["b", "a"], fine: 1 });
});

test.each([
  ["everything fails", [counted("a", 0, 3), counted("b", 0, 1)]],
  ["some of every type fails", [counted("a", 5, 3), counted("b", 4, 1)]],
  ["nothing fails", [counted("a", 5, 0)]],
  ["three types fail", [counted("a", 0, 1), counted("b", 0, 1), counted("c", 0, 1), counted("d", 1, 0)]],
])("when %s, the types say nothing more", (_, counts) => {
  expect(typeSentence(troubleOf(counts, []))).toBeNull();
});

test("a type without an answer on record just fails", () => {
  expect(typeSentence(troubleOf([counted("a", 0, 1), counted("b", 1, 0)], []))?.cause).toBe("fails");
});
