import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { keptSecrets, readConfiguration } from "../../../lib/run/configuration.ts";

test("an empty environment is enough", () => {
  expect(readConfiguration({})).toMatchObject({ HOST: "127.0.0.1", PORT: 3000, DATA_DIR: ".data" });
});

test("with DATABASE_URL the secrets must be given, and both are named with what is wrong besides", () => {
  const environment = { DATABASE_URL: "postgres://db.example.com/hooks", PORT: "-1" };
  expect(() => readConfiguration(environment)).toThrow(/PORT.*AUTH_SECRET.*ENCRYPTION_KEY/s);
});

test("a direct way to the database is nothing without DATABASE_URL: one would be migrated, the other used", () => {
  const environment = { DATABASE_DIRECT_URL: "postgres://db.example.com/hooks" };
  expect(() => readConfiguration(environment)).toThrow(/DATABASE_DIRECT_URL.*DATABASE_URL/);
});

test("secrets that are set win over those that are kept, and those that are kept stay the same", () => {
  const DATA_DIR = fs.mkdtempSync(path.join(os.tmpdir(), "posthorn-secrets-"));
  const first = keptSecrets(readConfiguration({ DATA_DIR }));
  expect(() => readConfiguration({ DATA_DIR, ...first })).not.toThrow();
  expect(keptSecrets(readConfiguration({ DATA_DIR }))).toEqual(first);
  const AUTH_SECRET = "s".repeat(40);
  expect(keptSecrets(readConfiguration({ DATA_DIR, AUTH_SECRET }))).toEqual({ ...first, AUTH_SECRET });
});
