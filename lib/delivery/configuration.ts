import type { Sql } from "../db.ts";
import { type Authentication, openAuthentication } from "../endpoints/authentication.ts";
import { type ClientCertificate, openCertificate } from "../endpoints/client-certificate.ts";
import type { Circuit, EndpointStatus, Format, Method, Ordering } from "../endpoints/states.ts";
import { formatOf } from "../formats/registry.ts";
import { decryptSecret } from "../secrets/cipher.ts";
import { type SigningSecret, signingKey } from "./sign.ts";

/** What sending to an endpoint takes. Belongs to one version of the endpoint. */
export type Configuration = {
  endpointId: string;
  workspaceId: string;
  workspaceSlug: string;
  version: number;
  url: URL;
  builtIn: boolean;
  format: Format;
  method: Method;
  /** The endpoint's own headers, in clear; attempts on record show their values masked. */
  headers: [string, string][];
  authentication: Authentication | null;
  clientCertificate: ClientCertificate | null;
  timeoutMs: number;
  /** The endpoint's own; null = its event types' or the default. */
  schedule: readonly number[] | null;
  expectedStatuses: readonly number[];
  secrets: SigningSecret[];
  maxAgeMs: number | null;
  rateLimit: number | null;
  rateBurst: number | null;
  maxInFlight: number | null;
  ordering: Ordering;
  batchSize: number | null;
  batchSeconds: number | null;
  /** JavaScript that rewrites the event before it is formatted. */
  transformation: string | null;
};

/** An endpoint as it is at the moment its deliveries are claimed. A configuration that cannot be read says why. */
export type EndpointNow = {
  status: EndpointStatus | "deleted";
  statusReason: string | null;
  configuration: Configuration | null;
  problem: string | null;
  circuit: Circuit;
  /** The receiver asked for a rest that is not over. */
  slowed: boolean;
  /** It could not take all it was sent, and something still waits in line. */
  crowded: boolean;
};

type StateRow = Pick<EndpointNow, "statusReason" | "circuit" | "slowed" | "crowded"> & {
  id: string;
  version: number;
  status: EndpointStatus;
  deleted: boolean;
};
export type EndpointRow = {
  id: string;
  workspaceId: string;
  workspaceSlug: string;
  version: number;
  url: string;
  builtIn: boolean;
  format: Format;
  method: Method;
  headers: Buffer | null;
  authentication: Buffer | null;
  clientCertificate: Buffer | null;
  timeoutSeconds: number;
  retrySchedule: number[] | null;
  expectedStatuses: number[];
  maxAgeSeconds: number | null;
  rateLimit: number | null;
  rateBurst: number | null;
  maxInFlight: number | null;
  ordering: Ordering;
  batchSize: number | null;
  batchSeconds: number | null;
  transformation: string | null;
};
export type SecretRow = { id: string; encrypted: Buffer; expiresAt: Date | null };
type Cached = Pick<EndpointNow, "configuration" | "problem"> & { version: number };

/** Endpoints come and go; what was kept for the first of them is read again when it is asked for. */
const MOST_KEPT = 5_000;

/** Endpoints change rarely and are asked for with every claim: the state is read each time, the rest once a version. */
export class Configurations {
  readonly #sql: Sql;
  readonly #cache = new Map<string, Cached>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** The endpoints with these ids, as they are now. One that is missing was deleted with its workspace. */
  async find(ids: string[]): Promise<Map<string, EndpointNow>> {
    const states = await this.#sql<StateRow[]>`
      select p.id, p.version, p.status, p.status_reason as "statusReason", p.deleted_at is not null as deleted,
        coalesce(s.circuit, 'closed') as circuit, coalesce(s.slowed_until > now(), false) as slowed,
        s.crowded_since is not null as crowded
      from endpoint p left join endpoint_state s on s.endpoint_id = p.id where p.id = any(${ids})`;
    const found = new Map<string, EndpointNow>();
    for (const { id, version, status, deleted, ...state } of states) {
      const cached = this.#cache.get(id);
      const { configuration, problem } = cached?.version === version ? cached : await this.#load(id);
      found.set(id, { ...state, status: deleted ? "deleted" : status, configuration, problem });
    }
    return found;
  }

  async #load(id: string): Promise<Cached> {
    const [row] = await this.#sql<EndpointRow[]>`
      select id, workspace_id as "workspaceId", version, url,
        (select slug from workspace w where w.id = workspace_id) as "workspaceSlug", built_in as "builtIn", format, method,
        headers, authentication, client_certificate as "clientCertificate",
        timeout_seconds as "timeoutSeconds", retry_schedule as "retrySchedule", expected_statuses as "expectedStatuses",
        max_age_seconds as "maxAgeSeconds", rate_limit as "rateLimit", rate_burst as "rateBurst",
        max_in_flight as "maxInFlight", ordering, batch_size as "batchSize", batch_seconds as "batchSeconds",
        transformation
      from endpoint where id = ${id}`;
    const secrets = await this.#sql<SecretRow[]>`
      select id, encrypted, expires_at as "expiresAt" from endpoint_secret
      where endpoint_id = ${id} order by expires_at desc nulls first, id desc`;
    const cached = row ? read(row, secrets) : { version: 0, configuration: null, problem: "The endpoint is gone" };
    const [oldest] = this.#cache.keys();
    if (this.#cache.size >= MOST_KEPT && oldest !== undefined) this.#cache.delete(oldest);
    this.#cache.set(id, cached);
    return cached;
  }
}

function read(row: EndpointRow, secrets: SecretRow[]): Cached {
  try {
    return { version: row.version, configuration: configurationOf(row, secrets), problem: null };
  } catch (error) {
    // A secret that cannot be decrypted must become a visible attempt, not a worker that stands still.
    const problem = error instanceof Error ? error.message : String(error);
    return { version: row.version, configuration: null, problem };
  }
}

/** An endpoint's row as sending needs it; throws what cannot be decrypted. */
export function configurationOf(row: EndpointRow, secrets: SecretRow[]): Configuration {
  const format = formatOf(row.format);
  const headers = row.headers && decryptSecret(row.headers, { table: "endpoint", column: "headers", id: row.id });
  return {
    endpointId: row.id,
    workspaceId: row.workspaceId,
    workspaceSlug: row.workspaceSlug,
    version: row.version,
    url: format.target?.(new URL(row.url)) ?? new URL(row.url),
    builtIn: row.builtIn,
    format: row.format,
    method: row.method,
    headers: headers ? JSON.parse(headers) : [],
    authentication: openAuthentication(row.id, row.authentication),
    clientCertificate: openCertificate(row.id, row.clientCertificate),
    timeoutMs: row.timeoutSeconds * 1_000,
    schedule: row.retrySchedule,
    expectedStatuses: row.expectedStatuses,
    secrets: secrets.map(({ id, encrypted, expiresAt }) => ({
      key: signingKey(decryptSecret(encrypted, { table: "endpoint_secret", column: "encrypted", id })),
      expiresAt,
    })),
    maxAgeMs: row.maxAgeSeconds === null ? null : row.maxAgeSeconds * 1_000,
    rateLimit: row.rateLimit,
    rateBurst: row.rateBurst,
    maxInFlight: row.maxInFlight,
    ordering: row.ordering,
    batchSize: row.batchSize,
    batchSeconds: row.batchSeconds,
    transformation: row.transformation,
  };
}
