import { connect } from "../../lib/db.ts";
import { freePort } from "../../lib/run/ports.ts";
import { type Cluster, PRODUCT_SETTINGS, type Settings, startCluster } from "../../lib/run/postgres.ts";
import { clusterCpuSeconds } from "./cpu.ts";
import { startPart, stopParts } from "./part.ts";
import type { Tools } from "./traffic.ts";

/** What the person who started the bench asked for. */
export type Asked = {
  quick: boolean;
  rounds: number | undefined;
  /** By name: `--backlog 60000`. */
  sizes: Record<string, number | undefined>;
};

/** What every scenario works with: a cluster with the product's settings and durability, a receiver, a load generator. */
export type Bench = Tools & {
  clusterUrl: string;
  /** Seconds of processor time that Postgres has used. */
  postgresSeconds: () => number;
  /** Runs something that need not survive a crash, such as making rows, without waiting for the disk. */
  withoutSync: (work: () => Promise<void>) => Promise<void>;
  asked: Asked;
  note: (line: string) => void;
};

/** A size: as given, else full, else small enough to try the scenario out. */
export function size({ quick, sizes }: Asked, name: string, full: number, small: number): number {
  return sizes[name] ?? (quick ? small : full);
}

export async function openBench(folder: string, settings: Settings, asked: Asked) {
  const cluster: Cluster = await startCluster(folder, { ...PRODUCT_SETTINGS, ...settings });
  try {
    const port = String(await freePort());
    await startPart("tests/bench/receiver.ts", { PORT: port });
    const bench: Bench = {
      clusterUrl: cluster.url,
      postgresSeconds: () => clusterCpuSeconds(cluster.pid),
      receiverUrl: `http://127.0.0.1:${port}`,
      load: await startPart("tests/bench/load.ts", {}),
      withoutSync: (work) => withoutSync(cluster.url, work),
      asked,
      note: (line) => console.error(line),
    };
    return { bench, close: () => close(cluster) };
  } catch (error) {
    await close(cluster);
    throw error;
  }
}

export async function withoutSync(url: string, work: () => Promise<void>): Promise<void> {
  const admin = connect(url, 1);
  const set = async (change: string) => {
    for (const name of ["fsync", "full_page_writes"])
      await admin.unsafe(`alter system ${change.replace("NAME", name)}`);
    await admin.unsafe("select pg_reload_conf()");
  };
  try {
    await set("set NAME = off");
    await work();
    await set("reset NAME");
    await admin.unsafe("checkpoint");
  } finally {
    await admin.end();
  }
}

async function close(cluster: Cluster): Promise<void> {
  await stopParts();
  await cluster.stop();
}
