import { errors } from "undici";
import { expect, test } from "vitest";
import { BlockedError, failureOf } from "../../../lib/delivery/failures.ts";

function withCode(code: string): Error {
  return Object.assign(new Error(`something about ${code}`), { code });
}

test.each([
  ["ENOTFOUND", "dns", "does not exist"],
  ["EAI_AGAIN", "dns", "name server"],
  ["ECONNREFUSED", "connect", "refused"],
  ["EHOSTUNREACH", "connect", "no route"],
  ["ETIMEDOUT", "timeout", "within 5 s"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls", "self-signed"],
  ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "tls", "asks for a client certificate"],
  ["CERT_HAS_EXPIRED", "tls", "expired"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "tls", "another name"],
  ["ERR_SSL_WRONG_VERSION_NUMBER", "tls", "handshake failed"],
  ["EPROTO", "tls", "handshake failed"],
  ["ECONNRESET", "reset", "closed the connection"],
  ["EPIPE", "reset", "closed the connection"],
  ["HPE_INVALID_CONSTANT", "protocol", "not valid HTTP"],
  ["", "protocol", "not valid HTTP"],
])("the error code %j is %s, in words", (code, outcome, words) => {
  const failure = failureOf(withCode(code), true);
  expect(failure.outcome).toBe(outcome);
  expect(failure.detail).toContain(words);
});

test("undici's own errors have their outcomes", () => {
  expect(failureOf(new errors.SocketError("other side closed"), true).outcome).toBe("reset");
  expect(failureOf(new errors.HeadersOverflowError(), true).outcome).toBe("too_large");
  expect(failureOf(new errors.ConnectTimeoutError(), false).outcome).toBe("timeout");
  expect(failureOf(new errors.InvalidArgumentError("invalid header"), false).outcome).toBe("cancelled");
});

test("of several addresses that failed, the first reason is told", () => {
  expect(failureOf(new AggregateError([withCode("ECONNREFUSED"), withCode("EHOSTUNREACH")]), false).outcome).toBe(
    "connect",
  );
});

test("what the guard refused says so", () => {
  expect(failureOf(new BlockedError("10.0.0.1 is private"), false)).toEqual({
    outcome: "blocked",
    detail: "10.0.0.1 is private",
  });
});

test("a thrown thing that is no error is still an outcome", () => {
  expect(failureOf("odd", false)).toMatchObject({ outcome: "protocol" });
});
