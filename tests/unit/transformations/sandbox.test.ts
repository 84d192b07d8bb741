import { expect, test, vi } from "vitest";
import {
  MAX_CPU_MS,
  MAX_MEMORY_BYTES,
  MAX_MESSAGE_LENGTH,
  MAX_OUTPUT_BYTES,
  MAX_OUTPUT_DEPTH,
} from "../../../lib/transformations/limits.ts";
import type { RunResult } from "../../../lib/transformations/sandbox.ts";
import { SandboxThread } from "../../../lib/transformations/sandbox-thread.ts";

// Threads with sandboxes give way to everything else on the machine.
vi.setConfig({ testTimeout: 30_000 });
let thread = new SandboxThread();

const EVENT = {
  id: "evt_1",
  type: "order.created",
  timestamp: "2026-01-31T09:30:00.000Z",
  data: { amount: 5, lines: [{ sku: "A" }] },
  customer: "acme",
  tags: { region: "eu" },
};
const NOON = Date.UTC(2026, 0, 31, 12);

async function run(code: string, event: unknown = EVENT, seed = 1): Promise<RunResult> {
  if (thread.ended) thread = new SandboxThread();
  await thread.started;
  const text = typeof event === "string" ? event : JSON.stringify(event);
  return thread.run({ code, event: text, now: NOON, seed });
}

async function returning(code: string, event?: unknown, seed?: number): Promise<unknown> {
  const ran = await run(code, event, seed);
  if (ran.result !== "returned") throw new Error(JSON.stringify(ran));
  return JSON.parse(ran.data);
}

const body = (statements: string) => `function transform(event) { ${statements} }`;
const problemOf = async (code: string) => {
  const ran = await run(code);
  return ran.result === "failed" ? ran.problem : `not failed but ${ran.result}`;
};

test("the code gets the whole event and returns other data, and another type if it likes", async () => {
  expect(await returning(body("return { data: event }"))).toEqual(EVENT);
  expect(await run(body("return { data: { total: event.data.amount * 2 }, type: 'order.doubled' }"))).toEqual({
    result: "returned",
    data: '{"total":10}',
    type: "order.doubled",
  });
  expect(await run("const transform = async ({ data }) => ({ data: await data.amount });")).toMatchObject({
    data: "5",
    type: null,
  });
});

test("null drops the event", async () => {
  expect(await run(body("return event.data.amount > 100 ? event : null"))).toEqual({ result: "dropped" });
});

test.each([
  [body(""), "It returned nothing: return { data }, or null to drop the event"],
  [body("return 5"), "It returned a number: return { data }, or null to drop the event"],
  [body("return {}"), "It returned an object without data: return { data: ... }"],
  [body("return { data() {} }"), "It returned an object without data: return { data: ... }"],
  [body("return { data: 1, type: 5 }"), "It returned a type that is not a text"],
  ["const other = 1", "There is no function named transform"],
  ["let transform = 5", "There is no function named transform"],
  [body("\n\nreturn event.data.customer.name"), "TypeError: cannot read property 'name' of undefined (line 3)"],
  ["\nnull.x", "TypeError: cannot read property 'x' of null (line 2)"],
  [body("throw 'no'"), "It threw no"],
  [body("throw new RangeError('too many')"), "RangeError: too many (line 1)"],
  ["async function transform() { throw new Error('later') }", "Error: later (line 1)"],
])("%s fails with what to do", async (code, problem) => {
  expect(await problemOf(code)).toBe(problem);
});

test("nothing of the process can be seen from inside", async () => {
  const names = [
    "process",
    "require",
    "module",
    "fetch",
    "setTimeout",
    "console",
    "WebAssembly",
    "performance",
    "Buffer",
  ];
  expect(
    await returning(body(`return { data: ${JSON.stringify(names)}.filter((name) => name in globalThis) }`)),
  ).toEqual([]);
  for (const way of [
    "this.constructor.constructor('return process')()",
    "transform.constructor('return process.env')()",
    "[].constructor.constructor('return globalThis.process.exit()')()",
    "(async () => {}).constructor('return process')()",
    "event.constructor.constructor('return require(\"fs\")')()",
    "import('node:fs')",
    "Reflect.construct(Function, ['return process'])()",
    "new Error().constructor.prepareStackTrace(1, 2)",
  ]) {
    expect(await problemOf(`async ${body(`return { data: await ${way} }`)}`), way).toMatch(
      /is not defined|could not load|not a function|without data|of undefined/,
    );
  }
});

test("what the code does to its own world ends with the run", async () => {
  await run(
    "Object.prototype.polluted = 1; globalThis.kept = 1; JSON.parse = () => 0; function transform() { return { data: 1 } }",
  );
  expect(await returning(body("return { data: [typeof kept, typeof ({}).polluted, event.data.amount] }"))).toEqual([
    "undefined",
    "undefined",
    5,
  ]);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test.each([
  "JSON.stringify = () => 'boom'; JSON.parse = () => 0;",
  "Object.assign = () => ({ kind: 'dropped' }); Object.create = () => 0;",
  "Object.prototype.kind = 'dropped'; Object.prototype.problem = 'mine';",
  "Promise.prototype.then = () => {}; Promise.resolve = () => 0; globalThis.Promise = undefined;",
  "String.prototype.slice = () => { throw 1 }; RegExp.prototype.exec = () => { throw 1 };",
  "Function.prototype.call = Function.prototype.bind = Function.prototype.apply = () => 0;",
  "globalThis.undefined = 1; globalThis.String = globalThis.Object = globalThis.JSON = undefined;",
])("replacing what the language brings changes nothing around the code: %s", async (attack) => {
  expect(await returning(`${attack} function transform(event) { return { data: event.data.amount } }`)).toBe(5);
});

test.each([
  ["a loop", body("while (true);")],
  ["a loop that catches", body("try { while (true); } catch {} finally { return { data: 1 } }")],
  ["a loop outside the function", "while (true); function transform() {}"],
  ["a getter", body("return { get data() { while (true); } }")],
  ["toJSON", body("return { data: { toJSON() { while (true); } } }")],
  ["the message of what is thrown", body("throw { get name() { while (true); } }")],
  ["a proxy", body("return new Proxy({}, { get() { while (true); } })")],
  ["promises without end", "async function transform() { while (true) await 1; }"],
  ["a result that is its own promise", body("const o = { then(go) { go(o) } }; return o")],
  ["a pattern", body("return /^(a+)+$/.test('a'.repeat(40) + '!') ? null : { data: 1 }")],
  ["a sort", body("const a = Array.from({ length: 300000 }, (_, n) => n); a.sort(() => 1); while (true);")],
])("%s that never ends is stopped at its processor time", async (_, code) => {
  const began = performance.now();
  expect(await problemOf(code)).toMatch(/ran for more than 500 ms: look for a loop/);
  expect(performance.now() - began).toBeGreaterThan(MAX_CPU_MS - 20);
});

test("a promise that nothing keeps is told at once", async () => {
  expect(await problemOf(body("return new Promise(() => {})"))).toBe(
    "It returned a promise that nothing will ever keep",
  );
});

test("memory is bounded, and using nearly all of it is fine", async () => {
  const buffer = (bytes: number) => body(`const b = new Uint8Array(${bytes}).fill(1); return { data: b.length }`);
  expect(await returning(buffer(MAX_MEMORY_BYTES - 8_000_000))).toBe(MAX_MEMORY_BYTES - 8_000_000);
  expect(await problemOf(buffer(MAX_MEMORY_BYTES))).toBe("It used more than 48 MiB of memory");
  for (const bomb of [
    "const a = []; while (true) a.push(new Uint8Array(100000))",
    "let s = 'x'.repeat(100000); const a = []; while (true) a.push(s += s + 'y')",
    "return { data: 'a'.repeat(1 << 29) }",
    "const a = []; try { while (true) a.push(new Uint8Array(100000)) } catch { while (true) a.push(new Uint8Array(100)) }",
  ]) {
    expect(await problemOf(body(bomb)), bomb).toMatch(/memory|500 ms|string too long/);
  }
});

test("calls without end and objects too deep are errors, and the sandbox lives on", async () => {
  expect(await problemOf(body("return transform(event) + 1"))).toMatch(/stack overflow/);
  expect(
    await problemOf("const o = { toString() { return '' + o } }; function transform() { return { data: '' + o } }"),
  ).toMatch(/stack overflow/);
  expect(await problemOf(body("let a = []; for (let n = 0; n < 100000; n++) a = [a]; return { data: a }"))).toMatch(
    /stack overflow/,
  );
  expect(await problemOf(body("return { data: JSON.parse('['.repeat(20000)) }"))).toMatch(/stack overflow|SyntaxError/);
  const nested = (depth: number) => body(`let a = 1; for (let n = 0; n < ${depth}; n++) a = [a]; return { data: a }`);
  expect((await run(nested(MAX_OUTPUT_DEPTH))).result).toBe("returned");
  expect(await problemOf(nested(MAX_OUTPUT_DEPTH + 1))).toBe("Its data stand more than 512 deep");
  expect(thread.ended).toBe(false);
});

test("the output is as large as an event may be, and no larger", async () => {
  const text = (bytes: number) => body(`return { data: "x".repeat(${bytes} - 2) }`);
  expect((await run(text(MAX_OUTPUT_BYTES))).result).toBe("returned");
  expect(await problemOf(text(MAX_OUTPUT_BYTES + 1))).toBe("It returned more than 1024 KiB of data: return less of it");
  expect(await problemOf(body(`return { data: "é".repeat(${MAX_OUTPUT_BYTES / 2}) }`))).toMatch(/more than 1024 KiB/);
});

test("what is thrown is told in a few words that can be stored", async () => {
  const long = await problemOf(body("throw new Error('x'.repeat(100000))"));
  expect(long.length).toBeLessThanOrEqual(MAX_MESSAGE_LENGTH);
  expect(await problemOf(body("throw new Error('a\\u0000b\\ud800')"))).toBe("Error: a\u2400b\ufffd (line 1)");
  expect(await problemOf(body("throw { get message() { throw 1 } }"))).toBe("It threw something that cannot be read");
  expect(await problemOf(body("throw Symbol('s')"))).toMatch(/^It threw/);
  expect(await problemOf("throw { name: { toString: 1 }, message: {} }; function transform() {}")).toBe(
    "It threw something that is no error",
  );
});

test("an event as large and as deep as events may be goes through", async () => {
  const list = JSON.stringify({ data: Array.from({ length: 330_000 }, () => []) });
  expect(((await returning(body("return { data: event.data }"), list)) as unknown[]).length).toBe(330_000);
  const deep = `{"data":${"[".repeat(512)}${"]".repeat(512)}}`;
  expect((await run(body("return { data: event.data }"), deep)).result).toBe("returned");
});

test("a retry makes the same body: the clock stands at the event's time, and chance is drawn from the event", async () => {
  const code = body("return { data: [Date.now(), new Date().toISOString(), Math.random(), Math.random()] }");
  const first = (await returning(code)) as [number, string, number, number];
  expect(first.slice(0, 2)).toEqual([NOON, "2026-01-31T12:00:00.000Z"]);
  expect(first[2]).not.toBe(first[3]);
  expect(await returning(code)).toEqual(first);
  expect(((await returning(code, EVENT, 2)) as number[])[2]).not.toBe(first[2]);
  expect(Math.abs(Date.now() - NOON)).toBeGreaterThan(1_000);
});
