import { ingestSql, type Sql } from "../db.ts";
import { publicUrl } from "../env.ts";
import { errorFields, log } from "../log.ts";
import type { ProviderName } from "../providers/names.ts";
import type { Settings } from "../providers/settings.ts";
import { decryptSecret, type SecretPlace } from "../secrets/cipher.ts";
import type { SourceAnswer, SourceStatus } from "./states.ts";
import { INBOUND_PATH } from "./token.ts";

/** A source as the machinery needs it, its secrets in clear. Never handed to a page. */
export type OpenSource = {
  id: string;
  workspaceId: string;
  name: string;
  provider: ProviderName;
  token: string;
  settings: Settings;
  answer: SourceAnswer | null;
  allowCidrs: string[];
  rateLimit: number | null;
  forwardHeaders: string[];
  typePrefix: string;
  typeMap: [string, string][];
  customerAt: string | null;
  sync: { endpointId: string; timeoutMs: number; headers: string[] } | null;
  status: SourceStatus;
  version: number;
  /** Those that prove calls now, newest first. */
  secrets: string[];
  /** When the first of them ends; null = none does. */
  secretsUntil: Date | null;
};

/** The address that is pasted at the provider. */
export function sourceUrl(token: string): string {
  return publicUrl() + INBOUND_PATH + token;
}

/** Where a source's secret is stored: it is bound to its row. */
export function secretPlace(secretId: string): SecretPlace {
  return { table: "source_secret", column: "encrypted", id: secretId };
}

export async function openSourceByToken(token: string): Promise<OpenSource | null> {
  const [found] = await openSourcesByToken([token]);
  return found ?? null;
}

/** By id, whosever it is: for the machinery, which has the id from a row of the workspace's own. */
export async function openSource(id: string, sql: Sql = ingestSql()): Promise<OpenSource | null> {
  const [row] = await readSources(sql, sql`s.id = ${id}`);
  return row ? opened(row) : null;
}

/** All of a workspace for one provider. */
export async function openSourcesOf(workspaceId: string, provider: ProviderName): Promise<OpenSource[]> {
  const sql = ingestSql();
  const rows = await readSources(sql, sql`s.workspace_id = ${workspaceId} and s.provider = ${provider}`);
  return rows.map(opened);
}

export async function openSourcesByToken(tokens: string[]): Promise<OpenSource[]> {
  const sql = ingestSql();
  const rows = await readSources(sql, sql`s.token = any(${tokens}::text[])`);
  return rows.map(opened);
}

type StoredSecret = { id: string; encrypted: string; expiresAt: string | null };
type Row = Omit<OpenSource, "secrets" | "secretsUntil" | "sync"> & {
  syncEndpointId: string | null;
  syncTimeoutMs: number;
  syncHeaders: string[];
  stored: StoredSecret[];
};

function readSources(sql: Sql, which: ReturnType<Sql>) {
  return sql<Row[]>`
    select s.id, s.workspace_id as "workspaceId", s.name, s.provider, s.token, s.settings, s.answer,
      s.allow_cidrs as "allowCidrs", s.rate_limit as "rateLimit", s.forward_headers as "forwardHeaders",
      s.type_prefix as "typePrefix", s.type_map as "typeMap", s.customer_at as "customerAt",
      s.sync_endpoint_id as "syncEndpointId", s.sync_timeout_ms as "syncTimeoutMs", s.sync_headers as "syncHeaders",
      s.status, s.version,
      (select coalesce(json_agg(json_build_object('id', k.id, 'encrypted', encode(k.encrypted, 'base64'),
          'expiresAt', k.expires_at) order by k.id desc), '[]')
        from source_secret k where k.source_id = s.id and coalesce(k.expires_at > now(), true)) as stored
    from source s where ${which} and s.deleted_at is null`;
}

function opened({ stored, syncEndpointId, syncTimeoutMs, syncHeaders, ...row }: Row): OpenSource {
  const ends = stored.flatMap(({ expiresAt }) => (expiresAt ? Date.parse(expiresAt) : []));
  return {
    ...row,
    sync:
      syncEndpointId === null ? null : { endpointId: syncEndpointId, timeoutMs: syncTimeoutMs, headers: syncHeaders },
    secrets: stored.flatMap(readSecret),
    secretsUntil: ends.length > 0 ? new Date(Math.min(...ends)) : null,
  };
}

/** One that is damaged proves nothing; the source's others, and other sources, go on. */
function readSecret({ id, encrypted }: StoredSecret): string[] {
  try {
    return [decryptSecret(Buffer.from(encrypted, "base64"), secretPlace(id))];
  } catch (error) {
    log("error", "source-secret", errorFields(error));
    return [];
  }
}
