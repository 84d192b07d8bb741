import { readFileSync } from "node:fs";
import path from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import { connect, type Sql } from "../lib/db.ts";
import { EnvironmentError } from "../lib/env.ts";
import { makePartitionsAhead } from "../lib/partitions/make-ahead.ts";
import { installQueue } from "../lib/queue/boss.ts";

const LOCK = "posthorn.migrate";
const MIGRATIONS_FOLDER = path.join(process.cwd(), "drizzle", "migrations");

/**
 * Brings a database to this version: tables, partitions, queue. Safe to run twice and from several processes at once.
 * @throws EnvironmentError when the database belongs to a newer version of Posthorn
 */
export async function migrate(url: string, retentionDays: number): Promise<void> {
  // One connection only: the lock belongs to it. Drizzle replaces a client's serialisers, so ours is a second one.
  const migrator = connect(url, 1);
  const plain = connect(url, 1);
  try {
    await migrator`select pg_advisory_lock(hashtext(${LOCK}))`;
    await refuseNewer(migrator);
    await runMigrations(drizzle(migrator), { migrationsFolder: MIGRATIONS_FOLDER });
    await makePartitionsAhead(plain);
    await installQueue(plain, retentionDays);
  } finally {
    await Promise.all([migrator.end({ timeout: 5 }), plain.end({ timeout: 5 })]);
  }
}

/** A database that went through migrations we do not have was made by a newer version: leave it alone. */
async function refuseNewer(sql: Sql): Promise<void> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') as name`;
  if (!table?.name) return;
  const journal: { entries: { when: number }[] } = JSON.parse(
    readFileSync(path.join(MIGRATIONS_FOLDER, "meta", "_journal.json"), "utf8"),
  );
  const newest = Math.max(...journal.entries.map((entry) => entry.when));
  const [last] = await sql`select max(created_at) as applied from drizzle.__drizzle_migrations`;
  if (Number(last?.applied ?? 0) > newest) {
    throw new EnvironmentError(
      "This database belongs to a newer version of Posthorn: start that version, or use another DATA_DIR or DATABASE_URL",
    );
  }
}
