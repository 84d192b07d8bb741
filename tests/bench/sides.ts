import { connect } from "../../lib/db.ts";
import { freePort } from "../../lib/run/ports.ts";
import { NODE_FLAGS } from "../../lib/run/product.ts";
import { startProcess } from "../../lib/run/start-process.ts";
import { urlOf } from "../support/cluster.ts";
import { setUpBare } from "./bare/store.ts";
import { type Part, startPart } from "./part.ts";
import { HOOK } from "./traffic.ts";

/** One of the two that are compared: how its database is made, its processes started, its doors addressed. */
export type Side = {
  name: string;
  startWeb: (database: string) => Promise<Part>;
  startWorker: (database: string, options?: string[]) => Promise<Part>;
  single: string;
  batch: string;
  headers: Record<string, string>;
  /** The database that each round copies. */
  template: string;
};

export const API_KEY = `ph_${"b".repeat(32)}`;
export const ENCRYPTION_KEY = `k1:${Buffer.alloc(32, 7).toString("base64")}`;
const SECRETS = { AUTH_SECRET: "b".repeat(40), ENCRYPTION_KEY };
const ADMIN = { ADMIN_EMAIL: "bench@example.com", ADMIN_PASSWORD: "bench bench bench", ADMIN_API_KEY: API_KEY };

export async function bareSide(clusterUrl: string, receiverUrl: string): Promise<Side> {
  const template = await emptyDatabase(clusterUrl, "bare_template");
  await setUpBare(template);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  return {
    name: "bare",
    template: "bare_template",
    single: url,
    batch: url,
    headers: {},
    startWeb: (DATABASE_URL) => startPart("tests/bench/bare/ingest.ts", { DATABASE_URL, PORT: String(port) }),
    startWorker: (DATABASE_URL) => startPart("tests/bench/bare/worker.ts", { DATABASE_URL, RECEIVER_URL: receiverUrl }),
  };
}

/** An endpoint of the bench: a path of the receiver, the event types it wants (none = all), settings of its own. */
export type BenchEndpoint = { path: string; subscriptions: string[]; settings?: Record<string, unknown> };

const ONE_FOR_ALL: BenchEndpoint[] = [{ path: HOOK, subscriptions: [] }];

/** @param name tells several set-ups of the product apart, in one run */
export async function productSide(
  clusterUrl: string,
  receiverUrl: string,
  { name = "product", endpoints = ONE_FOR_ALL } = {},
): Promise<Side> {
  const template = await emptyDatabase(clusterUrl, `${name}_template`);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const shared = { ...SECRETS, HOST: "127.0.0.1", PORT: String(port), RECEIVER_PORT: String(await freePort()) };
  await prepare({ ...shared, ...ADMIN, DATABASE_URL: template });
  const side: Side = {
    name,
    template: `${name}_template`,
    single: `${origin}/api/v1/events`,
    batch: `${origin}/api/v1/events/batch`,
    headers: { authorization: `Bearer ${API_KEY}` },
    startWeb: (DATABASE_URL) => startPart("dist/server.mjs", { ...shared, DATABASE_URL }, [NODE_FLAGS]),
    startWorker: (DATABASE_URL, options = []) =>
      startPart("dist/worker.mjs", { ...shared, DATABASE_URL }, [NODE_FLAGS, ...options]),
  };
  const web = await side.startWeb(template);
  const types = new Set(["order.created", ...endpoints.flatMap(({ subscriptions }) => subscriptions)]);
  for (const type of types) await create(`${origin}/api/v1/event-types`, { name: type });
  for (const { path, subscriptions, settings } of endpoints) {
    await create(`${origin}/api/v1/endpoints`, { url: `${receiverUrl}${path}`, subscriptions, ...settings });
  }
  await web.stop();
  return side;
}

async function prepare(environment: Record<string, string>): Promise<void> {
  const preparing = startProcess("dist/prepare.mjs", { ...process.env, NODE_ENV: "production", ...environment });
  const end = await preparing.ended;
  if (end !== "exit code 0") throw new Error(`The product's database could not be prepared: ${end}`);
}

async function create(url: string, body: unknown): Promise<void> {
  const headers = { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (answer.status !== 201) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
}

async function emptyDatabase(clusterUrl: string, name: string): Promise<string> {
  const admin = connect(clusterUrl, 1);
  await admin.unsafe(`create database ${name}`);
  await admin.end();
  return urlOf(clusterUrl, name);
}

/** Where a database of the bench's cluster is reached. */
export const databaseUrl = urlOf;

export type BenchDatabase = { url: string; drop: () => Promise<void> };

/** A database as it is after set-up, for one round; the write-ahead log starts each round in the same state. */
export async function freshDatabase(clusterUrl: string, side: Side): Promise<BenchDatabase> {
  const admin = connect(clusterUrl, 1);
  const name = `${side.name}_round`;
  // Copying files writes nothing to the log; as large as some templates are, that is minutes.
  await admin.unsafe(`create database ${name} template ${side.template} strategy file_copy`);
  await admin.unsafe("checkpoint");
  return {
    url: urlOf(clusterUrl, name),
    async drop() {
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

/** A fresh queue table has no statistics, and the fetch plan without them is a bad one. */
export async function analyze(url: string): Promise<void> {
  const sql = connect(url, 1);
  await sql.unsafe("analyze");
  await sql.end();
}
