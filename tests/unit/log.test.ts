import { DrizzleQueryError } from "drizzle-orm";
import { expect, test } from "vitest";
import { errorFields } from "../../lib/log.ts";

test("a failed query is logged with its cause, and without the values it was given", () => {
  const query = 'insert into "user" ("email", "password_hash") values ($1, $2)';
  const error = new DrizzleQueryError(query, ["ada@example.com", "$argon2id$secret"], new Error("connection closed"));
  const fields = errorFields(error);
  expect(fields).toMatchObject({ error: `Failed query: ${query}`, cause: "connection closed" });
  expect(fields.stack).toContain("log.test.ts");
  expect(JSON.stringify(fields)).not.toMatch(/ada@example|argon2id/);
});
