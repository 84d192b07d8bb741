import { randomBytes } from "node:crypto";
import { afterAll, inject } from "vitest";
import { closeDatabase, connect } from "../../lib/db.ts";
import { TEMPLATE, urlOf } from "./cluster.ts";

/**
 * Gives this test file a database of its own, a copy of the migrated template, and points `env()` at it.
 * Call it at the top of the file, before anything asks for the environment. Dropped when the file has passed.
 */
export async function testDatabase(environment: Record<string, string> = {}): Promise<string> {
  const clusterUrl = inject("clusterUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  const admin = connect(clusterUrl, 1);
  await admin.unsafe(`create database ${name} template ${TEMPLATE}`);
  const url = urlOf(clusterUrl, name);
  Object.assign(process.env, {
    DATABASE_URL: url,
    AUTH_SECRET: "a".repeat(40),
    ENCRYPTION_KEY: `k1:${Buffer.alloc(32, 7).toString("base64")}`,
    ...environment,
  });
  afterAll(async () => {
    await closeDatabase();
    await admin.unsafe(`drop database if exists ${name} with (force)`);
    await admin.end();
  });
  return url;
}
