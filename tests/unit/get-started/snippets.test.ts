import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { KEY_PLACEHOLDER, postSnippets } from "../../../lib/get-started/snippets.ts";

const call = { url: "https://hooks.example.com/api/v1/events", type: "order.created", data: `{"name":"it's \\"1\\""}` };

test.each(postSnippets(call))("the $label call has the address, the type and one place for the key", ({ code }) => {
  expect(code).toContain(call.url);
  expect(code).toContain("order.created");
  expect(code.split(KEY_PLACEHOLDER)).toHaveLength(2);
});

test("a shell hands the curl call's body over byte for byte, quotes and all", () => {
  const { code } = postSnippets(call).find(({ language }) => language === "curl")!;
  const said = execFileSync("sh", ["-c", code.replace(/^curl/, `printf '%s\\n'`)], { encoding: "utf8" });
  expect(said.trim().split("\n").at(-1)).toBe(`{"type":"order.created","data":${call.data}}`);
});
