import { expect, test } from "vitest";
import { EnvironmentError } from "../../../lib/env.ts";
import { decryptSecret, encryptSecret, SecretError } from "../../../lib/secrets/cipher.ts";
import { fingerprintOf, parseKeys } from "../../../lib/secrets/keys.ts";

const place = { table: "endpoint", column: "headers", id: "018f0000-0000-7000-8000-000000000001" };
const k1 = `k1:${Buffer.alloc(32, 1).toString("base64")}`;
const k2 = `k2:${Buffer.alloc(32, 2).toString("base64")}`;
const keys = parseKeys(k1);

test("what was encrypted comes back, whatever it holds", () => {
  for (const text of ["", "whsec_abc", "☃ \u0000", "x".repeat(100_000)]) {
    expect(decryptSecret(encryptSecret(text, place, keys), place, keys)).toBe(text);
  }
});

test("the same text is never encrypted to the same bytes, and is not in them", () => {
  const [one, other] = [encryptSecret("whsec_abc", place, keys), encryptSecret("whsec_abc", place, keys)];
  expect(one.equals(other)).toBe(false);
  expect(one.includes("whsec_abc")).toBe(false);
});

test("a change of any byte is noticed", () => {
  const sealed = encryptSecret("whsec_abc", place, keys);
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(() => decryptSecret(changed, place, keys)).toThrow(SecretError);
  }
});

test.each([0, 1, 2, 10, 30, 31])("a blob cut to %i bytes is refused", (length) => {
  expect(() => decryptSecret(encryptSecret("whsec_abc", place, keys).subarray(0, length), place, keys)).toThrow(
    SecretError,
  );
});

test.each([
  ["another row", { id: "018f0000-0000-7000-8000-000000000002" }],
  ["another column", { column: "description" }],
  ["another table", { table: "endpoint_secret" }],
])("a secret moved to %s cannot be read", (_name, moved) => {
  const sealed = encryptSecret("whsec_abc", place, keys);
  expect(() => decryptSecret(sealed, { ...place, ...moved }, keys)).toThrow(/changed, moved/);
});

test("after a change of keys the old secrets are read with the old key, new ones made with the new", () => {
  const sealed = encryptSecret("whsec_abc", place, keys);
  const rotated = parseKeys(`${k2},${k1}`);
  expect(decryptSecret(sealed, place, rotated)).toBe("whsec_abc");
  const renewed = encryptSecret("whsec_abc", place, rotated);
  expect(() => decryptSecret(renewed, place, keys)).toThrow(/lacks the key/);
  expect(decryptSecret(renewed, place, parseKeys(k2))).toBe("whsec_abc");
});

test("another key of the same name cannot read it", () => {
  const other = parseKeys(`k1:${Buffer.alloc(32, 9).toString("base64")}`);
  expect(() => decryptSecret(encryptSecret("x", place, keys), place, other)).toThrow(SecretError);
  expect(fingerprintOf(other[0])).not.toBe(fingerprintOf(keys[0]));
});

test("keys that are missing or share an id name the variable", () => {
  expect(() => parseKeys(undefined)).toThrow(EnvironmentError);
  expect(() => parseKeys(`${k1},${k1}`)).toThrow(/ENCRYPTION_KEY/);
});
