import { prepareDatabase } from "../process.ts";
import type { Scenario } from "../scenario.ts";
import { acknowledged, Site } from "../site.ts";
import { judge } from "../verdict.ts";
import { inconsistencies } from "./frozen.ts";

/** What a next release may do to tables in use: columns, an index, a table. */
const NEXT_RELEASE = [
  "alter table event add column next_release text",
  "alter table delivery add column next_release integer not null default 7",
  "alter table attempt add column next_release jsonb",
  "alter table endpoint add column next_release text[] not null default '{}'",
  "alter table dedupe_key add column next_release boolean",
  "create table next_release (id uuid primary key, made_at timestamptz default now())",
  "create index next_release_endpoint on endpoint (next_release)",
];

export const migration: Scenario = {
  name: "migration",
  done: "the schema migrated twice and extended as a next release would, while old processes run on it",
  async run({ short, say }) {
    const { site, web } = await Site.running({ workers: 2 });
    try {
      const load = site.load({ urls: [web.url], events: short ? 3_000 : 20_000, perSecond: short ? 250 : 500 });
      const loading = load.run();
      const broken: string[] = [];
      const steps = NEXT_RELEASE.length + 3;
      await acknowledged(load, load.options.events / steps);
      await Promise.all([prepareDatabase(site.environment), prepareDatabase(site.environment)]);
      for (const [index, statement] of NEXT_RELEASE.entries()) {
        await acknowledged(load, ((index + 2) * load.options.events) / steps);
        say(statement);
        await site.sql.unsafe(statement);
      }
      await site.sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('next', 9999999999999)`;
      const refused = await prepareDatabase(site.environment);
      if (!refused?.includes("newer version")) broken.push(`an older version started on a newer schema: ${refused}`);
      await loading;
      const counts = await judge({ ...site, sql: site.sql, load, say });
      broken.push(...(await inconsistencies(site.sql)));
      return { ...counts, bound: 0, recoveries: {}, broken };
    } finally {
      await site.close();
    }
  },
};
