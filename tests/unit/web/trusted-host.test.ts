import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { trustHost } from "../../../lib/web/trusted-host.ts";

function seenBy(host: string): Record<string, unknown> {
  const request = { headers: { host, "x-forwarded-host": "evil.example" } } as unknown as IncomingMessage;
  trustHost(request);
  return request.headers;
}

test.each([
  ["localhost:3000", "localhost:3000"],
  ["127.0.0.1:3000", "127.0.0.1:3000"],
  ["[::1]:3000", "[::1]:3000"],
  ["evil.example", "127.0.0.1:3000"],
  ["localhost.evil.example", "127.0.0.1:3000"],
  ["", "127.0.0.1:3000"],
])("on a loopback address, the Host %j is seen as %s", (given, seen) => {
  expect(seenBy(given)).toEqual({ host: seen });
});
