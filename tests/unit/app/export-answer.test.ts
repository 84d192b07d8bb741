import { expect, test } from "vitest";
import { readExport } from "@/app/(console)/w/[workspace]/export-answer";

const OURS = { origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" };
const FORM = "content-type=x";

function asked(body: string, headers: Record<string, string> = {}) {
  return readExport(
    new Request("http://127.0.0.1:3000/export", {
      method: "POST",
      body,
      headers: {
        ...OURS,
        "content-type": "application/x-www-form-urlencoded",
        "content-length": String(Buffer.byteLength(body)),
        ...headers,
      },
    }),
  );
}

test("an export's form is read as a list's address is", async () => {
  expect(await asked("format=ndjson&status=failed")).toMatchObject({ format: "ndjson", asked: { status: "failed" } });
  expect(await asked("format=xml")).toMatchObject({ format: "csv" });
});

test("a form of another site, or one that is no form at all, is not read", async () => {
  expect(await asked(FORM, { origin: "https://evil.example" })).toBeNull();
  expect(await asked(`q=${"x".repeat(70_000)}`)).toBeNull();
  expect(await asked(FORM, { "content-type": "text/plain" })).toBeNull();
});
