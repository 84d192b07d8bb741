import { once } from "node:events";
import fs from "node:fs";
import net, { type AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { connect } from "../../lib/db.ts";
import { urlOf } from "../support/cluster.ts";
import { ensureBuilt, spawnPosthorn, temporaryFolder } from "../support/posthorn.ts";

const SECRETS = { AUTH_SECRET: "a".repeat(40), ENCRYPTION_KEY: `k1:${Buffer.alloc(32, 7).toString("base64")}` };

const folder = temporaryFolder("refusals");
beforeAll(ensureBuilt, 120_000);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A start that must not get far. */
async function refused(environment: Record<string, string>): Promise<string[]> {
  const { output, ended } = spawnPosthorn({ DATA_DIR: folder, ...environment });
  expect(await ended).toBe(1);
  return output().trim().split("\n");
}

test("every wrong or missing variable is named, a line each, before anything is started", async () => {
  const lines = await refused({
    PORT: "eighty",
    WORKERS: "-1",
    SIGN_UP: "maybe",
    DATABASE_URL: "postgres://nowhere/x",
  });
  for (const name of ["PORT", "WORKERS", "SIGN_UP", "AUTH_SECRET", "ENCRYPTION_KEY"]) {
    expect(
      lines.filter((line) => line.startsWith(`${name} `)),
      name,
    ).toHaveLength(1);
  }
  expect(lines).toHaveLength(5);
});

test("a taken port is one sentence with the way out, and leaves no database running", async () => {
  const squatter = net.createServer().listen(0, "127.0.0.1");
  await once(squatter, "listening");
  const { port } = squatter.address() as AddressInfo;
  const lines = await refused({ PORT: String(port) });
  squatter.close();
  expect(lines).toEqual([`Port ${port} is taken. Free it, or start on another one: PORT=${port + 1} npm start`]);
  expect(fs.existsSync(path.join(folder, "pg"))).toBe(false);
});

test("a database that cannot be reached is one sentence", async () => {
  const lines = await refused({ DATABASE_URL: "postgres://someone:secret@127.0.0.1:1/hooks", ...SECRETS });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/The database hooks at 127\.0\.0\.1:1 cannot be used.*Check DATABASE_URL/);
  expect(lines[0]).not.toContain("secret");
});

test("a database of a newer version is left alone", async () => {
  const admin = connect(inject("clusterUrl"), 1);
  await admin.unsafe("create database newer");
  const url = urlOf(inject("clusterUrl"), "newer");
  const newer = connect(url, 1);
  await newer.unsafe(`create schema drizzle;
    create table drizzle.__drizzle_migrations (id serial primary key, hash text, created_at bigint);
    insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 99999999999999)`);
  const [line] = await refused({ DATABASE_URL: url, ...SECRETS });
  expect(line).toMatch(/newer version of Posthorn/);
  expect(await newer`select 1 from pg_tables where tablename = 'event'`).toHaveLength(0);
  await newer.end();
  await admin.unsafe("drop database newer with (force)");
  await admin.end();
});

test("a data folder that belongs to somebody else is one sentence", { skip: process.geteuid?.() !== 0 }, async () => {
  const theirs = path.join(folder, "theirs");
  fs.mkdirSync(path.join(theirs, "pg"), { recursive: true });
  fs.chmodSync(theirs, 0o755);
  const { ended, output } = spawnPosthorn({ DATA_DIR: theirs }, { uid: 65_534, gid: 65_534 });
  expect(await ended).toBe(1);
  expect(output().trim().split("\n")).toEqual([
    expect.stringMatching(/data folder .*theirs cannot be used by this user/),
  ]);
});
