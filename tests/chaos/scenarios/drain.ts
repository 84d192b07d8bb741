import type { Scenario } from "../scenario.ts";
import { acknowledged, Site } from "../site.ts";
import { judge } from "../verdict.ts";

const STOPS = 6;

export const drain: Scenario = {
  name: "drain",
  done: `SIGTERM to ${STOPS} workers and 2 web processes under load, each replaced`,
  async run({ short, say }) {
    const { site, web } = await Site.running({ workers: 2 });
    try {
      const broken: string[] = [];
      let serving = web;
      const load = site.load({ urls: [web.url], events: short ? 2_000 : 20_000, perSecond: 500 });
      const loading = load.run();
      const share = load.options.events / (STOPS + 3);
      for (let stop = 1; stop <= STOPS; stop++) {
        await acknowledged(load, stop * share);
        say(`SIGTERM ${stop}, ${load.acknowledged} acknowledged`);
        const [oldest] = site.processes.filter((one) => one.child.exitCode === null && one !== serving);
        const replacement = site.startWorker();
        oldest!.child.kill("SIGTERM");
        const { code } = await oldest!.ended;
        if (code !== 0) broken.push(`a worker ended with ${code} when it was asked to`);
        await replacement;
        if (stop % 3 === 0) {
          serving.child.kill("SIGTERM");
          const { code } = await serving.ended;
          if (code !== 0) broken.push(`a web process ended with ${code} when it was asked to`);
          serving = await site.startWeb({ environment: { PORT: new URL(web.url).port } });
        }
      }
      await loading;
      return { ...(await judge({ ...site, sql: site.sql, load, say })), bound: 0, recoveries: {}, broken };
    } finally {
      await site.close();
    }
  },
};
