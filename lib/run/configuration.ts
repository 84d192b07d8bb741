import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { type Environment, EnvironmentError, parseEnvironment } from "../env.ts";

/** A database of one's own keeps its secrets elsewhere: there is no data folder to keep them in. */
const NEEDED_WITH_DATABASE = {
  AUTH_SECRET: "is needed with DATABASE_URL: 32 characters or more, for example from: openssl rand -base64 33",
  ENCRYPTION_KEY:
    'is needed with DATABASE_URL: "k1:" and 32 bytes as base64, for example from: openssl rand -base64 32',
} as const;

/** The environment, checked whole. @throws EnvironmentError that names every wrong or missing variable, a line each */
export function readConfiguration(source: Record<string, string | undefined>): Environment {
  const missing = Object.entries(NEEDED_WITH_DATABASE)
    .filter(([name]) => source.DATABASE_URL && !source[name])
    .map(([name, what]) => `${name} ${what}`);
  let parsed: Environment;
  try {
    parsed = parseEnvironment(source);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    throw new EnvironmentError([error.message, ...missing].join("\n"));
  }
  if (parsed.DATABASE_DIRECT_URL && !parsed.DATABASE_URL) {
    throw new EnvironmentError("DATABASE_DIRECT_URL is the direct way to DATABASE_URL's database: set that one too");
  }
  if (missing.length > 0) throw new EnvironmentError(missing.join("\n"));
  return parsed;
}

/** The secrets of an embedded database: those that are set, else those made on the first start and kept beside it. */
export function keptSecrets(environment: Environment): { AUTH_SECRET: string; ENCRYPTION_KEY: string } {
  const folder = environment.DATA_DIR;
  return {
    AUTH_SECRET:
      environment.AUTH_SECRET ?? kept(path.join(folder, "auth-secret"), () => randomBytes(33).toString("base64")),
    ENCRYPTION_KEY:
      environment.ENCRYPTION_KEY ??
      kept(path.join(folder, "encryption-key"), () => `k1:${randomBytes(32).toString("base64")}`),
  };
}

/** Called under the lock of the data folder, so nobody makes a second one meanwhile. */
function kept(file: string, make: () => string): string {
  if (!fs.existsSync(file)) {
    const draft = `${file}.new`;
    fs.rmSync(draft, { force: true });
    fs.writeFileSync(draft, make(), { mode: 0o600, flush: true });
    fs.renameSync(draft, file);
  }
  return fs.readFileSync(file, "utf8").trim();
}
