import { expect, test } from "vitest";
import { passedOn } from "../../../lib/sources/sync-answer.ts";

const MADE = {
  outcome: "success",
  statusCode: 200,
  headers: [["Content-Type", "application/xml"]] as [string, string][],
  body: Buffer.from("<Response/>"),
  cut: false,
} as const;

test("a success is passed on: its status, its content type and its body", () => {
  expect(passedOn({ ...MADE, statusCode: 201 }, [])).toEqual({
    status: 201,
    headers: [["content-type", "application/xml"]],
    body: Buffer.from("<Response/>"),
  });
});

test.each([
  [{ outcome: "http_error", statusCode: 500 }],
  [{ outcome: "timeout", statusCode: null }],
  [{ outcome: "redirect", statusCode: 302 }],
  [{ statusCode: 404 }],
  [{ cut: true }],
  [{ headers: [["content-encoding", "gzip"]] as [string, string][] }],
] as const)("%j is not passed on", (made) => expect(passedOn({ ...MADE, ...made } as never, [])).toBeNull());

test("only the headers that the source names are passed on, and never those of the connection or of a site", () => {
  const hostile = [
    "connection",
    "keep-alive",
    "transfer-encoding",
    "content-length",
    "set-cookie",
    "clear-site-data",
    "content-security-policy",
    "strict-transport-security",
    "service-worker-allowed",
    "access-control-allow-origin",
    "proxy-authenticate",
    "location",
  ];
  const headers = [...hostile, "x-slack-no-retry", "x-other"].map((name): [string, string] => [name, "1"]);
  const passed = passedOn({ ...MADE, headers }, [...hostile, "X-Slack-No-Retry"]);
  expect(passed?.headers).toEqual([["x-slack-no-retry", "1"]]);
});

test("a header value that could end the line is left out", () => {
  const headers: [string, string][] = [
    ["x-a", "1\r\nset-cookie: a=1"],
    ["x-b", "ü"],
  ];
  expect(passedOn({ ...MADE, headers }, ["x-a", "x-b"])?.headers).toEqual([]);
});

test("an answer without a body has none", () => {
  expect(passedOn({ ...MADE, body: null }, [])?.body).toHaveLength(0);
  expect(passedOn({ ...MADE, statusCode: 204 }, [])?.body).toHaveLength(0);
});
