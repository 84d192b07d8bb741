import { readFileSync } from "node:fs";
import { afterEach, expect, test, vi } from "vitest";
import { closeTransformations, type PoolResult, runTransformation } from "../../../lib/transformations/pool.ts";

// Threads with sandboxes give way to everything else on the machine.
vi.setConfig({ testTimeout: 60_000 });
afterEach(() => closeTransformations());

/** `slow/3`: the endpoint 3 of the workspace slow. */
const ownerOf = (text: string) => ({ workspaceId: text.split("/")[0] ?? "", part: text });
const run = (owner: string, statements: string): Promise<PoolResult> =>
  runTransformation(ownerOf(owner), {
    code: `function transform(event) { ${statements} }`,
    event: '{"n":1}',
    now: 0,
    seed: 1,
  });
const DOUBLE = "return { data: event.n * 2 }";
const LOOP = "while (true);";
/** Goes through four billion places without ever looking at the clock. */
const DEAF = "new Array(4294967295).indexOf(1); return { data: 1 }";

const residentMb = () => (Number(readFileSync("/proc/self/statm", "utf8").split(" ")[1]) * 4_096) / 1_048_576;

test("an operation that never looks at the clock is ended from outside, and the next run finds a new thread", async () => {
  const began = performance.now();
  const stuck = await Promise.all([run("a", DEAF), run("b", DEAF)]);
  for (const result of stuck) {
    expect(result).toEqual({
      result: "failed",
      problem: expect.stringContaining("one of its operations takes for ever"),
    });
  }
  expect(performance.now() - began).toBeLessThan(30_000);
  expect(await run("a", DOUBLE)).toEqual({ result: "returned", data: "2", type: null });
});

test("this thread goes on while the sandbox is stuck", async () => {
  const stuck = Promise.all([run("a", DEAF), run("b", LOOP)]);
  let longest = 0;
  let last = performance.now();
  const pulse = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  await stuck;
  clearInterval(pulse);
  // On an idle machine it is a few milliseconds; stuck, it would be minutes.
  expect(longest).toBeLessThan(2_000);
});

test("owners take turns: a hundred runs that never end do not make another owner wait for all of them", async () => {
  await run("slow", LOOP);
  const slow = Array.from({ length: 100 }, () => run("slow", LOOP));
  const began = performance.now();
  expect(await run("quick", DOUBLE)).toMatchObject({ result: "returned" });
  expect(performance.now() - began).toBeLessThan(5_000);
  const results = await Promise.all(slow);
  const busy = results.filter(({ result }) => result === "busy").length;
  expect(busy).toBeGreaterThan(60);
  expect(results.filter(({ result }) => result === "failed").length + busy).toBe(100);
});

test("a workspace does not get more turns by having more endpoints", async () => {
  const slow = Array.from({ length: 60 }, (_, n) => run(`slow/${n}`, LOOP));
  const began = performance.now();
  expect(await run("quick", DOUBLE)).toMatchObject({ result: "returned" });
  expect(performance.now() - began).toBeLessThan(4_000);
  await Promise.all(slow);
});

test("quick code is run as often as it is asked for", async () => {
  await run("quick", DOUBLE);
  const results = await Promise.all(Array.from({ length: 100 }, () => run("quick", DOUBLE)));
  expect(results.every(({ result }) => result === "returned")).toBe(true);
});

test("memory stays flat, whatever the code does with its own", async () => {
  const bomb = "const a = []; while (true) a.push(new Uint8Array(100000).fill(1))";
  await Promise.all([run("a", bomb), run("b", bomb)]);
  const before = residentMb();
  for (let round = 0; round < 6; round++) {
    const results = await Promise.all([run("a", bomb), run("b", bomb)]);
    expect(results).toMatchObject([{ problem: expect.stringMatching(/memory|500 ms/) }, { result: "failed" }]);
  }
  expect(residentMb() - before).toBeLessThan(80);
});
