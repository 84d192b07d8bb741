import { expect, test } from "vitest";
import { setting } from "../../drizzle/schema/people.ts";
import { db } from "../../lib/db.ts";
import { EnvironmentError, env } from "../../lib/env.ts";
import { checkEncryptionKey } from "../../lib/secrets/cipher.ts";
import { testDatabase } from "../support/database.ts";

await testDatabase();

const key = (id: string, fill: number) => `${id}:${Buffer.alloc(32, fill).toString("base64")}`;

function startWith(keys: string): Promise<void> {
  env().ENCRYPTION_KEY = keys;
  return checkEncryptionKey();
}

test("a key that cannot read the database's secrets stops the start and leaves no mark", async () => {
  await startWith(key("k1", 1));
  await startWith(key("k1", 1));
  const before = await db().select().from(setting);

  await expect(startWith(key("k1", 2))).rejects.toThrow(EnvironmentError);
  await expect(startWith(key("k2", 2))).rejects.toThrow(/lacks the key "k1"/);
  expect(await db().select().from(setting)).toEqual(before);

  await startWith(key("k1", 1));
});

test("a new key goes in front of the old one, which must stay", async () => {
  await startWith(`${key("k2", 2)},${key("k1", 1)}`);
  await expect(startWith(key("k1", 1))).rejects.toThrow(/lacks the key "k2"/);
  await startWith(`${key("k2", 2)},${key("k1", 1)}`);
});
