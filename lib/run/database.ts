import type { Environment } from "../env.ts";
import { type Kept, keepRunning } from "./keep-running.ts";
import { PRODUCT_SETTINGS, startCluster } from "./postgres.ts";

type Voice = { say: (line: string) => void; giveUp: (sentence: string) => void };

/** The embedded database, kept running on one port, so that web and worker find it again after a crash. */
export async function keepDatabase(environment: Environment, voice: Voice): Promise<Kept & { url: string }> {
  const first = await startCluster(environment.DATA_DIR, PRODUCT_SETTINGS);
  let next: typeof first | null = first;
  const kept = await keepRunning({
    name: "Postgres",
    ...voice,
    async start() {
      const cluster = next ?? (await startCluster(environment.DATA_DIR, PRODUCT_SETTINGS, first.port));
      next = null;
      return { ended: cluster.ended.then(() => `its log is ${environment.DATA_DIR}/pg.log`), stop: cluster.stop };
    },
  });
  return { ...kept, url: first.url };
}
