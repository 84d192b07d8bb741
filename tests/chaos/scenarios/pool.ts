import type { Scenario } from "../scenario.ts";
import { Site } from "../site.ts";
import { judge } from "../verdict.ts";

const POOL = 2;
const PARALLEL = 200;

export const pool: Scenario = {
  name: "pool",
  done: `${PARALLEL} posts at a time through a pool of ${POOL} connections a process`,
  async run({ short, say }) {
    const { site, web } = await Site.running({ environment: { DATABASE_POOL: String(POOL) } });
    try {
      const load = site.load({ urls: [web.url], events: short ? 3_000 : 20_000, connections: PARALLEL });
      await load.run();
      const counts = await judge({ ...site, sql: site.sql, load, say });
      const broken: string[] = [];
      if (load.withoutRetryAfter > 0) broken.push(`${load.withoutRetryAfter} answers of 503 without Retry-After`);
      if (load.refusals.get(0)) broken.push(`${load.refusals.get(0)} posts got no answer`);
      return { ...counts, bound: 0, recoveries: {}, broken };
    } finally {
      await site.close();
    }
  },
};
