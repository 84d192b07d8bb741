import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { curlCommand, quote } from "@/components/deliveries/curl";

/** What a shell makes of a command: its arguments, each ended by a NUL. */
function argumentsOf(command: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  return execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
}

const argument = fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", ""));

test("quoting survives a shell, whatever the text", () => {
  fc.assert(
    fc.property(fc.array(argument, { minLength: 1, maxLength: 20 }), (texts) => {
      expect(argumentsOf(`curl ${texts.map(quote).join(" ")}`)).toEqual(texts);
    }),
    { numRuns: 30 },
  );
});

test("a request comes out as curl's arguments, byte for byte", () => {
  const body = `{"it's":"100 %","a":"\\u0000","$x":"\`id\`"}\n`;
  const command = curlCommand({
    method: "POST",
    url: "https://api.acme.io/hooks?a=1&b='2'",
    headers: [
      ["Host", "api.acme.io"],
      ["content-length", "3"],
      ["webhook-id", "evt_1"],
      ["x-empty", ""],
    ],
    body: Buffer.from(body),
  });
  expect(argumentsOf(command)).toEqual([
    "--request",
    "POST",
    "https://api.acme.io/hooks?a=1&b='2'",
    "--header",
    "webhook-id: evt_1",
    "--header",
    "x-empty;",
    "--data-raw",
    body,
  ]);
});

test("a body that is not text goes through base64 and arrives whole", () => {
  const body = Buffer.from([0, 255, 10, 39, 64]);
  const command = curlCommand({ method: "POST", url: "https://a.example", headers: [], body });
  const received = execFileSync("sh", ["-c", `curl() { cat; }\n${command}`]);
  expect(received.equals(body)).toBe(true);
});
