import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { temporaryFolder } from "../../support/posthorn.ts";
import { createSubscription } from "../account.ts";
import { leftover } from "../leftovers.ts";
import type { Scenario } from "../scenario.ts";
import { acknowledged, IN_FLIGHT, msUntilFlowing, Site } from "../site.ts";
import { judge } from "../verdict.ts";

const DISK_MB = 400;
const FULL_FOR_MS = 8_000;
const SMALL = { max_wal_size: "64MB", min_wal_size: "32MB" };

export const diskFull: Scenario = {
  name: "disk-full",
  done: `the disk of Postgres (${DISK_MB} MB) full for ${FULL_FOR_MS / 1_000} s under load`,
  missing: () =>
    process.platform === "linux" && process.geteuid?.() === 0 ? null : "it takes root to mount a small disk",
  async run({ short, say }) {
    const folder = temporaryFolder("disk");
    const unmount = () => {
      spawnSync("umount", ["-l", folder]);
      fs.rmSync(folder, { recursive: true, force: true });
    };
    const forget = leftover(unmount);
    mount(["-t", "tmpfs", "-o", `size=${DISK_MB}m,mode=0755`, "tmpfs", folder]);
    try {
      return await fillUp(folder, short, say);
    } finally {
      unmount();
      forget();
    }
  },
};

async function fillUp(folder: string, short: boolean, say: (line: string) => void) {
  const site = await Site.open({ folder: path.join(folder, "data"), settings: SMALL });
  const upkeep = keepDatabase(site);
  try {
    const web = await site.startWeb();
    await createSubscription(web.url, site.receiver.url);
    await site.startWorker();
    const load = site.load({ urls: [web.url], events: short ? 3_000 : 10_000, perSecond: 200 });
    const loading = load.run();
    await acknowledged(load, 500);
    const filler = path.join(folder, "filler");
    fill(filler);
    await delay(FULL_FOR_MS / 2);
    // What the server gave back meanwhile, old log files for example, is taken as well.
    fill(filler);
    await delay(FULL_FOR_MS / 2);
    const during = load.acknowledged;
    say(`full: ${during} acknowledged, refused ${JSON.stringify([...load.refusals])}`);
    fs.rmSync(filler);
    const took = await msUntilFlowing(load, site.receiver);
    await loading;
    const counts = await judge({ ...site, sql: site.sql, load, say });
    const broken = load.refusals.size === 0 ? ["the disk was never full: nothing was refused"] : [];
    const restarts = upkeep.restarts();
    say(`Postgres had to be started again ${restarts} times`);
    return { ...counts, bound: (restarts + 1) * IN_FLIGHT, recoveries: { "all of it": took }, broken };
  } finally {
    upkeep.stop();
    await site.close();
  }
}

/** As the supervisor does: a server that ended for want of space is started again until there is some. */
function keepDatabase(site: Site): { stop: () => void; restarts: () => number } {
  let stopped = false;
  let restarts = 0;
  const watch = async () => {
    for (;;) {
      await site.cluster.ended;
      while (!stopped) {
        restarts++;
        const started = await site.restartDatabase().then(
          () => true,
          () => false,
        );
        if (started) break;
        await delay(500);
      }
      if (stopped) return;
    }
  };
  void watch();
  return {
    stop: () => {
      stopped = true;
    },
    restarts: () => restarts,
  };
}

function fill(file: string): void {
  const block = Buffer.alloc(64 * 1_024, 1);
  const open = fs.openSync(file, "a");
  try {
    for (;;) fs.writeSync(open, block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  } finally {
    fs.closeSync(open);
  }
}

function mount(args: string[]): void {
  const { status, stderr } = spawnSync("mount", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`mount: ${stderr}`);
}
