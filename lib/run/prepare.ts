import { migrate } from "../../drizzle/migrate.ts";
import { bootstrapAdmin } from "../accounts/bootstrap.ts";
import { setUpLink } from "../accounts/set-up-token.ts";
import { closeDatabase, connect, directUrl } from "../db.ts";
import { EnvironmentError, env } from "../env.ts";
import { checkEncryptionKey } from "../secrets/cipher.ts";
import type { Message } from "./start-process.ts";

// A short-lived process between database and web: what it loads to migrate is not kept in memory while the product runs.

/** Brings the database to this version and makes what the environment asks for. */
async function prepare(): Promise<Message> {
  const environment = env();
  const url = directUrl();
  const unreachable = await whyUnreachable(url);
  if (unreachable) return { type: "refused", sentence: unreachable };
  await migrate(url, environment.RETENTION_DAYS);
  await checkEncryptionKey();
  await bootstrapAdmin(environment);
  return { type: "prepared", setUpLink: await setUpLink(environment) };
}

async function whyUnreachable(url: string): Promise<string | null> {
  const sql = connect(url, 1);
  try {
    await sql`select 1`;
    return null;
  } catch (error) {
    const { host, pathname } = new URL(url);
    const { code, message } = error as NodeJS.ErrnoException;
    return `The database ${pathname.slice(1)} at ${host} cannot be used: ${message || code}. Check DATABASE_URL and that its server runs.`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function outcome(): Promise<Message> {
  try {
    return await prepare();
  } catch (error) {
    if (error instanceof EnvironmentError) return { type: "refused", sentence: error.message };
    throw error;
  }
}

const message = await outcome();
process.send?.(message);
await closeDatabase();
if (process.connected) process.disconnect();
