import { setTimeout as delay } from "node:timers/promises";
import type { Scenario } from "../scenario.ts";
import { acknowledged, msUntilFlowing, Site } from "../site.ts";
import { judge } from "../verdict.ts";
import { inconsistencies } from "./frozen.ts";

const TIMES = 10;

export const terminated: Scenario = {
  name: "terminated",
  done: `every connection to Postgres ended by the server (pg_terminate_backend), ${TIMES} times under load`,
  async run({ short, say }) {
    const { site, web } = await Site.running({ workers: 2 });
    try {
      const load = site.load({ urls: [web.url], events: short ? 4_000 : 20_000, perSecond: short ? 250 : 600 });
      const loading = load.run();
      let slowest = 0;
      for (let time = 1; time <= TIMES; time++) {
        await acknowledged(load, (time * load.options.events) / (TIMES + 2));
        const [ended] = await site.sql<{ count: number }[]>`
          select count(pg_terminate_backend(pid))::int as count from pg_stat_activity
          where pid <> pg_backend_pid() and backend_type = 'client backend'`;
        if (time < TIMES) slowest = Math.max(slowest, await msUntilFlowing(load, site.receiver));
        say(`${ended!.count} connections ended, ${load.acknowledged} acknowledged`);
        await delay(200);
      }
      await loading;
      const counts = await judge({ ...site, sql: site.sql, load, say });
      const broken = await inconsistencies(site.sql);
      return { ...counts, bound: 0, recoveries: { "all of it": slowest }, broken };
    } finally {
      await site.close();
    }
  },
};
