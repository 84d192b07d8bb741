import { setTimeout as delay } from "node:timers/promises";
import type { Sql } from "../../../lib/db.ts";
import type { Scenario } from "../scenario.ts";
import { acknowledged, Site } from "../site.ts";
import { judge } from "../verdict.ts";
import { inconsistencies } from "./frozen.ts";

const TRIES = 12;
const ENOUGH = 3;
/** Longer than a record transaction takes to come to where it waits for us, shorter than it waits before it looks. */
const UNTIL_THEY_WAIT_MS = 300;

export const deadlock: Scenario = {
  name: "deadlock",
  done: "another session takes the rows of the record transaction in the opposite order until Postgres ends one of the two",
  async run({ short, say }) {
    // The other session looks for a deadlock much later: it is always the product's transaction that is ended.
    const { site, web } = await Site.running({ workers: 1, settings: { deadlock_timeout: "500ms" } });
    try {
      const load = site.load({ urls: [web.url], events: short ? 3_000 : 10_000, perSecond: short ? 250 : 400 });
      const loading = load.run();
      await acknowledged(load, 200);
      const before = await deadlocks(site.sql);
      let made = 0;
      for (let tries = 0; tries < TRIES && made < ENOUGH && load.acknowledged < load.options.events; tries++) {
        await provoke(site.sql);
        made = (await deadlocks(site.sql)) - before;
      }
      say(`${made} deadlocks`);
      await loading;
      const counts = await judge({ ...site, sql: site.sql, load, say });
      const broken = [...(made === 0 ? ["no deadlock could be made"] : []), ...(await inconsistencies(site.sql))];
      return { ...counts, bound: 0, recoveries: {}, broken };
    } finally {
      await site.close();
    }
  },
};

/** Statistics first, then the deliveries that wait for them: the product writes them the other way round. */
async function provoke(sql: Sql): Promise<void> {
  await sql
    .begin(async (tx) => {
      await tx`set local deadlock_timeout = '30s'`;
      await tx`select from delivery_stat order by bucket desc limit 50 for update`;
      await delay(UNTIL_THEY_WAIT_MS);
      await tx`update delivery set reason = reason where id in (
        select (data ->> 'd')::uuid from pgboss.job where name = 'deliver' and state = 'active')`;
    })
    .catch(() => {}); // it may have been us that was ended
}

/** Counted by the server a moment later. */
async function deadlocks(sql: Sql): Promise<number> {
  await delay(1_200);
  const [row] = await sql<{ count: number }[]>`
    select deadlocks::int as count from pg_stat_database where datname = current_database()`;
  return row!.count;
}
