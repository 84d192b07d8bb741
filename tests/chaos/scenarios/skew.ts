import fs from "node:fs";
import { createSubscription } from "../account.ts";
import type { Scenario } from "../scenario.ts";
import { Site } from "../site.ts";
import { judge } from "../verdict.ts";

const LIBRARIES = [
  process.env.LIBFAKETIME ?? "",
  "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
  "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
];
const RETRY_AFTER_SECONDS = 5;
/** Ten per cent of jitter, the look for what is due, and a busy machine. */
const LEAST_MS = 4_300;
const MOST_MS = 9_000;

const library = () => LIBRARIES.find((file) => file !== "" && fs.existsSync(file));

/** What a process needs to believe that it is some time ago, or ahead. */
const at = (offset: string) => ({
  LD_PRELOAD: library() ?? "",
  FAKETIME: offset,
  FAKETIME_DONT_FAKE_MONOTONIC: "1",
  FAKETIME_DONT_RESET: "1",
});

export const skew: Scenario = {
  name: "skew",
  done: "one worker's clock 10 min ahead, one's 10 min behind, a web process a day ahead; every 20th call refused once",
  missing: () => (library() ? null : "libfaketime is not installed (apt-get install libfaketime)"),
  async run({ short, say }) {
    const site = await Site.open({ receiver: { refuseEvery: 20 } });
    try {
      const webs = [await site.startWeb(), await site.startWeb({ environment: at("+1d") })];
      await createSubscription(webs[0]!.url, site.receiver.url, { retrySchedule: [RETRY_AFTER_SECONDS, 60] });
      await site.startWorker({ environment: at("+600s") });
      await site.startWorker({ environment: at("-600s") });
      const urls = webs.map(({ url }) => url);
      const load = site.load({ urls, events: short ? 1_000 : 10_000, perSecond: short ? 100 : 300 });
      await load.run();
      const counts = await judge({ ...site, sql: site.sql, load, say });
      const gaps = [...site.receiver.arrivals.values()].map(([first = 0, second = Infinity]) => second - first);
      const [least, most] = [Math.min(...gaps), Math.max(...gaps)];
      const broken = least < LEAST_MS || most > MOST_MS ? [`retries came after ${least} to ${most} ms`] : [];
      return { ...counts, bound: 0, recoveries: { [`${RETRY_AFTER_SECONDS} s retry`]: most }, broken };
    } finally {
      await site.close();
    }
  },
};
