import { expect, test } from "vitest";
import {
  MAX_ELEM_MATCHES,
  MAX_FILTER_DEPTH,
  MAX_FILTER_LENGTH,
  MAX_FILTER_WEIGHT,
} from "../../../lib/filters/check.ts";
import { type Filter, parseFilter, storedFilter } from "../../../lib/filters/filter.ts";
import { judgeOf } from "../../../lib/filters/judge-event.ts";

function filterOf(conditions: unknown): Filter {
  const parsed = parseFilter(typeof conditions === "string" ? conditions : JSON.stringify(conditions));
  if (!parsed.ok) throw new Error(parsed.problems.join("; "));
  return parsed.filter;
}

function problemsOf(conditions: unknown): string[] {
  const parsed = parseFilter(typeof conditions === "string" ? conditions : JSON.stringify(conditions));
  return parsed.ok ? [] : parsed.problems;
}

const bytesOf = (payload: unknown) => Buffer.byteLength(JSON.stringify(payload));
const wants = (conditions: unknown, payload: unknown) => filterOf(conditions).judge(payload, bytesOf(payload)).wanted;

const ORDER = {
  amount: 120,
  currency: "EUR",
  paid: true,
  note: null,
  customer: { country: "DE", email: "ada@example.com" },
  items: [
    { sku: "A-1", quantity: 2 },
    { sku: "B-2", quantity: 30 },
  ],
  tags: ["new", "vip"],
};

test.each([
  [{ amount: 120 }, true],
  [{ amount: { $gt: 119, $lte: 120 } }, true],
  [{ amount: { $gte: 121 } }, false],
  [{ amount: { $gt: "1" } }, false],
  [{ currency: { $in: ["USD", "EUR"] } }, true],
  [{ currency: { $nin: ["USD", "EUR"] } }, false],
  [{ currency: { $ne: "USD" }, paid: true }, true],
  [{ "customer.country": "DE" }, true],
  [{ "customer.city": { $exists: false } }, true],
  [{ note: { $exists: true, $type: "null" } }, true],
  [{ note: null, missing: null }, true],
  [{ tags: "vip" }, true],
  [{ tags: { $all: ["vip", "new"] } }, true],
  [{ tags: { $size: 2 } }, true],
  [{ "items.sku": "B-2" }, true],
  [{ items: { $elemMatch: { sku: "A-1", quantity: { $gt: 10 } } } }, false],
  [{ items: { $elemMatch: { sku: "B-2", quantity: { $gt: 10 } } } }, true],
  [{ $or: [{ amount: 1 }, { "customer.country": "DE" }] }, true],
  [{ $and: [{ amount: 120 }, { currency: "USD" }] }, false],
  [{ $nor: [{ amount: 1 }, { currency: "USD" }] }, true],
  [{ currency: { $not: { $regex: "^E" } } }, false],
  [{ "customer.email": { $regex: "@EXAMPLE\\.com$", $options: "i" } }, true],
  [{ "customer.email": { $regex: "@EXAMPLE\\.com$" } }, false],
  [{ customer: { $eq: { country: "DE", email: "ada@example.com" } } }, true],
])("%j asks an order as MongoDB would: %s", (conditions, wanted) => {
  expect(wants(conditions, ORDER)).toBe(wanted);
});

test.each([[5], ["text"], [null], [[]], [[1, 2]], [true]])(
  "a payload that is no object (%j) is simply not matched",
  (payload) => {
    expect(wants({ amount: 1 }, payload)).toBe(false);
  },
);

test("the reason names the first condition that did not hold", () => {
  const verdict = filterOf({ currency: "EUR", amount: { $gte: 500 } }).judge(ORDER, 300);
  expect(verdict).toEqual({
    wanted: false,
    reason: 'Filtered out: amount does not match {"$gte":500}',
    unclear: false,
  });
  const long = filterOf({ currency: { $in: Array.from({ length: 100 }, (_, n) => `number ${n}`) } }).judge(ORDER, 300);
  expect(long.wanted ? "" : long.reason.length).toBeLessThan(260);
});

test.each([
  ["", /not JSON.*Write conditions such as/],
  ["{amount: 1}", /not JSON/],
  ["[]", /object of conditions/],
  ["{}", /leave the field empty/],
  [{ $where: "return true" }, /\$where is not an operator here: use \$all/],
  [{ amount: { $function: "x" } }, /amount: \$function is not an operator here/],
  [{ amount: { $mod: [2, 0] } }, /\$mod is not an operator here/],
  [{ customer: { country: "DE" } }, /write the path with dots, as in "customer\.country"/],
  [{ customer: { $eq: 1, country: "DE" } }, /mixes operators and names/],
  [{ amount: { $gt: [1] } }, /amount: \$gt takes a number or a text/],
  [{ amount: { $in: "EUR" } }, /amount: \$in takes a list/],
  [{ $or: [] }, /\$or takes a list of conditions/],
  [{ $or: [{}] }, /A list of conditions has an empty object in it/],
  [{ a: { $not: {} } }, /a has an empty object in it/],
  [{ a: { $elemMatch: {} } }, /a has an empty object in it/],
  [{ $or: [1] }, /\$or takes a list of conditions/],
  [{ a: { $exists: "yes" } }, /takes true or false/],
  [{ a: { $type: "function" } }, /takes one of "number"/],
  [{ a: { $regex: "(" } }, /^a: /],
  [{ a: { $regex: "(a)\\1" } }, /back-references are not supported/],
  [{ a: { $regex: "a", $options: "g" } }, /\$options takes the letters/],
  [{ "a..b": 1 }, /single dots/],
  ['{"__proto__": {"$exists": true}}', /cannot be asked for/],
  [{ "a.constructor.name": "Object" }, /cannot be asked for/],
  [{ a: { $elemMatch: { "b.prototype": 1 } } }, /cannot be asked for/],
  [{ toJSON: 1 }, /cannot be asked for/],
])("%j is refused with what to do", (conditions, problem) => {
  expect(problemsOf(conditions).join("\n")).toMatch(problem);
});

test("the longest, deepest and heaviest filters are taken, one more is refused", () => {
  const text = (length: number) => JSON.stringify({ a: "x".repeat(length - '{"a":""}'.length) });
  expect(problemsOf(text(MAX_FILTER_LENGTH))).toEqual([]);
  expect(problemsOf(text(MAX_FILTER_LENGTH + 1))).toEqual([`A filter has at most ${MAX_FILTER_LENGTH} characters`]);

  const values = (count: number) => ({ a: { $in: Array.from({ length: count }, (_, n) => n) } });
  expect(problemsOf(values(MAX_FILTER_WEIGHT - 1))).toEqual([]);
  expect(problemsOf(values(MAX_FILTER_WEIGHT))[0]).toMatch(/at most 200 operators and values, this one has 201/);

  const nots = (count: number): object => (count === 0 ? { $eq: 1 } : { $not: nots(count - 1) });
  expect(problemsOf({ a: nots(MAX_FILTER_DEPTH - 2) })).toEqual([]);
  expect(problemsOf({ a: nots(MAX_FILTER_DEPTH - 1) })[0]).toMatch(/more than 10 deep/);

  const elements = (count: number): object => (count === 0 ? { a: 1 } : { a: { $elemMatch: elements(count - 1) } });
  expect(problemsOf(elements(MAX_ELEM_MATCHES))).toEqual([]);
  expect(problemsOf(elements(MAX_ELEM_MATCHES + 1))[0]).toMatch(/\$elemMatch stands at most 2 times/);
});

test("patterns and payloads made to take for ever take no longer than a moment", () => {
  const started = performance.now();
  expect(wants({ a: { $regex: "^(a+)+$" } }, { a: `${"a".repeat(28)}!` })).toBe(false);
  expect(wants({ a: { $regex: "^(([a-z])+.)+[A-Z]([a-z])+$" } }, { a: "a".repeat(5_000) })).toBe(false);

  const long = filterOf({ a: { $regex: "(x+x+)+y" } }).judge({ a: "x".repeat(1_000_000) }, 1_000_000);
  expect(long).toMatchObject({ wanted: false, reason: expect.stringMatching(/could not be asked|Filtered out/) });

  // A list 500 deep in lists is copied 500 times by a plain comparison.
  const deep = JSON.parse(`{"a":${"[".repeat(500)}${"1,".repeat(400_000)}1${"]".repeat(500)}}`);
  expect(filterOf({ a: 2 }).judge(deep, 800_000)).toMatchObject({ wanted: false, unclear: true });
  const nested = { a: { $elemMatch: { a: { $elemMatch: { b: 1 } } } } };
  expect(filterOf(nested).judge(deep, 800_000)).toMatchObject({ wanted: false, unclear: true });
  expect(performance.now() - started).toBeLessThan(2_000);
});

test("a filter that is heavy for a large event says so instead of guessing", () => {
  const heavy = { a: { $in: Array.from({ length: 150 }, (_, n) => -n) } };
  const large = { a: Array.from({ length: 200_000 }, (_, n) => n) };
  expect(filterOf(heavy).judge(large, bytesOf(large))).toEqual({
    wanted: false,
    unclear: true,
    reason: "The endpoint's filter could not be asked: the event has too many elements",
  });
  expect(filterOf({ a: 199_999 }).judge(large, bytesOf(large))).toEqual({ wanted: true });
});

test("payloads with the names of methods and prototypes are asked like any others", () => {
  const hostile = JSON.parse(
    '{"__proto__":{"admin":true},"constructor":1,"hasOwnProperty":1,"toString":1,"valueOf":1,"toJSON":1,"length":-1,"a":{"valueOf":1,"toString":1}}',
  );
  expect(wants({ admin: true }, hostile)).toBe(false);
  expect(wants({ admin: { $exists: false }, "a.b": { $exists: false } }, hostile)).toBe(true);
  expect(wants({ a: { $gt: 0 } }, hostile)).toBe(false);
  expect(wants({ a: { $in: [1, 2] } }, hostile)).toBe(false);
  expect(wants({ hasOwnProperty: 1, toString: 1, length: -1 }, hostile)).toBe(true);
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

test("what is stored and no longer a filter lets nothing through, and says why", () => {
  expect(storedFilter('{"a": {"$gone": 1}}').judge({ a: 1 }, 10)).toMatchObject({ wanted: false, unclear: true });
});

test("an event is parsed once for all filters; data that is not JSON is filtered out", () => {
  const filter = filterOf({ n: 1 });
  const judge = judgeOf({ data: Buffer.from('{"n":1}') });
  expect(judge(filter)).toEqual({ wanted: true });
  expect(judge(filterOf({ n: 2 })).wanted).toBe(false);
  expect(judgeOf({ data: Buffer.from("n=1"), contentType: "text/plain" })(filter)).toMatchObject({
    wanted: false,
    reason: expect.stringContaining("no JSON, form or XML"),
  });
  expect(judgeOf({ data: Buffer.from("{"), contentType: "application/json" })(filter).wanted).toBe(false);
  expect(judgeOf({ data: Buffer.from('{"n":1}'), contentType: "application/cloudevents+json" })(filter).wanted).toBe(
    true,
  );
});
