import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { migrate } from "../../drizzle/migrate.ts";
import { connect } from "../../lib/db.ts";
import { readPostmaster } from "../../lib/run/postgres/postmaster.ts";
import { type Cluster, startCluster } from "../../lib/run/postgres.ts";
import { isAlive } from "../../lib/run/processes.mjs";

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
  const cutOff = () => endAtOnce(folder);
  process.once("exit", cutOff);
  const cluster: Cluster | null = given ? null : await startCluster(folder, TEST_SETTINGS);
  const url = given ?? cluster?.url ?? "";
  await makeTemplate(url);
  project.provide("clusterUrl", url);
  return async () => {
    process.off("exit", cutOff);
    await cluster?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  };
}

/** A run that is told to stop leaves no time for its teardown, and no signal for a group reaches the server. */
function endAtOnce(folder: string): void {
  const server = readPostmaster(path.join(folder, "pg"));
  if (server && isAlive(server.pid)) process.kill(server.pid, "SIGQUIT");
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let looks = 0; server && isAlive(server.pid) && looks < 100; looks++) Atomics.wait(clock, 0, 0, 50);
  fs.rmSync(folder, { recursive: true, force: true });
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
