import { expect, test } from "vitest";
import { readArguments } from "../../../lib/listen/arguments.mjs";
import { headersOf, pathOf } from "../../../lib/listen/forward.mjs";

const FORWARD = ["--forward", "http://localhost:4000"];
const KEY = { POSTHORN_API_KEY: `ph_${"a".repeat(32)}` };

test.each([
  [[], KEY, "--forward http://localhost:4000/hooks"],
  [["--forward", "ftp://x"], KEY, "--forward takes an http or https URL"],
  [["--forward", "http://"], KEY, "--forward takes an http or https URL"],
  [FORWARD, {}, "POSTHORN_API_KEY"],
  [FORWARD, { POSTHORN_API_KEY: "whsec_1" }, "one starts with ph_"],
  [[...FORWARD, "--source", "stripe"], KEY, "one starts with src_"],
  [[...FORWARD, "--from", "yesterday"], KEY, "--from takes now, start"],
  [[...FORWARD, "--colour"], KEY, "--colour"],
  [[...FORWARD, "--key"], KEY, "--key"],
  [[...FORWARD, "more"], KEY, "more"],
  [FORWARD, { ...KEY, POSTHORN_URL: "::" }, "--url takes an http or https URL"],
] as [string[], Record<string, string>, string][])("listen %j says what is missing", (args, environment, sentence) => {
  expect(() => readArguments(args, environment)).toThrow(sentence);
});

test("what is given goes before the environment, and that before what is usual", () => {
  const source = `src_${"0".repeat(26)}`;
  const other = `ph_${"b".repeat(32)}`;
  const read = readArguments(
    ["--forward", "localhost:4000/hooks", "--key", other, "--source", source, "--source", source],
    { ...KEY, POSTHORN_URL: "https://hooks.example.com" },
  );
  expect(read).toMatchObject({ key: other, sources: [source], from: null, all: false });
  expect([read.forward.href, read.url.href]).toEqual(["http://localhost:4000/hooks", "https://hooks.example.com/"]);
  expect(readArguments(FORWARD, KEY).url.href).toBe("http://127.0.0.1:3000/");
});

test.each([
  ["http://l/hooks", "/in/••••••", "/hooks"],
  ["http://l/hooks", "/in/••••••?", "/hooks"],
  ["http://l/hooks", "/in/••••••?a=%2F+b&a&secret=••••••", "/hooks?a=%2F+b&a"],
  ["http://l/hooks?x=1", "/in/••••••?a=?", "/hooks?x=1&a=?"],
  ["http://l", "/in/••••••/more", "/"],
])("%s gets %s at %s", (target, path, expected) => {
  expect(pathOf(new URL(target), path)).toBe(expected);
});

test("headers that cannot be carried on are left out, and the length is what is sent", () => {
  const headers: [string, string][] = [
    ["X-Latin", "gr\u00fc\u00dfe"],
    ["X-Wide", "\u4f60"],
    ["X-Line", "a\nb"],
    ["X Name", "1"],
    ["Content-Encoding", "gzip"],
    ["Transfer-Encoding", "chunked"],
  ];
  const of = (method: string, body: string) =>
    headersOf(new URL("http://localhost:4000"), { id: "req_1", method, headers }, Buffer.from(body));
  const kept = ["X-Latin", "gr\u00fc\u00dfe", "Content-Encoding", "gzip"];
  const ours = ["host", "localhost:4000", "posthorn-request", "req_1"];
  expect(of("POST", "")).toEqual([...ours, "content-length", "0", ...kept]);
  expect(of("GET", "")).toEqual([...ours, ...kept]);
  expect(of("DELETE", "ab")).toEqual([...ours, "content-length", "2", ...kept]);
});
