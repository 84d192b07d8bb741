import { type Budget, compilePattern } from "../event-types/linear-pattern.ts";
import { sift } from "./sift.ts";

const {
  $all,
  $and,
  $elemMatch,
  $eq,
  $exists,
  $gt,
  $gte,
  $in,
  $lt,
  $lte,
  $ne,
  $nin,
  $nor,
  $not,
  $options,
  $or,
  $size,
  $type,
  EqualsOperation,
} = sift;

/**
 * All that a filter may ask. What is not here does not exist for it: `$where` would run code, and `$mod` asks a payload
 * for its value as a number, which a payload can be made to refuse.
 */
const PLAIN = {
  $all,
  $and,
  $elemMatch,
  $eq,
  $exists,
  $gt,
  $gte,
  $in,
  $lt,
  $lte,
  $ne,
  $nin,
  $nor,
  $not,
  $options,
  $or,
  $size,
  $type,
};

/** Those that are given a list of further filters. */
export const GROUPS = ["$and", "$or", "$nor"] as const;
export const OPERATORS = [...Object.keys(PLAIN), "$regex"].toSorted();
export const TYPES = ["number", "string", "bool", "array", "null"] as const;
const FLAGS = /^[ims]*$/;

/** The library's operators, with patterns in an engine whose time grows with the text and no faster. */
export function operatorsWithin(budget: Budget) {
  return {
    ...PLAIN,
    $regex: (pattern: string, beside: { $options?: string }, options: Parameters<typeof $eq>[2]) => {
      const flags = beside.$options ? `(?${beside.$options})` : "";
      const matches = compilePattern(flags + pattern, budget);
      return new EqualsOperation((value: unknown) => typeof value === "string" && matches(value), beside, options);
    },
  };
}

const isText = (value: unknown) => typeof value === "string";
const isComparable = (value: unknown) => isText(value) || typeof value === "number";
const isList = (value: unknown) => Array.isArray(value) && value.length > 0;
const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);

/** What an operator takes, and what to say when it is given something else. */
const OPERANDS: Record<string, { takes: (value: unknown) => boolean; problem: string }> = {
  ...Object.fromEntries(
    ["$gt", "$gte", "$lt", "$lte"].map((name) => [name, { takes: isComparable, problem: "takes a number or a text" }]),
  ),
  ...Object.fromEntries(
    ["$in", "$nin", "$all"].map((name) => [name, { takes: isList, problem: 'takes a list, such as ["a", "b"]' }]),
  ),
  ...Object.fromEntries(
    GROUPS.map((name) => [
      name,
      { takes: isList, problem: 'takes a list of conditions, such as [{"a": 1}, {"b": 2}]' },
    ]),
  ),
  $exists: { takes: (value) => typeof value === "boolean", problem: "takes true or false" },
  $size: { takes: (value) => Number.isInteger(value), problem: "takes a whole number" },
  $type: {
    takes: (value) => TYPES.some((type) => type === value),
    problem: `takes one of ${TYPES.map((type) => `"${type}"`).join(", ")}`,
  },
  $regex: { takes: isText, problem: "takes a pattern as a text" },
  $options: {
    takes: (value) => isText(value) && FLAGS.test(String(value)),
    problem: "takes the letters i (case), m (lines) and s (dot matches line ends)",
  },
  $not: { takes: isObject, problem: 'takes an operator, such as {"$regex": "^test"}' },
  $elemMatch: { takes: isObject, problem: 'takes conditions on one element, such as {"sku": "A-1"}' },
};

/** What is wrong with what an operator was given, or null. */
export function operandProblem(operator: string, value: unknown): string | null {
  const operand = OPERANDS[operator];
  return operand && !operand.takes(value) ? operand.problem : null;
}
