import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { migrate } from "../../drizzle/migrate.ts";
import { connect } from "../../lib/db.ts";
import { type Cluster, startCluster } from "../../lib/run/postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    clusterUrl: string;
  }
}

export const TEMPLATE = "posthorn_template";

/** Durability is what tests of ordinary behaviour can do without; the kill tests start a cluster of their own. */
export const TEST_SETTINGS = { fsync: "off", full_page_writes: "off", max_connections: 300, autovacuum_naptime: "10s" };

/** Starts one cluster for the run and makes a migrated template in it, closed to connections, that each test file copies. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "posthorn-test-"));
  fs.chmodSync(folder, 0o755);
  const cluster: Cluster | null = given ? null : await startCluster(folder, TEST_SETTINGS);
  const url = given ?? cluster?.url ?? "";
  await makeTemplate(url);
  project.provide("clusterUrl", url);
  return async () => {
    await cluster?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  };
}

export async function makeTemplate(clusterUrl: string): Promise<void> {
  const admin = connect(clusterUrl, 1);
  await admin.unsafe(`drop database if exists ${TEMPLATE}`);
  await admin.unsafe(`create database ${TEMPLATE}`);
  await migrate(urlOf(clusterUrl, TEMPLATE), 30);
  await admin.end();
}

export function urlOf(clusterUrl: string, database: string): string {
  const url = new URL(clusterUrl);
  url.pathname = `/${database}`;
  return url.toString();
}
