import { setTimeout as delay } from "node:timers/promises";
import { createSubscription } from "../account.ts";
import { roadTo } from "../road.ts";
import type { Scenario } from "../scenario.ts";
import { acknowledged, IN_FLIGHT, msUntilFlowing, Site } from "../site.ts";
import { judge } from "../verdict.ts";
import { inconsistencies } from "./frozen.ts";

const RESETS = 3;
const LATE_BY_MS = 300;
const LATE_FOR_MS = 6_000;
const SILENT_FOR_MS = 10_000;
const FOUND_OUT_WITHIN_MS = 45_000;

export const road: Scenario = {
  name: "road",
  done: `connections to Postgres reset ${RESETS} times, ${LATE_BY_MS} ms late, then swallowed without an end (half-open)`,
  async run({ short, say }) {
    const site = await Site.open();
    const way = await roadTo(site.cluster.url);
    try {
      site.environment.DATABASE_URL = way.url;
      const web = await site.startWeb();
      await createSubscription(web.url, site.receiver.url);
      await Promise.all([site.startWorker(), site.startWorker()]);
      const load = site.load({ urls: [web.url], events: short ? 4_000 : 20_000, perSecond: short ? 100 : 300 });
      const loading = load.run();
      const recoveries: Record<string, number> = {};
      for (let time = 1; time <= RESETS; time++) {
        await acknowledged(load, time * 200);
        way.reset();
        recoveries.reset = Math.max(recoveries.reset ?? 0, await msUntilFlowing(load, site.receiver));
        say(`reset, ${load.acknowledged} acknowledged`);
      }
      way.delay(LATE_BY_MS);
      await delay(LATE_FOR_MS);
      way.delay(0);
      say(`late for a while, ${load.acknowledged} acknowledged`);
      way.close();
      await delay(SILENT_FOR_MS);
      way.open();
      recoveries["half-open"] = await msUntilFlowing(load, site.receiver, 180_000);
      say(`silent for a while, then flowing again after ${Math.round(recoveries["half-open"])} ms`);
      const broken =
        recoveries["half-open"] > FOUND_OUT_WITHIN_MS ? ["connections that swallow everything were kept"] : [];
      await loading;
      const counts = await judge({ ...site, sql: site.sql, load, say });
      broken.push(...(await inconsistencies(site.sql)));
      return { ...counts, bound: 2 * IN_FLIGHT, recoveries, broken };
    } finally {
      await site.close();
      way.end();
    }
  },
};
