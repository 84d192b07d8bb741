import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { connect } from "../../../lib/db.ts";
import { freePort } from "../../../lib/run/ports.ts";
import { SERVER_ENVIRONMENT } from "../../../lib/run/postgres/initdb.ts";
import { placeFor } from "../../../lib/run/postgres/place.ts";
import { eventually } from "../../support/eventually.ts";
import { temporaryFolder } from "../../support/posthorn.ts";
import { createSubscription } from "../account.ts";
import { killQuietly, leftover } from "../leftovers.ts";
import { roadTo } from "../road.ts";
import type { Scenario } from "../scenario.ts";
import { acknowledged, IN_FLIGHT, msUntilFlowing, Site } from "../site.ts";
import { judge } from "../verdict.ts";
import { inconsistencies } from "./frozen.ts";

const USED_WITHIN_MS = 10_000;

export const failover: Scenario = {
  name: "failover",
  done: "the primary killed under load, its synchronous replica promoted, the address turned to it",
  async run({ short, say }) {
    const site = await Site.open({ settings: { wal_level: "replica" } });
    const way = await roadTo(site.cluster.url);
    const replica = await startReplica(site);
    try {
      await site.sql.unsafe("alter system set synchronous_standby_names = '*'");
      await site.sql`select pg_reload_conf()`;
      await eventually(async () => {
        const [row] = await site.sql`select from pg_stat_replication where sync_state = 'sync'`;
        return row !== undefined;
      });
      site.environment.DATABASE_URL = way.url;
      const web = await site.startWeb();
      await createSubscription(web.url, site.receiver.url);
      await Promise.all([site.startWorker(), site.startWorker()]);
      const load = site.load({ urls: [web.url], events: short ? 2_000 : 20_000, perSecond: short ? 150 : 500 });
      const loading = load.run();
      await acknowledged(load, load.options.events / 2);
      process.kill(site.cluster.pid, "SIGKILL");
      say(`primary killed, ${load.acknowledged} acknowledged`);
      // Nobody waits for a replica of the replica.
      await replica.sql.unsafe("alter system set synchronous_standby_names = ''");
      await replica.sql`select pg_promote()`;
      way.turnTo(replica.port);
      way.reset();
      const took = await msUntilFlowing(load, site.receiver);
      await loading;
      const counts = await judge({ load, receiver: site.receiver, sql: replica.sql, say });
      const broken = await inconsistencies(replica.sql);
      if (took > USED_WITHIN_MS) broken.push(`the replica was used ${took} ms after it was promoted`);
      return { ...counts, bound: 2 * IN_FLIGHT, recoveries: { "all of it": took }, broken };
    } finally {
      await replica.sql.end({ timeout: 1 });
      await site.close();
      replica.remove();
      way.end();
    }
  },
};

/** A copy of the running cluster, as pg_basebackup makes it, that follows the original and answers reads. */
async function startReplica(site: Site) {
  const folder = temporaryFolder("replica");
  const { bin, data, user } = placeFor(site.folder);
  const copy = path.join(folder, "pg");
  const backup = await site.sql.reserve();
  await backup`select pg_backup_start('replica', true)`;
  fs.cpSync(data, copy, { recursive: true, preserveTimestamps: true });
  const [label] = await backup<{ labelfile: string }[]>`select labelfile from pg_backup_stop()`;
  backup.release();
  fs.rmSync(path.join(copy, "postmaster.pid"), { force: true });
  fs.writeFileSync(path.join(copy, "backup_label"), label!.labelfile);
  fs.writeFileSync(path.join(copy, "standby.signal"), "");
  own(copy, user);
  const port = await freePort();
  const { username, password, port: from } = new URL(site.cluster.url);
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 100,
    primary_conninfo: `host=127.0.0.1 port=${from} user=${username} password=${password}`,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(path.join(bin, "postgres"), ["-D", copy, ...flags], {
    ...user,
    cwd: copy,
    env: SERVER_ENVIRONMENT,
    stdio: "ignore",
  });
  const forget = leftover(() => killQuietly(child.pid ?? 0));
  const url = new URL(site.cluster.url);
  url.port = String(port);
  const sql = connect(url.toString(), 2);
  await eventually(() => sql`select 1`.then(() => true));
  const remove = () => {
    child.kill("SIGQUIT");
    fs.rmSync(folder, { recursive: true, force: true });
    forget();
  };
  return { port, sql, remove };
}

function own(folder: string, { uid, gid }: { uid?: number; gid?: number }): void {
  if (uid === undefined || gid === undefined) return;
  fs.chmodSync(folder, 0o700);
  for (const name of ["", ...fs.readdirSync(folder, { recursive: true, encoding: "utf8" })]) {
    fs.chownSync(path.join(folder, name), uid, gid);
  }
}
