import { expect, test } from "vitest";
import { hashPassword, verifyPassword } from "../../../lib/accounts/password.ts";

test("passwords are kept as argon2id with OWASP's parameters, salted each time", async () => {
  const [one, two] = await Promise.all([hashPassword("correct horse"), hashPassword("correct horse")]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
  expect(await verifyPassword(one, "correct horse")).toBe(true);
  expect(await verifyPassword(one, "correct horsf")).toBe(false);
});

test("the same letters typed on another keyboard are the same password", async () => {
  expect(await verifyPassword(await hashPassword("caf\u00e9 caf\u00e9"), "cafe\u0301 cafe\u0301")).toBe(true);
});
