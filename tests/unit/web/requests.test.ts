import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { callerOf, clientAddress, stampAddress } from "../../../lib/web/caller.ts";
import { safePath } from "../../../lib/web/safe-path.ts";
import { isSameOrigin } from "../../../lib/web/same-origin.ts";

const OURS = "https://hooks.example.com";

test.each<[Record<string, string>, boolean]>([
  [{ host: "localhost:3000", origin: "http://localhost:3000" }, true],
  [{ host: "internal:3000", origin: OURS }, true],
  [{ host: "localhost:3000" }, false],
  [{ host: "localhost:3000", origin: "null" }, false],
  [{ host: "localhost:3000", origin: "https://evil.example" }, false],
  [{ host: "localhost:3000", origin: "http://localhost:4000" }, false],
  [{ host: "localhost:3000", origin: "https://hooks.example.com.evil.example" }, false],
  [{ host: "localhost:3000", origin: "http://hooks.example.com" }, false],
])("a request with %j comes from our own pages: %s", (headers, own) => {
  expect(isSameOrigin(new Headers(headers), OURS)).toBe(own);
});

test.each([
  ["/w/default/deliveries?status=failed#top", "/w/default/deliveries?status=failed#top"],
  ["/", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/ok\\..\\evil", "/"],
  ["https://evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/\t/evil.example", "/"],
  ["/a\nb", "/"],
  ["", "/"],
  [null, "/"],
  [undefined, "/"],
])("after signing in, %j leads to %j", (path, expected) => {
  expect(safePath(path)).toBe(expected);
});

test.each([
  ["203.0.113.9", undefined, "203.0.113.9"],
  ["::ffff:203.0.113.9", undefined, "203.0.113.9"],
  // A public peer may claim what it likes.
  ["203.0.113.9", "10.0.0.1", "203.0.113.9"],
  // What our proxy has seen is the last one; what came before is the client's own claim.
  ["127.0.0.1", "1.2.3.4, 198.51.100.7", "198.51.100.7"],
  ["::ffff:10.0.0.2", "198.51.100.7", "198.51.100.7"],
  ["::1", "2001:db8::1", "2001:db8::1"],
  ["127.0.0.1", "", "127.0.0.1"],
])("a peer %s that forwards %j is %s", (peer, forwarded, address) => {
  expect(clientAddress(peer, forwarded)).toBe(address);
});

test("the server's own word on the address replaces whatever the client sent under that name", () => {
  const request = {
    headers: { "x-posthorn-address": "forged", "x-forwarded-for": "forged-as-well", "user-agent": "curl" },
    socket: { remoteAddress: "203.0.113.9" },
  } as unknown as IncomingMessage;
  stampAddress(request);
  expect(callerOf(new Headers(request.headers as Record<string, string>))).toEqual({
    address: "203.0.113.9",
    userAgent: "curl",
  });
});
