import fs from "node:fs";
import { connect, type Sql } from "../../lib/db.ts";
import { freePort } from "../../lib/run/ports.ts";
import { type Cluster, PRODUCT_SETTINGS, type Settings, startCluster } from "../../lib/run/postgres.ts";
import { eventually } from "../support/eventually.ts";
import { temporaryFolder } from "../support/posthorn.ts";
import { ADMIN, API_KEY, createSubscription } from "./account.ts";
import { killQuietly, leftover } from "./leftovers.ts";
import { eventsDoor, Load, type LoadOptions } from "./load.ts";
import { type ProductProcess, prepareDatabase, startProduct } from "./process.ts";
import { type CountingReceiver, countingReceiver, type ReceiverOptions } from "./receiver.ts";

// An installation whose processes a scenario starts, hits and replaces one by one: no supervisor mends anything.

export const IN_FLIGHT = 50;
const SECRETS = { AUTH_SECRET: "c".repeat(40), ENCRYPTION_KEY: `k1:${Buffer.alloc(32, 7).toString("base64")}` };

export type SiteOptions = {
  /** Where the cluster's data go; a temporary folder of its own when absent. */
  folder?: string;
  settings?: Settings;
  /** For every process of the product. */
  environment?: Record<string, string>;
  receiver?: ReceiverOptions;
  /** Fields of the endpoint. */
  endpoint?: Record<string, unknown>;
};
/** What is different about one process. */
export type Own = { environment?: Record<string, string>; prefix?: string[]; host?: string };

export class Site {
  readonly folder: string;
  readonly receiver: CountingReceiver;
  readonly environment: Record<string, string>;
  readonly sql: Sql;
  readonly processes: ProductProcess[] = [];
  cluster: Cluster;
  readonly #settings: Settings;
  readonly #forget: () => void;

  private constructor(folder: string, cluster: Cluster, receiver: CountingReceiver, options: SiteOptions) {
    this.folder = folder;
    this.cluster = cluster;
    this.receiver = receiver;
    this.#settings = { ...PRODUCT_SETTINGS, ...options.settings };
    this.sql = connect(cluster.url, 2);
    this.#forget = leftover(() => {
      for (const { pid } of [...this.processes, this.cluster]) killQuietly(pid);
      fs.rmSync(folder, { recursive: true, force: true });
    });
    this.environment = {
      ...SECRETS,
      DATABASE_URL: cluster.url,
      DELIVERY_CONCURRENCY: String(IN_FLIGHT),
      HOST: "127.0.0.1",
      ...options.environment,
    };
  }

  /** Postgres with the product's durability, migrated, with an owner; nothing of the product runs yet. */
  static async open(options: SiteOptions = {}): Promise<Site> {
    const folder = options.folder ?? temporaryFolder("chaos");
    const cluster = await startCluster(folder, { ...PRODUCT_SETTINGS, ...options.settings });
    const receiver = await countingReceiver({ answerAfterMs: 25, ...options.receiver });
    const site = new Site(folder, cluster, receiver, options);
    await prepareDatabase({ ...site.environment, ...ADMIN, DATABASE_URL: cluster.url });
    return site;
  }

  /** The same with one web process, so many workers, and the subscription. */
  static async running({ workers = 1, ...options }: SiteOptions & { workers?: number } = {}) {
    const site = await Site.open(options);
    try {
      const web = await site.startWeb();
      await createSubscription(web.url, site.receiver.url, options.endpoint);
      await Promise.all(Array.from({ length: workers }, () => site.startWorker()));
      return { site, web };
    } catch (error) {
      await site.close();
      throw error;
    }
  }

  async startWeb({ environment, prefix, host = "127.0.0.1" }: Own = {}): Promise<ProductProcess & { url: string }> {
    const port = environment?.PORT ?? String(await freePort());
    const process = await startProduct("web", { ...this.environment, PORT: port, ...environment }, prefix);
    this.processes.push(process);
    return Object.assign(process, { url: `http://${host}:${port}` });
  }

  async startWorker({ environment, prefix }: Own = {}): Promise<ProductProcess> {
    const process = await startProduct("worker", { ...this.environment, ...environment }, prefix);
    this.processes.push(process);
    return process;
  }

  load(options: Partial<LoadOptions> & Pick<LoadOptions, "urls" | "events">): Load {
    return new Load({ door: eventsDoor(API_KEY), perSecond: 0, connections: 32, name: "chaos", ...options });
  }

  /** Starts Postgres again on its old port, once it can. */
  async restartDatabase(): Promise<void> {
    const { port } = this.cluster;
    this.cluster = await startCluster(this.folder, this.#settings, port);
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.end()));
    await this.sql.end({ timeout: 1 });
    this.receiver.close();
    await this.cluster.stop();
    fs.rmSync(this.folder, { recursive: true, force: true });
    this.#forget();
  }
}

/** Waits until so many events are acknowledged, or all that there are. */
export async function acknowledged(load: Load, count: number): Promise<void> {
  await eventually(() => load.acknowledged >= Math.min(count, load.options.events), {
    withinMs: 300_000,
    everyMs: 5,
  });
}

/** From now until events are acknowledged and delivered again. */
export async function msUntilFlowing(load: Load, { received }: CountingReceiver, withinMs = 90_000): Promise<number> {
  const begun = performance.now();
  const [posted, arrived] = [load.acknowledged, received.size];
  await eventually(() => load.acknowledged > posted + 20 && received.size > arrived + 20, { withinMs, everyMs: 10 });
  return performance.now() - begun;
}

/** Deliveries that are claimed just now: what a fault may make arrive twice. */
export async function claimedNow(sql: Sql): Promise<{ at: Date; ids: string[] }> {
  const rows = await sql<{ id: string; at: Date }[]>`
    select data ->> 'd' as id, clock_timestamp() as at from pgboss.job where name = 'deliver' and state = 'active'`;
  return { at: rows[0]?.at ?? new Date(), ids: rows.map(({ id }) => id).sort() };
}

/** How long the slowest of them took from that moment until it was delivered. */
export async function slowestOf(sql: Sql, { at, ids }: { at: Date; ids: string[] }): Promise<number> {
  const [row] = await sql<{ last: Date | null }[]>`
    select max(finished_at) as last from delivery where id = any(${ids}) and status = 'delivered'`;
  return Math.max(0, (row?.last?.getTime() ?? 0) - at.getTime());
}
