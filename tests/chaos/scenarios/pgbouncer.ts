import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { freePort } from "../../../lib/run/ports.ts";
import { eventually } from "../../support/eventually.ts";
import { createSubscription } from "../account.ts";
import { killQuietly, leftover } from "../leftovers.ts";
import type { Scenario } from "../scenario.ts";
import { acknowledged, msUntilFlowing, Site } from "../site.ts";
import { judge } from "../verdict.ts";
import { inconsistencies } from "./frozen.ts";

const BINARY = process.env.PGBOUNCER ?? "pgbouncer";
/** The first that keeps prepared statements apart in transaction mode. */
const LEAST_VERSION = 1.21;
const RESTARTS = 2;
const NOBODY = 65_534;

export const pgbouncer: Scenario = {
  name: "pgbouncer",
  done: `everything through PgBouncer in transaction mode with 10 connections, PgBouncer killed ${RESTARTS} times`,
  missing() {
    const version = /PgBouncer (\d+\.\d+)/.exec(
      spawnSync(BINARY, ["--version"], { encoding: "utf8" }).stdout ?? "",
    )?.[1];
    if (!version) return "PgBouncer is not installed (PGBOUNCER names its binary)";
    return Number(version) >= LEAST_VERSION ? null : `PgBouncer ${version} is older than ${LEAST_VERSION}`;
  },
  async run({ short, say }) {
    const site = await Site.open();
    const bouncer = await startBouncer(site);
    try {
      site.environment.DATABASE_DIRECT_URL = site.cluster.url;
      site.environment.DATABASE_URL = bouncer.url;
      const web = await site.startWeb();
      await createSubscription(web.url, site.receiver.url);
      await Promise.all([site.startWorker(), site.startWorker()]);
      const load = site.load({ urls: [web.url], events: short ? 2_000 : 20_000, perSecond: short ? 150 : 500 });
      const loading = load.run();
      let slowest = 0;
      for (let time = 1; time <= RESTARTS; time++) {
        await acknowledged(load, (time * load.options.events) / (RESTARTS + 2));
        say(`PgBouncer killed, ${load.acknowledged} acknowledged`);
        await bouncer.restart();
        slowest = Math.max(slowest, await msUntilFlowing(load, site.receiver));
      }
      await loading;
      const counts = await judge({ ...site, sql: site.sql, load, say });
      return { ...counts, bound: 0, recoveries: { "all of it": slowest }, broken: await inconsistencies(site.sql) };
    } finally {
      await site.close();
      bouncer.stop();
    }
  },
};

async function startBouncer(site: Site) {
  const { username, password, port: databasePort, pathname } = new URL(site.cluster.url);
  const port = await freePort();
  const folder = path.join(site.folder, "bouncer");
  fs.mkdirSync(folder);
  const users = path.join(folder, "users");
  fs.writeFileSync(users, `"${username}" "${password}"\n`);
  const file = path.join(folder, "pgbouncer.ini");
  const settings = {
    listen_addr: "127.0.0.1",
    listen_port: port,
    auth_type: "plain",
    auth_file: users,
    unix_socket_dir: "",
    pool_mode: "transaction",
    default_pool_size: 10,
    max_client_conn: 500,
    max_prepared_statements: 200,
    idle_transaction_timeout: 10,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const database = `${pathname.slice(1)} = host=127.0.0.1 port=${databasePort}`;
  fs.writeFileSync(file, `[databases]\n${database}\n[pgbouncer]\n${lines.join("\n")}\n`);
  const launch = () => spawn(BINARY, ["-q", file], { uid: NOBODY, gid: NOBODY, stdio: "ignore" });
  let child = launch();
  const forget = leftover(() => killQuietly(child.pid ?? 0));
  const url = new URL(site.cluster.url);
  url.port = String(port);
  return {
    url: url.toString(),
    async restart() {
      child.kill("SIGKILL");
      await eventually(() => child.signalCode !== null);
      child = launch();
    },
    stop() {
      child.kill("SIGKILL");
      forget();
    },
  };
}
