import { execFileSync } from "node:child_process";
import vm from "node:vm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { csharpCall, stringLiteral } from "@/components/deliveries/csharp-call";
import { fetchCall } from "@/components/deliveries/fetch-call";
import { bytesLiteral, pythonCall, textLiteral } from "@/components/deliveries/python-call";

const text = fc.string({ unit: "binary" }).map((value) => value.toWellFormed());

type Call = { url: string; method?: string; headers?: [string, string][]; body?: unknown };

/** What JavaScript makes of the code: the call it would have made. */
async function callOf(code: string): Promise<Call> {
  const calls: Call[] = [];
  const fetch = async (url: string, init: Omit<Call, "url">) => {
    calls.push({ url, ...init });
    return { status: 200, text: async () => "" };
  };
  const run = vm.runInNewContext(`async () => {\n${code}\n}`, { fetch, atob, Uint8Array, console: { log() {} } });
  await run();
  return JSON.parse(JSON.stringify(calls[0]));
}

test("as fetch, a request comes out as it was, whatever stands in it", async () => {
  await fc.assert(
    fc.asyncProperty(text, text, text, async (url, value, body) => {
      const request = { method: "POST", url, headers: [["x-a", value]] as const, body: Buffer.from(body) };
      const call = await callOf(fetchCall(request));
      expect(call).toMatchObject({ url, method: "POST", headers: [["x-a", value]] });
      if (body !== "" && !body.includes("\0")) expect(call.body).toBe(body);
    }),
    { numRuns: 60 },
  );
});

test("as fetch, bytes that are no text arrive whole", async () => {
  const body = Buffer.from([0, 255, 10, 39, 64]);
  const call = await callOf(fetchCall({ method: "PUT", url: "https://a.example", headers: [], body }));
  expect(Object.values(call.body as object)).toEqual([...body]);
});

/** Python reads a literal; the literal itself is plain ASCII. */
function readByPython(literals: string[]): string[] {
  const script = `import sys, base64\nfor value in [${literals.join(", ")}]:\n  print(base64.b64encode(value if isinstance(value, bytes) else value.encode()).decode())`;
  return execFileSync("python3", ["-c", script], { encoding: "utf8" }).split("\n").slice(0, -1);
}

const hasPython = (() => {
  try {
    execFileSync("python3", ["--version"]);
    return true;
  } catch {
    // Not on this machine: the literals are still checked for their alphabet below.
    return false;
  }
})();

test.skipIf(!hasPython)(
  "as Python, texts and bytes come out as they were",
  () => {
    const texts = fc.sample(text, 300);
    const bytes = fc.sample(fc.uint8Array({ maxLength: 200 }), 100).map((some) => Buffer.from(some));
    const read = readByPython([...texts.map(textLiteral), ...bytes.map(bytesLiteral)]);
    const expected = [...texts.map((value) => Buffer.from(value)), ...bytes];
    expect(read).toEqual(expected.map((value) => value.toString("base64")));
  },
  30_000,
);

test("Python literals are one line of printable ASCII and cannot be left", () => {
  fc.assert(
    fc.property(text, (value) => {
      for (const literal of [textLiteral(value), bytesLiteral(Buffer.from(value))]) {
        expect(literal).toMatch(/^b?"(?:[ !#-[\]-~]|\\.)*"$/);
      }
    }),
  );
});

test("headers of the connection are left to the client", () => {
  const request = {
    method: "POST",
    url: "https://a.example",
    headers: [
      ["host", "a"],
      ["content-length", "3"],
      ["webhook-id", "evt_1"],
    ] as const,
    body: Buffer.from("{}"),
  };
  expect(pythonCall(request)).toContain('request.add_header("webhook-id", "evt_1")');
  for (const code of [pythonCall(request), fetchCall(request)]) expect(code).not.toContain("content-length");
});

test("C# literals are one line of printable ASCII, and the text when they are read again", () => {
  fc.assert(
    fc.property(text, (value) => {
      const literal = stringLiteral(value);
      expect(literal).toMatch(/^"(?:[ !#-[\]-~]|\\["\\]|\\u[0-9a-f]{4})*"$/);
      expect(JSON.parse(literal)).toBe(value);
    }),
  );
});

test("as C#, what belongs to the body is a header of the body", () => {
  const headers = [
    ["content-type", "application/json"],
    ["x-a", "1"],
  ] as const;
  const request = { method: "POST", url: "https://a.example", headers, body: Buffer.from([0, 255]) };
  expect(csharpCall(request)).toContain('request.Content.Headers.TryAddWithoutValidation("content-type"');
  expect(csharpCall(request)).toContain('request.Headers.TryAddWithoutValidation("x-a", "1")');
  expect(csharpCall(request)).toContain('Convert.FromBase64String("AP8=")');
  expect(csharpCall({ ...request, headers: [], body: Buffer.alloc(0) })).not.toContain("request.Content");
});
