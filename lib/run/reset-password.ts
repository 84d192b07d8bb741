import { resetPasswordCommand } from "../accounts/reset-password-command.ts";
import { closeDatabase } from "../db.ts";
import { EnvironmentError } from "../env.ts";
import { keptSecrets, readConfiguration } from "./configuration.ts";
import { type Cluster, PRODUCT_SETTINGS, startCluster } from "./postgres.ts";

/** A way back in without mail: it works beside a running Posthorn and without one. */
async function resetPassword(email: string | undefined): Promise<number> {
  const given = readConfiguration(process.env);
  let cluster: Cluster | null = null;
  if (!given.DATABASE_URL) {
    cluster = await startCluster(given.DATA_DIR, PRODUCT_SETTINGS);
    Object.assign(process.env, { DATABASE_URL: cluster.url, ...keptSecrets(given) });
  }
  try {
    return await resetPasswordCommand(email, (line) => process.stdout.write(`${line}\n`));
  } finally {
    await closeDatabase();
    // One that ran already belongs to the Posthorn that started it.
    if (cluster && !cluster.adopted) await cluster.stop();
  }
}

try {
  process.exit(await resetPassword(process.argv[2]));
} catch (error) {
  console.error(error instanceof EnvironmentError ? error.message : error);
  process.exit(1);
}
