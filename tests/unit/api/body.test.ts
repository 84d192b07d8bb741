import { expect, test } from "vitest";
import { MAX_BODY_BYTES, readJsonBody } from "../../../lib/api/body.ts";

function read(body: BodyInit | null, type = "application/json") {
  const init = { method: "POST", body, headers: { "content-type": type }, duplex: "half" };
  return readJsonBody(new Request("http://posthorn.test/", init as RequestInit));
}

test.each([
  ['{"a":1}', "application/json", { a: 1 }],
  ['{"a":1}', "application/json; charset=utf-8", { a: 1 }],
  ['{"a":1}', "application/merge-patch+json", { a: 1 }],
  ["", "text/plain", {}],
])("%j as %s is read", async (text, type, value) => {
  expect(await read(text, type)).toEqual({ ok: true, value });
});

test.each([
  ["another type", '{"a":1}', "text/plain", "unsupported_media_type"],
  ["a form", "a=1", "application/x-www-form-urlencoded", "unsupported_media_type"],
  ["no JSON", "{a:1}", "application/json", "invalid_json"],
  ["a byte order mark", "\ufeff{}", "application/json", "invalid_json"],
  ["bytes that are no UTF-8", new Uint8Array([0x22, 0xff, 0x22]), "application/json", "invalid_json"],
  ["deep nesting", `${"[".repeat(200_000)}`, "application/json", "invalid_json"],
  ["too much", "1".repeat(MAX_BODY_BYTES + 1), "application/json", "too_large"],
])("%s is refused", async (_name, body, type, code) => {
  expect(await read(body, type)).toMatchObject({ ok: false, refusal: { code } });
});

test("a body without an announced length is not read past the bound", async () => {
  let sent = 0;
  const endless = new ReadableStream({
    pull: (controller) => {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  expect(await read(endless)).toMatchObject({ ok: false, refusal: { code: "too_large" } });
  expect(sent).toBeLessThan(2 * MAX_BODY_BYTES);
});
