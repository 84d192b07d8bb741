import { and, asc, eq, ilike, inArray, or, type SQL } from "drizzle-orm";
import { source } from "../../drizzle/schema/inbound.ts";
import { db } from "../db.ts";
import { PROVIDERS, type ProviderName } from "../providers/names.ts";
import { providerOf } from "../providers/registry.ts";
import { type Page, type Paged, paged, pageLimit, pageOrder, withinPage } from "../reports/page.ts";
import { aliveSource } from "./change.ts";
import { listSecretFacts } from "./secrets.ts";
import type { SourceStatus } from "./states.ts";

const COLUMNS = {
  id: source.id,
  name: source.name,
  description: source.description,
  provider: source.provider,
  token: source.token,
  settings: source.settings,
  answer: source.answer,
  allowCidrs: source.allowCidrs,
  rateLimit: source.rateLimit,
  forwardHeaders: source.forwardHeaders,
  typePrefix: source.typePrefix,
  typeMap: source.typeMap,
  customerAt: source.customerAt,
  syncEndpointId: source.syncEndpointId,
  syncTimeoutMs: source.syncTimeoutMs,
  syncHeaders: source.syncHeaders,
  status: source.status,
  statusSince: source.statusSince,
  version: source.version,
  createdAt: source.createdAt,
};

export type SourceFilter = { search?: string | null; provider?: ProviderName | null; status?: SourceStatus | null };

/** A workspace's sources, newest first. */
export async function listSources(
  workspaceId: string,
  filter: SourceFilter = {},
  page: Page = {},
): Promise<Paged<SourceRow>> {
  const where = and(aliveSource(workspaceId), ...conditions(filter), withinPage(source.id, page));
  return paged(await readSources(where, page), page);
}

/** One source with what may be shown of its secrets, or null for a stranger's or a deleted one. */
export async function findSource(workspaceId: string, id: string) {
  const [row] = await readSources(and(aliveSource(workspaceId), eq(source.id, id)), {});
  return row ? { ...row, secrets: await listSecretFacts(id) } : null;
}
export type SourceDetail = NonNullable<Awaited<ReturnType<typeof findSource>>>;

function readSources(where: SQL | undefined, page: Page) {
  return db().select(COLUMNS).from(source).where(where).orderBy(pageOrder(source.id, page)).limit(pageLimit(page));
}
export type SourceRow = Awaited<ReturnType<typeof readSources>>[number];

/** What a row says about its source. Deleted sources keep theirs. */
export type SourceName = { id: string; name: string; provider: ProviderName; deletedAt: Date | null };

/** The sources of a list's rows, by id. */
export async function sourceNames(workspaceId: string, ids: string[]): Promise<Map<string, SourceName>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await db()
    .select({ id: source.id, name: source.name, provider: source.provider, deletedAt: source.deletedAt })
    .from(source)
    .where(and(eq(source.workspaceId, workspaceId), inArray(source.id, wanted)));
  return new Map(rows.map((row) => [row.id, row]));
}

/** Every source by name, as a filter offers them. */
export function listSourceChoices(workspaceId: string): Promise<{ id: string; name: string }[]> {
  return db()
    .select({ id: source.id, name: source.name })
    .from(source)
    .where(aliveSource(workspaceId))
    .orderBy(asc(source.name));
}

function conditions({ search, provider, status }: SourceFilter): (SQL | undefined)[] {
  const text = search?.trim();
  const like = text && `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const named = text ? providersNamed(text) : [];
  const searched = like && or(ilike(source.name, like), ilike(source.description, like));
  return [
    searched ? (named.length > 0 ? or(searched, inArray(source.provider, named)) : searched) : undefined,
    provider ? eq(source.provider, provider) : undefined,
    status ? eq(source.status, status) : undefined,
  ];
}

function providersNamed(text: string): ProviderName[] {
  return PROVIDERS.filter((name) => providerOf(name).label.toLowerCase().includes(text.toLowerCase()));
}
