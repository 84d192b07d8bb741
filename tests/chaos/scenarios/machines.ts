import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createSubscription } from "../account.ts";
import { leftover } from "../leftovers.ts";
import type { Scenario } from "../scenario.ts";
import { acknowledged, claimedNow, IN_FLIGHT, Site, slowestOf } from "../site.ts";
import { judge } from "../verdict.ts";
import { inconsistencies } from "./frozen.ts";

const CUT_OFF_MS = 40_000;
const BACK_FOR_MS = 8_000;
const TAKEN_OVER_WITHIN_MS = 30_000;
/** Private to this test; nothing outside this machine is reached by them. */
const NETWORK = "10.213";
const NAMES = ["posthorn-a", "posthorn-b"] as const;

export const machines: Scenario = {
  name: "machines",
  done: "a web process and a worker on each of two machines (network namespaces); one cut off, back late, then killed",
  missing: () =>
    process.platform === "linux" && spawnSync("ip", ["netns", "list"]).status === 0 && process.geteuid?.() === 0
      ? null
      : "it takes Linux, root and ip netns",
  async run({ short, say }) {
    const forget = leftover(removeMachines);
    NAMES.forEach(addMachine);
    const settings = { listen_addresses: ["127.0.0.1", ...NAMES.map((_, n) => address(n, 1))].join() };
    const hub = address(0, 1);
    const environment = { HOST: "0.0.0.0", DELIVERY_ALLOW_CIDRS: `${NETWORK}.0.0/16` };
    const site = await Site.open({ settings, environment, receiver: { host: hub, answerAfterMs: 200 } });
    try {
      await letIn(site);
      const url = new URL(site.cluster.url);
      url.hostname = hub;
      site.environment.DATABASE_URL = url.toString();
      const at = (n: number) => ({ prefix: ["ip", "netns", "exec", NAMES[n] ?? ""], host: address(n, 2) });
      const webs = [await site.startWeb(at(0)), await site.startWeb(at(1))];
      await createSubscription(webs[0]!.url, site.receiver.url);
      const lost = [webs[0]!, await site.startWorker(at(0))];
      await site.startWorker(at(1));
      const urls = webs.map(({ url }) => url);
      const load = site.load({ urls, events: short ? 4_000 : 20_000, perSecond: short ? 100 : 300, connections: 64 });
      const loading = load.run();
      await acknowledged(load, load.options.events / 10);
      ip("link", "set", `${NAMES[0]}0`, "down");
      const claimed = await claimedNow(site.sql);
      say(`cut off with ${claimed.ids.length} deliveries claimed by both machines`);
      await delay(CUT_OFF_MS);
      ip("link", "set", `${NAMES[0]}0`, "up");
      await delay(BACK_FOR_MS);
      for (const { child } of lost) child.kill("SIGKILL");
      say(`back and killed, ${load.acknowledged} acknowledged`);
      await loading;
      const counts = await judge({ ...site, sql: site.sql, load, say });
      const took = await slowestOf(site.sql, claimed);
      const broken = await inconsistencies(site.sql);
      if (took > TAKEN_OVER_WITHIN_MS) broken.push(`the other machine took ${took} ms to take over`);
      return {
        ...counts,
        bound: Math.max(IN_FLIGHT, claimed.ids.length),
        recoveries: { "its deliveries": took },
        broken,
      };
    } finally {
      await site.close();
      removeMachines();
      forget();
    }
  },
};

const address = (machine: number, host: number) => `${NETWORK}.${machine + 1}.${host}`;

/** A namespace with a cable to this one. */
function addMachine(name: string, n: number): void {
  ip("netns", "add", name);
  ip("link", "add", `${name}0`, "type", "veth", "peer", "name", "eth0", "netns", name);
  ip("addr", "add", `${address(n, 1)}/24`, "dev", `${name}0`);
  ip("link", "set", `${name}0`, "up");
  ip("-n", name, "addr", "add", `${address(n, 2)}/24`, "dev", "eth0");
  ip("-n", name, "link", "set", "lo", "up");
  ip("-n", name, "link", "set", "eth0", "up");
  ip("-n", name, "route", "add", `${NETWORK}.0.0/16`, "via", address(n, 1));
}

function removeMachines(): void {
  for (const name of NAMES) spawnSync("ip", ["netns", "delete", name]);
}

function ip(...args: string[]): void {
  const { status, stderr } = spawnSync("ip", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`ip ${args.join(" ")}: ${stderr}`);
}

/** The cluster's own rules know the loopback alone. */
async function letIn(site: Site): Promise<void> {
  const file = path.join(fs.realpathSync(path.join(site.folder, "pg")), "pg_hba.conf");
  fs.appendFileSync(file, `host all all ${NETWORK}.0.0/16 scram-sha-256\n`);
  await site.sql`select pg_reload_conf()`;
}
