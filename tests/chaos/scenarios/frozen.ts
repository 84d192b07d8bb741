import { setTimeout as delay } from "node:timers/promises";
import type { Sql } from "../../../lib/db.ts";
import type { Scenario } from "../scenario.ts";
import { acknowledged, claimedNow, IN_FLIGHT, Site, slowestOf } from "../site.ts";
import { judge } from "../verdict.ts";

/** Longer than the heartbeat and the look that finds it missing. */
const FROZEN_MS = 45_000;
const SHORTLY_FROZEN_MS = 26_000;
const TAKEN_OVER_WITHIN_MS = 30_000;

export const frozen: Scenario = {
  name: "frozen",
  done: "one of two workers stopped (SIGSTOP) for longer than its lease, then woken",
  async run({ short, say }) {
    const { site, web } = await Site.running({ workers: 1, receiver: { answerAfterMs: 200 } });
    try {
      const victim = await site.startWorker();
      const frozenMs = short ? SHORTLY_FROZEN_MS : FROZEN_MS;
      const load = site.load({ urls: [web.url], events: short ? 5_000 : 20_000, perSecond: short ? 160 : 300 });
      const loading = load.run();
      await acknowledged(load, load.options.events / 10);
      victim.child.kill("SIGSTOP");
      const claimed = await claimedNow(site.sql);
      say(`frozen with ${claimed.ids.length} deliveries claimed by both`);
      await delay(frozenMs);
      victim.child.kill("SIGCONT");
      await loading;
      const counts = await judge({ ...site, sql: site.sql, load, say });
      const took = await slowestOf(site.sql, claimed);
      const broken = await inconsistencies(site.sql);
      if (took > TAKEN_OVER_WITHIN_MS) broken.push(`the other worker took ${took} ms to take over`);
      const unrecorded = Math.max(0, claimed.ids.length - 2 * IN_FLIGHT);
      return { ...counts, bound: IN_FLIGHT + unrecorded, recoveries: { "its deliveries": took }, broken };
    } finally {
      await site.close();
    }
  },
};

/** The one that came back late must have written nothing into a history that went on without it. */
export async function inconsistencies(sql: Sql): Promise<string[]> {
  const [row] = await sql<{ odd: number }[]>`
    select count(*)::int as odd from delivery d where d.attempts <>
      (select count(*) from attempt a where a.delivery_id = d.id)`;
  const [twice] = await sql<{ odd: number }[]>`
    select count(*)::int as odd from (
      select delivery_id from attempt where outcome = 'success' group by delivery_id having count(*) > 1) as twice`;
  const words: string[] = [];
  if (row!.odd > 0) words.push(`${row!.odd} deliveries count other attempts than are on record`);
  if (twice!.odd > 0) words.push(`${twice!.odd} deliveries have two successes on record`);
  return words;
}
